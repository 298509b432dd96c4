// Port: where candidates come from. One kind per way of knowing: vectors, words, other shoppers, the crowd.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "retrieval/slot_filter.h"

namespace modiste {

inline constexpr size_t kCandidatesMax = 10'000;  // k of any query; more is cut to this

// score: higher is better, and comparable within one answer of one source only (each source says its range);
// rank_normalise() of ranking/hybrid.h brings sources together.
struct Candidate {
  Slot slot = kNoSlot;
  float score = 0;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// The order of every answer: best first; equal scores by slot, so that it can be repeated.
[[nodiscard]] constexpr bool better(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.slot < b.slot;
}

// When a source should stop and answer what it has. Without a clock: never.
struct Deadline {
  const Clock* clock = nullptr;
  TimePoint at{};

  [[nodiscard]] bool passed() const { return clock != nullptr && clock->now() >= at; }
};

// Borrows everything. A source reads what it understands and leaves the rest.
struct CandidateQuery {
  std::span<const float> vector{};    // unit; empty when there is none
  std::string_view text{};            // UTF-8 as the shopper wrote it
  std::optional<uint32_t> shopper{};  // ShopperState's dense index
  SlotFilter filter{};
  size_t k = 100;
  Deadline deadline{};
};

struct CandidateList {
  std::vector<Candidate> items;  // best first, each slot once, all admitted by the filter
  bool complete = true;          // false: the deadline passed, better ones may be missing
};

// Threads: candidates() from any thread.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Empty when the query holds nothing that this source understands. kInvalid: the query is malformed.
  virtual Result<CandidateList> candidates(const CandidateQuery& query) const = 0;
};

}  // namespace modiste
