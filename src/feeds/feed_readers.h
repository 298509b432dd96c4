// The readers behind read_feed, one per shape of file. Each reads to the end and reports into the run.
// Errors: the input cannot be read, its header is not of the shape, or the sink stopped.
#pragma once

#include "feeds/feed_run.h"

namespace modiste {

Result<Done> read_adobe_commerce_csv(FeedRun& run);
Result<Done> read_google_merchant_tsv(FeedRun& run);
Result<Done> read_google_merchant_xml(FeedRun& run);
Result<Done> read_shopify_csv(FeedRun& run);
Result<Done> read_json_lines(FeedRun& run);
Result<Done> read_photo_folder_csv(FeedRun& run);

}  // namespace modiste
