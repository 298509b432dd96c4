// The snapshots of a shop on its disk (serving/events/shop_snapshot.h): written while it is open, so that the
// next start folds little.
//
// When one is due, snapshot_is_due() says; after an erasure, which deletes the one on the disk, within
// seconds. A write that fails is logged and tried again.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/mutex.h"
#include "serving/shop.h"
#include "storage/snapshot_folder/snapshot_folder.h"

namespace modiste {

struct SnapshotFigures {
  uint64_t bytes = 0;
  double pause_ms = 0, write_ms = 0;  // while events waited; until it was durable
};

// What decides whether one is due.
struct SnapshotPace {
  bool has_one = false;                         // on the disk
  uint64_t events = 0;                          // folded that it does not have
  std::chrono::steady_clock::duration since{};  // the last one was begun
  std::chrono::steady_clock::duration pause{};  // of events, by the last one
  int failures = 0;                             // in a row
};

// After kDueEvents events or kDueAfter with any; where there is none, after some seconds. Events never wait
// for snapshots for more than kPausedShare of the time, however many shoppers are erased, and what fails is
// tried ever more seldom.
[[nodiscard]] bool snapshot_is_due(const SnapshotPace& pace);

// What a shop knows of the snapshots on its disk. Threads: any.
class SnapshotState {
 public:
  // Borrows both. may_go_on: asked before each block, so that a full disk is left to the log.
  SnapshotState(Shop& shop, SnapshotFolder& folder, std::function<Result<Done>()> may_go_on)
      : shop_(shop), folder_(folder), may_go_on_(std::move(may_go_on)) {}

  // A snapshot of now. Nothing when there is nothing new since the last one.
  Result<std::optional<SnapshotFigures>> write();
  // Deletes those on the disk; the next look writes one.
  Result<Done> erase();
  // After the shop was loaded: whether with a snapshot that may stay.
  void start(bool has_one);
  // Tells in the program's log what it wrote, or why it could not.
  void write_if_due();
  // When the latest was durable; empty: none since this process began.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> written_at() const;

 private:
  [[nodiscard]] bool is_due() const;
  Result<std::optional<SnapshotFigures>> write_one();

  Shop& shop_;
  SnapshotFolder& folder_;
  const std::function<Result<Done>()> may_go_on_;
  Mutex writing_;  // held by a write; guards nothing
  mutable Mutex mutex_;
  bool has_one_ GUARDED_BY(mutex_) = false;  // on the disk
  uint64_t erasures_ GUARDED_BY(mutex_) = 0;
  uint64_t events_at_last_ GUARDED_BY(mutex_) = 0;                  // EventService::events_folded()
  std::chrono::steady_clock::duration pause_ GUARDED_BY(mutex_){};  // of events, by the last one
  int failures_ GUARDED_BY(mutex_) = 0;                             // in a row
  std::optional<std::chrono::steady_clock::time_point> written_at_ GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point last_at_ GUARDED_BY(mutex_) = std::chrono::steady_clock::now();
};

}  // namespace modiste
