#include "feeds/feed.h"

#include <algorithm>

#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/line_reader.h"

namespace modiste {
namespace {

Error unknown_format() {
  return {Code::kInvalid, "is no catalog that can be read", "",
          "Adobe Commerce, Google Merchant (TSV, XML), Shopify or photo-folder CSV, or JSON Lines"};
}

std::vector<std::string> header_columns(std::string_view head, char delimiter) {
  MemoryInput input("head", head);
  Utf8Input text(input);
  LineReader lines(text);
  CsvReader reader(lines, {.delimiter = delimiter, .strict_quotes = false}, [](size_t, std::string_view) {});
  CsvRecord header;
  const auto read = reader.next(header);
  if (!read.ok() || !*read) return {};
  for (auto& name : header.cells) name = CsvTable::column_key(name);
  return std::move(header.cells);
}

bool has_all(const std::vector<std::string>& columns, std::initializer_list<std::string_view> wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  });
}

// The text in UTF-8, so that a mark or UTF-16 does not hide the first character.
std::string first_text(std::string_view head) {
  MemoryInput input("head", head);
  Utf8Input text(input);
  const auto piece = text.read();
  return piece.ok() ? std::string(trim(*piece)) : std::string();
}

}  // namespace

Result<size_t> MemoryInput::read(std::span<char> buffer) {
  const size_t count = std::min(buffer.size(), text_.size());
  std::copy_n(text_.begin(), count, buffer.begin());
  text_.remove_prefix(count);
  return count;
}

Result<FeedFormat> detect_feed_format(std::string_view head) {
  const std::string text = first_text(head);
  if (text.empty()) return unknown_format();
  if (text[0] == '{') return FeedFormat::kJsonLines;
  if (text[0] == '<') {
    const bool products = text.find("<rss") != std::string::npos || text.find("<feed") != std::string::npos ||
                          text.find("http://base.google.com/ns/1.0") != std::string::npos;
    return products ? Result<FeedFormat>(FeedFormat::kGoogleMerchantXml) : unknown_format();
  }
  if (has_all(header_columns(text, '\t'), {"id", "title", "price"})) return FeedFormat::kGoogleMerchantTsv;
  const auto columns = header_columns(text, ',');
  if (has_all(columns, {"sku", "product_type", "name", "price"})) return FeedFormat::kAdobeCommerceCsv;
  if (has_all(columns, {"category", "name", "sku", "price", "qty"})) return FeedFormat::kAdobeCommerceCsv;
  if (has_all(columns, {"handle", "title", "variant_price"})) return FeedFormat::kShopifyCsv;
  if (has_all(columns, {"image", "label"})) return FeedFormat::kPhotoFolderCsv;
  return unknown_format();
}

Result<FeedReport> read_feed(FeedInput& input, FeedFormat format, const GarmentSink& sink,
                             const FeedProgress& progress) {
  FeedRun run(input, sink, progress);
  const auto read = [&] {
    switch (format) {
      case FeedFormat::kAdobeCommerceCsv:
        return read_adobe_commerce_csv(run);
      case FeedFormat::kGoogleMerchantTsv:
        return read_google_merchant_tsv(run);
      case FeedFormat::kGoogleMerchantXml:
        return read_google_merchant_xml(run);
      case FeedFormat::kShopifyCsv:
        return read_shopify_csv(run);
      case FeedFormat::kJsonLines:
        return read_json_lines(run);
      case FeedFormat::kPhotoFolderCsv:
        return read_photo_folder_csv(run);
    }
    return Result<Done>(unknown_format());
  };
  TRY(read());
  return run.finish();
}

}  // namespace modiste
