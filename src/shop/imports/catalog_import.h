// Imports a feed into a shop: reads it, finds the photos, upserts the garments, reports.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catalog/image_store.h"
#include "catalog/vocabulary_report.h"
#include "feeds/feed_directory.h"
#include "serving/shop.h"
#include "shop/imports/import_report.h"

namespace modiste {

// Takes garments whose photos are stored; one result per garment.
using Upserter = std::function<Result<std::vector<Result<Upserted>>>(std::vector<Garment>)>;

// The shop that garments go into.
struct ImportTarget {
  Upserter upsert;
  // What upsert understood of the words; null: it does not say, and the import reads them once more.
  std::shared_ptr<VocabularyReport> words;
  std::function<Result<std::vector<std::string>>()> ids;      // of every garment for sale
  std::function<Result<Done>(const std::string& id)> remove;  // takes a garment out of sale
};

struct ImportOptions {
  FeedOptions feed;
  // The feed is the whole catalog: garments that it does not have are taken out of sale. None of these is
  // removed when they are more than removals_share_max of the shop's garments, or when rows or files could
  // not be read that may hold them; forced removes all the same. What the feed itself takes out of sale
  // always goes.
  bool whole = false;
  double removals_share_max = 0.2;
  bool forced = false;
  // Called with what was done before an error, if anything was; may be empty.
  std::function<void(const ImportReport&)> broke_off = {};
};

// Reads the feed, or the feeds of a folder, garment by garment.
Result<DirectoryReport> read_catalog(const std::filesystem::path& source, const FeedOptions& options,
                                     const GarmentSink& sink);

// FILE or folder. Valid rows are imported; the report lists the errors of the others.
Result<ImportReport> import_catalog(const std::filesystem::path& source, const Normaliser& normaliser,
                                    ImageStore& images, const ImportTarget& target,
                                    const ImportOptions& options = {});

}  // namespace modiste
