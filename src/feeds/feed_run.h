// One reading of one feed: its lines, its report, and the gate every garment passes on its way to the sink.
#pragma once

#include <string>
#include <unordered_map>

#include "feeds/feed.h"
#include "feeds/line_reader.h"

namespace modiste {

// Threads: one owner. Remembers ids and skus by 64-bit hash: at ten million of them the chance that any two
// different ones are taken for the same is under 3 in a million.
class FeedRun {
 public:
  FeedRun(FeedInput& input, const FeedOptions& options, const GarmentSink& sink,
          const FeedProgress& progress);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const FeedOptions& options() const { return options_; }
  [[nodiscard]] Utf8Input& text() { return text_; }
  [[nodiscard]] LineReader& lines() { return lines_; }

  void count_row() { ++report_.rows_read; }
  void refuse(size_t line, std::string column, std::string reason);
  void refuse(size_t line, std::string column, const Error& error);
  // A row that cannot be read at all, so that nobody knows which garment it holds.
  void refuse_unread(size_t line, std::string reason);
  void count_without_id() { ++report_.rows_without_id; }
  // Something that was assumed or left out; counted by its text.
  void note(size_t line, std::string text);
  // The feed has this garment, whatever becomes of its rows.
  void mention(const std::string& id) { report_.mentioned.insert(id); }
  // The feed says that this garment is not for sale.
  void withdraw(const std::string& id, size_t line, std::string column, std::string reason);

  // Of formats whose shops may give one sku to several variants or products: all but the first are named by
  // their product and options, which the report says. Elsewhere a repeated sku costs the variant.
  void let_skus_repeat() { skus_repeat_ = true; }
  // Of formats that may know no price and write 0. Elsewhere what costs nothing is not for sale.
  void let_prices_be_absent() { prices_may_be_absent_ = true; }

  // Removes markup from the texts, fills the currency, validates, refuses repeated ids, drops repeated skus,
  // and hands the garment on. line: where it began. Errors: the sink's only.
  Result<Done> emit(Garment&& garment, size_t line);

  [[nodiscard]] FeedReport finish();

 private:
  void rename_repeated_skus(Garment& garment, size_t line);
  bool claim_skus(Garment& garment, size_t line);
  bool drop_unpriced(Garment& garment, size_t line);
  void undo_dates_of_sizes(Garment& garment, size_t line);

  std::string name_;
  FeedOptions options_;
  Utf8Input text_;
  LineReader lines_;
  const GarmentSink& sink_;
  FeedReport report_;
  std::unordered_map<uint64_t, size_t> line_of_id_, line_of_sku_;
  std::unordered_map<std::string, size_t> note_of_text_;
  bool skus_repeat_ = false, prices_may_be_absent_ = false;
};

}  // namespace modiste
