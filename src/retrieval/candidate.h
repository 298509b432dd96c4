// Result of an index search: candidates with a score; and the deadline of a search.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "retrieval/slot_filter.h"

namespace modiste {

inline constexpr size_t kCandidatesMax = 10'000;  // greatest k; a larger one is reduced to this

// score: higher is better. Comparable only within one result of one index; each index states its range.
struct Candidate {
  Slot slot = kNoSlot;
  float score = 0;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// The order of every result: best first; equal scores by slot, so that it can be repeated.
[[nodiscard]] constexpr bool better(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.slot < b.slot;
}

// When a search must stop and return what it has. Without a clock: never.
struct Deadline {
  const Clock* clock = nullptr;
  TimePoint at{};

  [[nodiscard]] bool passed() const { return clock != nullptr && clock->now() >= at; }
};

struct CandidateList {
  std::vector<Candidate> items;      // best first, each slot once, all admitted by the filter
  bool complete = true;              // false: the deadline passed and better items may be missing
  std::vector<uint32_t> evidence{};  // one per item, in the source's own code; most sources leave it empty
};

}  // namespace modiste
