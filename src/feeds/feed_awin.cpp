// Awin's product feed, the table that shops give to their affiliates: a variant a row, of one parent product.
// Source: wiki.awin.com, "Product feed columns" and "Fashion vertical".
#include "feeds/feed_google.h"
#include "feeds/feed_readers.h"

namespace modiste {

const FeedReader kAwinCsv{
    "awin-csv",
    [](const FeedHead& head) {
      return head.has_columns({"merchant_product_id"}) && head.has_columns_of("awin", {"title", "price"});
    },
    [](FeedRun& run) { return read_table_of("awin", run); }};

}  // namespace modiste
