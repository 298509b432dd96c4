#include "learning/models/pair_counts.h"

#include <algorithm>
#include <cmath>

namespace modiste {

PairCounts::Pair& PairCounts::pair(ItemNumber item, ItemNumber other) {
  auto& pairs = rows_[item].pairs;
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), other,
                                   [](const Pair& one, ItemNumber number) { return one.other < number; });
  return at != pairs.end() && at->other == other ? *at : *pairs.insert(at, Pair{other});
}

void PairCounts::add(std::span<const ItemNumber> before, ItemNumber item) {
  const size_t count = std::min(before.size(), kWindow);
  for (size_t places = 1; places <= count; ++places) {
    const ItemNumber earlier = before[before.size() - places];
    if (const size_t needed = std::max(earlier, item) + size_t{1}; rows_.size() < needed)
      rows_.resize(needed);
    const float weight = 1 / std::sqrt(static_cast<float>(places));
    pair(earlier, item).after += weight;
    rows_[earlier].total += weight;
    if (earlier == item) continue;
    pair(item, earlier).before += weight;
    rows_[item].total += weight;
  }
}

void PairCounts::add(std::span<const ItemNumber> history) {
  for (size_t i = 1; i < history.size(); ++i) add(history.first(i), history[i]);
}

std::span<const PairCounts::Pair> PairCounts::of(ItemNumber item) const {
  return item < rows_.size() ? std::span<const Pair>(rows_[item].pairs) : std::span<const Pair>();
}

float PairCounts::total(ItemNumber item) const { return item < rows_.size() ? rows_[item].total : 0; }

size_t PairCounts::bytes() const {
  size_t bytes = rows_.size() * sizeof(Row);
  for (const Row& row : rows_) bytes += row.pairs.capacity() * sizeof(Pair);
  return bytes;
}

}  // namespace modiste
