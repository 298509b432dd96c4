// What an import of a feed did (catalog_import.h), for the console.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "catalog/vocabulary_report.h"
#include "feeds/feed_directory.h"
#include "serving/shop.h"
#include "shop/imports/refusal_groups.h"

namespace modiste {

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

// kNotFound or kConflict when no garment was imported, with what was looked for in the source; kConflict when
// garments are missing from a whole feed and were kept.
Result<Done> expect_garments(const ImportReport& report, const std::filesystem::path& source);

void print(const ImportReport& report, const Vocabulary& vocabulary);

}  // namespace modiste
