#include "shop/imports/import_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "feeds/feed_readers.h"

namespace modiste {
namespace {

constexpr size_t kWordsListed = 12;

void print_groups(std::string_view title, const RefusalGroups& groups, size_t more = 0) {
  if (groups.count() == 0) return;
  fmt::print("\n{} ({})\n{}", title, groups.count() + more, groups.text());
  if (more > 0) fmt::print("  and {} that are not listed\n", more);
}

RefusalGroups grouped(const std::vector<std::string>& texts) {
  RefusalGroups groups;
  for (const auto& text : texts) groups.add("", 0, text);
  return groups;
}

void print_unknown_words(const std::vector<VocabularyReport::Unknown>& words) {
  if (words.empty()) return;
  fmt::print("\nWords not understood ({})\n", words.size());
  for (size_t i = 0; i < std::min(kWordsListed, words.size()); ++i)
    fmt::print("  {} '{}' ({} times)\n", words[i].where, words[i].word, words[i].count);
  if (words.size() > kWordsListed) fmt::print("  ... and {} more\n", words.size() - kWordsListed);
}

void print_notes(const std::vector<FeedNote>& notes) {
  if (notes.empty()) return;
  fmt::print("\nAssumed or left out\n");
  for (const auto& note : notes)
    fmt::print("  {} x {} line {}{}: {}\n", note.count, note.file, note.line, note.count > 1 ? ", ..." : "",
               note.text);
}

std::string reading_of(const FileOutcome& file) {
  const FeedReport& report = file.report;
  if (report.encoding.empty() || report.encoding == "UTF-8") return file.role;
  if (!report.encoding_guessed) return fmt::format("{}, read as {}", file.role, report.encoding);
  return fmt::format(
      "{}, read as {} (recognised by its letters{}; save it as UTF-8 to be sure)", file.role, report.encoding,
      report.encoding_rival.empty()
          ? std::string()
          : fmt::format(", which are too few to be sure: it may be {}", report.encoding_rival));
}

}  // namespace

Result<Done> expect_garments(const ImportReport& report, const std::filesystem::path& source) {
  if (!report.kept_because.empty())
    return Error{Code::kConflict,
                 fmt::format("{} garments are missing from the feed and were kept: {}", report.missing,
                             report.kept_because),
                 source.string(), "a feed of the whole catalog, or --force"};
  if (report.accepted > 0) return kOk;
  const FeedReport& feed = report.feed.total;
  if (feed.garments > 0)
    return Error{Code::kConflict, fmt::format("the shop refused all {} garments", feed.garments),
                 source.string(), "garments as the report above asks for them"};
  return Error{Code::kNotFound, fmt::format("no garment was found in {} rows", feed.rows_read),
               source.string(), "a feed of one of the formats " + feed_reader_names()};
}

void print(const ImportReport& report, const Vocabulary& vocabulary) {
  const FeedReport& feed = report.feed.total;
  fmt::print("\n{:>8} rows read\n{:>8} garments with {} variants and {} images\n", feed.rows_read,
             feed.garments, feed.variants, feed.images);
  fmt::print("{:>8} garments in the shop now ({} new)\n", report.accepted, report.created);
  if (report.embedded > 0)
    fmt::print("{:>8} items embedded in {:.0f} s ({:.1f} a second)\n", report.embedded, report.seconds,
               static_cast<double>(report.embedded) / report.seconds);
  const VocabularyReport& words = report.words;
  fmt::print("{:>7.1f}% of {} supplier words understood\n", 100 * words.understood_share(), words.words());
  if (const size_t guessed = words.words(MatchStep::kEmbedding); guessed > 0)
    fmt::print("{:>8} words guessed by likeness of meaning, not counted as understood\n", guessed);
  if (const size_t filler = words.words(MatchStep::kFiller); filler > 0)
    fmt::print("{:>8} words say nothing (such as 'other' or 'unknown'), not counted\n", filler);
  fmt::print("{:>8} rows refused\n", feed.rows_refused);
  if (report.withdrawn > 0)
    fmt::print("{:>8} garments taken out of sale, as the feed says\n", report.withdrawn);
  if (report.removed > 0)
    fmt::print("{:>8} garments taken out of sale, as the whole feed no longer has them\n", report.removed);

  for (const auto& file : report.feed.files) fmt::print("  {:<36} {}\n", file.file, reading_of(file));
  RefusalGroups rows;
  for (const Refusal& refusal : feed.refusals)
    rows.add(refusal.column.empty() ? refusal.file : refusal.file + ", " + refusal.column, refusal.line,
             refusal.reason);
  print_groups("Rows refused", rows, feed.rows_refused - feed.refusals.size());
  print_notes(feed.notes);
  print_groups("Garments refused", report.refused);
  print_unknown_words(report.words.unknown());
  print_groups("Photos that could not be used", grouped(report.photo_problems));
  std::vector<std::string> conflicts;
  for (const PhotoConflict& conflict : report.conflicts) conflicts.push_back(conflict.message(vocabulary));
  print_groups("Photos that contradict the supplier", grouped(conflicts));
}

}  // namespace modiste
