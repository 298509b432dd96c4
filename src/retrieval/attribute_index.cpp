#include "retrieval/attribute_index.h"

#include <algorithm>
#include <cmath>

#include "base/mutex.h"
#include "retrieval/slot_table.h"

namespace modiste {

void AttributeIndex::put(const ItemFacts& item) {
  const MutexLock lock(mutex_);
  Indexed& known = indexed_[item.slot];
  count_no_more(known);
  known.there = true;
  ++items_;
  for (const TermId term : item.terms) {
    CHECK(term < (1U << 15));
    if (postings_.size() <= term) postings_.resize(static_cast<size_t>(term) + 1);
    auto place = std::find_if(known.listed.begin(), known.listed.end(),
                              [&](const Listed& listed) { return listed.term == term; });
    if (place == known.listed.end()) {
      place = known.listed.insert(place, Listed{term, 0});
      postings_[term].slots.push_back(item.slot);
    }
    place->counts = 1;
    ++postings_[term].count;
  }
}

void AttributeIndex::remove(Slot slot) {
  const MutexLock lock(mutex_);
  if (const auto known = indexed_.find(slot); known != indexed_.end()) count_no_more(known->second);
}

void AttributeIndex::count_no_more(Indexed& item) {
  if (!item.there) return;
  item.there = false;
  --items_;
  for (Listed& listed : item.listed) {
    postings_[listed.term].count -= listed.counts;
    listed.counts = 0;
  }
}

float AttributeIndex::idf_locked(TermId term) const {
  if (term >= postings_.size() || postings_[term].count == 0) return 0;
  // ln(N/n): a term of every item has weight 0.
  return std::log(static_cast<float>(items_) / static_cast<float>(postings_[term].count));
}

bool AttributeIndex::is_of_all(TermId term) const {
  const ReaderLock lock(mutex_);
  return items_ > 0 && term < postings_.size() && postings_[term].count == items_;
}

float AttributeIndex::idf(TermId term) const {
  const ReaderLock lock(mutex_);
  return idf_locked(term);
}

std::vector<float> AttributeIndex::idfs(size_t count) const {
  const ReaderLock lock(mutex_);
  std::vector<float> values(count);
  for (size_t term = 0; term < count; ++term) values[term] = idf_locked(static_cast<TermId>(term));
  return values;
}

std::vector<Slot> AttributeIndex::candidates(std::span<const WeightedTerm> terms, size_t k,
                                             const SlotFilter& filter, Rng& rng) const {
  const ReaderLock lock(mutex_);
  std::vector<Slot> found;
  SlotTable seen;
  float left = 0;
  for (const auto& [term, weight] : terms) left += weight;
  for (const auto& [term, weight] : terms) {
    if (left <= 0) break;
    // If a list cannot fill its share, the rest goes to the next lists.
    const auto share = static_cast<size_t>(static_cast<float>(k - found.size()) * weight / left);
    left -= weight;
    if (term >= postings_.size() || postings_[term].slots.empty()) continue;
    const auto& list = postings_[term].slots;
    const size_t start = rng.below(list.size());
    const size_t end = found.size() + share;
    // Bounded: a filter that allows almost nothing must not scan a list of millions.
    const size_t visits_max = std::min(list.size(), 8 * share + 64);
    for (size_t i = 0; i < visits_max && found.size() < end; ++i) {
      const Slot slot = list[(start + i) % list.size()];
      if (filter(slot) && seen.add(slot)) found.push_back(slot);
    }
  }
  return found;
}

}  // namespace modiste
