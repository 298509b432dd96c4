// One reading of one history: its rows, its report, and the gate that every event passes. For the readers.
#pragma once

#include <string>
#include <unordered_set>

#include "feeds/feed_run.h"
#include "history/history.h"

namespace modiste {

// Ids of a set, before the prefix: two of them and a number make an event's id.
inline constexpr size_t kHistoryIdBytesMax = 40;

// Threads: one owner. Borrows input and sinks.
class HistoryRun {
 public:
  HistoryRun(FeedInput& input, const HistoryOptions& options, const HistorySinks& sinks,
             const FeedProgress& progress = {});

  [[nodiscard]] FeedRun& feed() { return feed_; }
  [[nodiscard]] const HistoryOptions& options() const { return options_; }
  [[nodiscard]] bool wants_garments() const { return sinks_.garment != nullptr; }
  [[nodiscard]] bool wants_events() const { return sinks_.event != nullptr; }

  // Asked before each row: false when as many as were asked for have been read.
  [[nodiscard]] bool next_row() { return rows_++ < options_.rows_max; }

  // The id with its prefix; refused and empty when it is empty or too long.
  [[nodiscard]] std::string id_of(std::string_view text, size_t line, std::string_view column);
  // Validates and hands on, or refuses. Errors: the sink's only.
  Result<Done> emit(Event&& event, size_t line);
  void set_aside(const std::string& what) { ++report_.set_aside[what]; }
  void leave_out() { ++report_.rows_left_out; }
  void note(std::string text) { report_.notes.push_back(std::move(text)); }

  [[nodiscard]] HistoryReport finish();

 private:
  const HistoryOptions& options_;
  const HistorySinks& sinks_;
  GarmentSink garments_;
  FeedRun feed_;
  HistoryReport report_;
  std::unordered_set<uint64_t> shoppers_;  // by hash
  size_t rows_ = 0;
};

// Between two events of one shopper where only their order is known. A day keeps purchases in visits of their
// own, a minute keeps a visit together.
inline constexpr Micros kPurchaseStep = std::chrono::days(1), kClickStep = std::chrono::minutes(1);

}  // namespace modiste
