// All shoppers' states in memory, by subject id.
//
// Threads: readers and writers from any thread; shoppers are spread over shards with a mutex each, and a
// reader gets an immutable state that later folds do not touch. Folds of one subject must come in the order
// of the log.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "style/shopper_state.h"

namespace modiste {

// A signal that can be folded again: what it was about is looked up when it is folded.
struct StoredSignal {
  EventType type{};
  uint64_t event_hash = 0;
  Slot slot = kNoSlot;
  float weight = 0;
};

// Fills facts and vector of a signal. They must stay valid during the fold.
using SignalResolver = std::function<Signal(const StoredSignal&)>;

class Shoppers {
 public:
  explicit Shoppers(StyleOptions options = {}) : options_(options) {}

  // Null when nothing is known.
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view subject) const;
  // The state after the fold.
  std::shared_ptr<const ShopperState> apply(std::string_view subject, const StoredSignal& signal,
                                            const SignalResolver& resolve);
  void apply_quiz(std::string_view subject, Wishes wishes, const SignalResolver& resolve);
  // Takes back one of the last StyleOptions::undo_window signals: as if it had never come. Empty when it is
  // not there.
  std::optional<StoredSignal> undo(std::string_view subject, uint64_t event_hash,
                                   const SignalResolver& resolve);
  // The dense index that was hers; empty when nothing was known.
  std::optional<uint32_t> erase(std::string_view subject);

  [[nodiscard]] size_t size() const;
  [[nodiscard]] const StyleOptions& options() const { return options_; }

 private:
  struct Shopper {
    ShopperState base;                // before the signals in `recent`
    std::deque<StoredSignal> recent;  // latest last
    std::shared_ptr<const ShopperState> current;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, Shopper> shoppers;
  };

  Shard& shard(std::string_view subject) const;
  Shopper& shopper(Shard& shard, std::string_view subject);

  static constexpr size_t kShards = 64;
  StyleOptions options_;
  std::atomic<uint32_t> index_next_{0};
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace modiste
