// Scores of all items, with a bound for each block of slots: what lets a search for the best few pass over
// most of a large catalog.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "retrieval/candidate.h"

namespace modiste {

inline constexpr size_t kBlockSlots = 64;

// A score that every item has before a search looks at it; not below 0.
class SlotPrior {
 public:
  virtual ~SlotPrior() = default;
  [[nodiscard]] virtual size_t slots() const = 0;  // those above have 0
  [[nodiscard]] virtual float of(Slot slot) const = 0;
  // of() for each slot of a block, in its order.
  [[nodiscard]] virtual std::array<float, kBlockSlots> of_block(size_t block) const = 0;
  // No slot of the block has more.
  [[nodiscard]] virtual float most_in(size_t block) const = 0;
};

// The largest value of each block; it may be larger than any value that is there now.
class BlockBounds {
 public:
  explicit BlockBounds(float least = 0) : least_(least) {}

  void raise(Slot slot, float value) {
    const size_t block = slot / kBlockSlots;
    if (block >= most_.size()) most_.resize(block + 1, least_);
    most_[block] = std::max(most_[block], value);
  }
  [[nodiscard]] float of(size_t block) const { return block < most_.size() ? most_[block] : least_; }

 private:
  float least_;  // of a block without values
  std::vector<float> most_;
};

// Calls visit(first, end) with the slots of each block, in groups, the group of the best bound first and of
// equal ones that of the lowest slots, while wants(best) says that the best that may be in it would be kept:
// its first slot with the bound as its score. bound_of(block): blocks at or below `above` are left out.
template <class BoundOf, class Wants, class Visit>
void visit_blocks(size_t slots, float above, const BoundOf& bound_of, const Wants& wants,
                  const Visit& visit) {
  // Small blocks leave out much of what nobody wants; under a narrow filter nearly all groups are visited,
  // and then the heap costs more than the blocks.
  constexpr size_t kBlocksTogether = 4;
  const size_t blocks = (slots + kBlockSlots - 1) / kBlockSlots;
  std::vector<Candidate> left;  // the first slot of each group
  for (size_t first = 0; first < blocks; first += kBlocksTogether) {
    Candidate best{static_cast<Slot>(first * kBlockSlots), bound_of(first)};
    for (size_t block = first + 1; block < std::min(blocks, first + kBlocksTogether); ++block)
      best.score = std::max(best.score, bound_of(block));
    if (best.score > above && wants(best)) left.push_back(best);
  }
  const auto later = [](const Candidate& a, const Candidate& b) { return better(b, a); };
  std::make_heap(left.begin(), left.end(), later);
  while (!left.empty() && wants(left.front())) {
    const size_t group = left.front().slot / kBlockSlots;
    std::pop_heap(left.begin(), left.end(), later);
    left.pop_back();
    for (size_t block = group; block < std::min(blocks, group + kBlocksTogether); ++block) {
      const Candidate best{static_cast<Slot>(block * kBlockSlots), bound_of(block)};
      if (best.score > above && wants(best))
        visit(best.slot, static_cast<Slot>(std::min<size_t>(best.slot + kBlockSlots, slots)));
    }
  }
}

}  // namespace modiste
