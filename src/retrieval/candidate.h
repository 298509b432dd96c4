// What a search of an index answers: candidates with a score, and when it should stop.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "retrieval/slot_filter.h"

namespace modiste {

inline constexpr size_t kCandidatesMax = 10'000;  // k of any query; more is cut to this

// score: higher is better, and comparable within one answer of one index only (each says its range).
struct Candidate {
  Slot slot = kNoSlot;
  float score = 0;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// The order of every answer: best first; equal scores by slot, so that it can be repeated.
[[nodiscard]] constexpr bool better(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.slot < b.slot;
}

// When a search should stop and answer what it has. Without a clock: never.
struct Deadline {
  const Clock* clock = nullptr;
  TimePoint at{};

  [[nodiscard]] bool passed() const { return clock != nullptr && clock->now() >= at; }
};

struct CandidateList {
  std::vector<Candidate> items;      // best first, each slot once, all admitted by the filter
  bool complete = true;              // false: the deadline passed, better ones may be missing
  std::vector<uint32_t> evidence{};  // of each item, in the source's own code; most sources have none
};

}  // namespace modiste
