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
#include "shop/imports/refusal_groups.h"

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

struct ImportReport;

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

struct ImportReport {
  DirectoryReport feed;
  size_t accepted = 0, created = 0, embedded = 0;
  size_t withdrawn = 0;      // taken out of sale, as the feed says
  size_t missing = 0;        // from a whole feed
  size_t removed = 0;        // of the missing
  std::string kept_because;  // why the missing ones were not removed
  size_t photos_stored = 0;
  std::vector<std::string> photo_problems;
  RefusalGroups refused;  // by the shop
  std::vector<PhotoConflict> conflicts;
  VocabularyReport words;
  double seconds = 0;
};

// Reads the feed, or the feeds of a folder, garment by garment.
Result<DirectoryReport> read_catalog(const std::filesystem::path& source, const FeedOptions& options,
                                     const GarmentSink& sink);

// FILE or folder. Valid rows are imported; the report lists the errors of the others.
Result<ImportReport> import_catalog(const std::filesystem::path& source, const Normaliser& normaliser,
                                    ImageStore& images, const ImportTarget& target,
                                    const ImportOptions& options = {});

// kNotFound or kConflict when no garment was imported, with what was looked for in the source; kConflict when
// garments are missing from a whole feed and were kept.
Result<Done> expect_garments(const ImportReport& report, const std::filesystem::path& source);

void print(const ImportReport& report, const Vocabulary& vocabulary);

}  // namespace modiste
