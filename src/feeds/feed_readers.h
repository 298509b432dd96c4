// The formats of product feeds that can be read: one row each. A new format is a new file with its
// FeedReader, a test, and its name in the two lists below (docs/recipes/feed-reader.md).
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed_run.h"

namespace modiste {

// The first bytes of a feed, as detection sees them.
struct FeedHead {
  explicit FeedHead(std::string_view bytes);

  std::string text;  // in UTF-8 and trimmed: a byte order mark or UTF-16 does not hide the first character
  // Of a header, as CsvTable::column_key; empty when the text begins as JSON or XML.
  std::vector<std::string> columns;
  char delimiter = ',';  // between them

  [[nodiscard]] bool is_json() const { return text.starts_with('{') || text.starts_with('['); }
  [[nodiscard]] bool contains(std::string_view part) const { return text.find(part) != std::string::npos; }
  [[nodiscard]] bool has_columns(std::initializer_list<std::string_view> names) const;
  // By the reader's own names for the columns of a platform (FeedWords::columns).
  [[nodiscard]] bool has_columns_of(std::string_view platform,
                                    std::initializer_list<std::string_view> names) const;
};

struct FeedReader {
  std::string_view name;
  bool (*detect)(const FeedHead& head);
  // Reads to the end and reports into the run. Errors: the input cannot be read, its header is not of the
  // format, or the sink stopped.
  Result<Done> (*read)(FeedRun& run);
};

// Declared here, defined each in its own file.
extern const FeedReader kAdobeCommerceCsv, kGoogleMerchantTsv, kGoogleMerchantXml, kMetaCatalogCsv,
    kShopifyCsv, kShopifyJson, kGoogleMerchantJson, kWooCommerceCsv, kBigCommerceCsv, kPrestaShopCsv,
    kSquarespaceCsv, kWixCsv, kYandexYml, kJsonDocument, kJsonLines, kPhotoFolderCsv, kPlainTable, kAwinCsv;

// In the order in which they are asked whether a feed is theirs.
inline constexpr std::array kFeedReaders{&kAdobeCommerceCsv,  &kGoogleMerchantTsv,
                                         &kGoogleMerchantXml, &kShopifyCsv,
                                         &kShopifyJson,       &kGoogleMerchantJson,
                                         &kJsonDocument,      &kJsonLines,
                                         &kPhotoFolderCsv,    &kWooCommerceCsv,
                                         &kBigCommerceCsv,    &kPrestaShopCsv,
                                         &kSquarespaceCsv,    &kWixCsv,
                                         &kYandexYml,         &kMetaCatalogCsv,
                                         &kPlainTable,        &kAwinCsv};

}  // namespace modiste
