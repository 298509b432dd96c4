// A merchant's folder of files as one catalog: product feeds, joined with the photo lists and links beside
// them.
//
// A file's role is detected from its header. Photo lists (sku, image) add photos to the garment of that sku.
// Links (sku, linked_sku) become goes_with, except those of a file named upsell: an upsell replaces the
// garment, it is not worn with it. PrestaShop's combinations become the variants of the products that they
// name. Other files are named in the report and left alone.
#pragma once

#include <span>

#include "feeds/feed.h"

namespace modiste {

struct FileOutcome {
  std::string file;
  std::string role;   // a FeedReader's name, "photos", "links", "combinations", "upsell links, not read", ...
  FeedReport report;  // of a product feed
  // It may hold products, and was not read: its format is not supported.
  bool may_hold_products = false;
};

struct DirectoryReport {
  FeedReport total;
  std::vector<FileOutcome> files;  // in the order given
};

// Links and photo lists are held in memory, products are not. Errors: no file is a catalog; an input or the
// sink fails.
Result<DirectoryReport> read_feed_directory(std::span<FeedInput* const> files, const FeedOptions& options,
                                            const GarmentSink& sink, const FeedProgress& progress = {});

// Where the file of an image reference may lie in the merchant's folder, likeliest first: "/m/h/a.jpg" is
// tried as "m/h/a.jpg", "images/m/h/a.jpg", "images/a.jpg", "a.jpg". Empty for addresses and for paths that
// climb out ("..").
[[nodiscard]] std::vector<std::string> image_file_candidates(std::string_view reference);

}  // namespace modiste
