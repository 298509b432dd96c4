// Catalog files -> garments, row by row: good rows go in, bad rows are reported by line, column and reason.
//
// Readers pull bytes from a FeedInput and never hold a whole file: a 2 GB line is refused at kLineBytesMax.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/byte_source.h"
#include "catalog/garment.h"

namespace modiste {

inline constexpr size_t kLineBytesMax = 4 << 20;  // a CSV record or JSON line; descriptions are kilobytes

using FeedInput = ByteSource;

class MemoryInput final : public FeedInput {
 public:
  MemoryInput(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {}
  [[nodiscard]] std::string name() const override { return name_; }
  Result<size_t> read(std::span<char> buffer) override;

 private:
  std::string name_;
  std::string_view text_;  // borrowed
};

struct Combination;  // combinations.h
using Combinations = std::unordered_map<std::string, std::vector<Combination>>;

// What a reader cannot know from the feed.
struct FeedOptions {
  std::string currency;          // the shop's, ISO 4217: of prices that name none
  std::optional<TimePoint> now;  // when absent, a sale that begins or ends at some time is not believed
  // Of the file beside PrestaShop's products, by the product's id or reference. Borrowed; null: there is
  // none.
  const Combinations* combinations = nullptr;
};

// Something that was assumed or left out, once per kind.
struct FeedNote {
  std::string file;
  size_t line = 0;  // where it happened first
  std::string text;
  size_t count = 0;
};

struct Refusal {
  std::string file;
  size_t line = 0;     // where the record begins, from 1
  std::string column;  // empty: the whole record
  std::string reason;
};

struct FeedReport {
  size_t rows_read = 0;
  size_t garments = 0;
  size_t variants = 0;
  size_t images = 0;
  size_t rows_refused = 0;
  std::string encoding;           // what the file was read as: "UTF-8", "windows-1252", ...
  bool encoding_guessed = false;  // by the letters: nothing in the file names it
  std::string encoding_rival;     // another that the letters do not rule out; empty: none
  std::vector<Refusal> refusals;  // the first kRefusalsMax; the count above goes on
  std::vector<FeedNote> notes;    // at most kNotesMax kinds
  // Ids of garments that the feed has and takes out of sale: drafts, hidden, expired.
  std::vector<std::string> withdrawn;
  // Ids of garments that the feed has, whether their rows were refused or not: they are not missing.
  std::unordered_set<std::string> mentioned;
  size_t rows_without_id = 0;  // refused rows of which it is not known whose they are
};
inline constexpr size_t kRefusalsMax = 1'000;
inline constexpr size_t kNotesMax = 200;

// Called for each whole garment in the file's order. Answering an error stops the reading with it.
using GarmentSink = std::function<Result<Done>(Garment&&)>;
// Called now and then with bytes read so far.
using FeedProgress = std::function<void(size_t bytes)>;

struct FeedReader;  // feed_readers.h

// Judges by the first bytes (header names, XML root, first character), not by the file's name. kInvalid: no
// reader knows the format. Never null.
Result<const FeedReader*> detect_feed(std::string_view head);
// By name, "shopify-csv"; null when there is no such reader.
[[nodiscard]] const FeedReader* find_feed_reader(std::string_view name);
// "adobe-commerce-csv, google-merchant-tsv, ...", for messages.
[[nodiscard]] std::string feed_reader_names();

// Reads one feed. Texts reach the sink without markup. Image references are kept as written. Errors: the
// input cannot be read at all, or its header is not of the reader's format; anything less is a refusal in the
// report.
Result<FeedReport> read_feed(FeedInput& input, const FeedReader& reader, const FeedOptions& options,
                             const GarmentSink& sink, const FeedProgress& progress = {});

// One line of our JSON Lines, as written by `catalog export`.
[[nodiscard]] std::string to_json_line(const Garment& garment);

}  // namespace modiste
