// Imports a feed into a shop: reads it, finds the photos, upserts the garments, reports.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "catalog/image_store.h"
#include "catalog/vocabulary_report.h"
#include "feeds/feed_directory.h"
#include "serving/shop.h"
#include "shop/refusal_groups.h"

namespace modiste {

// Takes garments whose photos are stored; one result per garment.
using Upserter = std::function<Result<std::vector<Result<Upserted>>>(std::vector<Garment>)>;

struct ImportReport {
  DirectoryReport feed;
  size_t accepted = 0, created = 0, embedded = 0;
  size_t photos_stored = 0;
  std::vector<std::string> photo_problems;
  RefusalGroups refused;  // by the shop
  std::vector<PhotoConflict> conflicts;
  VocabularyReport words;
  double seconds = 0;
};

// Reads the feed, or the feeds of a folder, garment by garment.
Result<DirectoryReport> read_catalog(const std::filesystem::path& source, const GarmentSink& sink);

// FILE or folder. Valid rows are imported; the report lists the errors of the others.
Result<ImportReport> import_catalog(const std::filesystem::path& source, const Normaliser& normaliser,
                                    ImageStore& images, const Upserter& upsert);

// kNotFound or kConflict when no garment was imported, with what was looked for in the source.
Result<Done> expect_garments(const ImportReport& report, const std::filesystem::path& source);

void print(const ImportReport& report, const Vocabulary& vocabulary);

}  // namespace modiste
