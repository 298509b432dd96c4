#include "feeds/feed.h"

#include <algorithm>

#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

bool has_all(const std::vector<std::string>& columns, std::initializer_list<std::string_view> wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  });
}

}  // namespace

FeedHead::FeedHead(std::string_view bytes) {
  MemoryInput input("head", bytes);
  Utf8Input utf8(input);
  if (const auto piece = utf8.read(); piece.ok()) text = trim(*piece);
  if (text.empty() || is_json() || text[0] == '<') return;
  // A character that the head cuts in two must not make the header look like another encoding.
  const bool cut = bytes.size() >= Utf8Input::kHeadBytes && text.find_last_of("\r\n") != std::string::npos;
  MemoryInput again("head", cut ? std::string_view(text).substr(0, text.find_last_of("\r\n")) : text);
  const GarmentSink no_sink;
  FeedRun run(again, {}, no_sink, {});
  if (const auto table = CsvTable::detect(run); table.ok()) {
    columns = (*table)->columns();
    delimiter = (*table)->delimiter();
  }
}

bool FeedHead::has_columns(std::initializer_list<std::string_view> names) const {
  return has_all(columns, names);
}

bool FeedHead::has_columns_of(std::string_view platform,
                              std::initializer_list<std::string_view> names) const {
  std::vector<std::string> mapped;
  for (const auto& column : columns) mapped.push_back(CsvTable::mapped_column(column, platform));
  return has_all(mapped, names);
}

Result<size_t> MemoryInput::read(std::span<char> buffer) {
  const size_t count = std::min(buffer.size(), text_.size());
  std::copy_n(text_.begin(), count, buffer.begin());
  text_.remove_prefix(count);
  return count;
}

const FeedReader* find_feed_reader(std::string_view name) {
  const auto found =
      std::ranges::find(kFeedReaders, name, [](const FeedReader* reader) { return reader->name; });
  return found == std::end(kFeedReaders) ? nullptr : *found;
}

std::string feed_reader_names() {
  std::string names;
  for (const FeedReader* reader : kFeedReaders)
    names += (names.empty() ? "" : ", ") + std::string(reader->name);
  return names;
}

Result<const FeedReader*> detect_feed(std::string_view head) {
  const FeedHead first(head);
  for (const FeedReader* reader : kFeedReaders)
    if (reader->detect(first)) return reader;
  return Error{Code::kInvalid, "unsupported catalog format", "", "one of " + feed_reader_names()};
}

Result<FeedReport> read_feed(FeedInput& input, const FeedReader& reader, const FeedOptions& options,
                             const GarmentSink& sink, const FeedProgress& progress) {
  FeedRun run(input, options, sink, progress);
  TRY(reader.read(run));
  return run.finish();
}

}  // namespace modiste
