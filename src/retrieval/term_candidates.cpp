#include "retrieval/term_candidates.h"

#include <algorithm>
#include <bit>

#include "retrieval/slot_table.h"

namespace modiste {
namespace {

PageBits page_of(const SlotBits& bits, size_t page) {
  PageBits found{};
  const auto words = bits.words();
  const size_t from = std::min(words.size(), page * kPageWords),
               to = std::min(words.size(), from + kPageWords);
  std::copy(words.begin() + static_cast<ptrdiff_t>(from), words.begin() + static_cast<ptrdiff_t>(to),
            found.begin());
  return found;
}

// The first `count` places of a page.
PageBits below(size_t count) {
  PageBits bits{};
  std::fill_n(bits.begin(), count / 64, ~uint64_t{0});
  if (count % 64 != 0) bits[count / 64] = (uint64_t{1} << (count % 64)) - 1;
  return bits;
}

// Calls visit(slot) with the items of a column below `slots` that the filter allows, from slot `start` on and
// around, until it returns false. A page at a time: of a rare term under a narrow filter most have nothing.
template <class Visit>
void visit_column(const SlotColumns& columns, Column column, size_t slots, Slot start,
                  const SlotFilter& filter, const Visit& visit) {
  const size_t pages = (slots + kPageSlots - 1) / kPageSlots;
  for (size_t step = 0; step <= pages; ++step) {  // the first page twice: its end, and at last its beginning
    const size_t page = (start / kPageSlots + step) % pages;
    PageBits left = columns.page(column, page);
    if (filter.bits() != nullptr) left &= page_of(*filter.bits(), page);
    if (step == 0) left &= ~below(start % kPageSlots);
    if (step == pages) left &= below(start % kPageSlots);
    if (left == PageBits{}) continue;
    for (size_t w = 0; w < kPageWords; ++w)
      for (uint64_t word = left[w]; word != 0; word &= word - 1)
        if (const size_t slot = page * kPageSlots + 64 * w + static_cast<size_t>(std::countr_zero(word));
            slot < slots && !visit(static_cast<Slot>(slot)))
          return;
  }
}

}  // namespace

std::vector<Slot> items_of_terms(const SlotColumns& columns, std::span<const WeightedTerm> terms, size_t k,
                                 const SlotFilter& filter, Rng& rng) {
  std::vector<Slot> found;
  SlotTable seen;
  const size_t slots =
      std::min(columns.slots(), filter.bits() == nullptr ? SIZE_MAX : filter.bits()->slots());
  float left = 0;
  for (const auto& [term, weight] : terms) left += weight;
  for (const auto& [term, weight] : terms) {
    if (left <= 0 || slots == 0) break;
    const auto share = static_cast<size_t>(static_cast<float>(k - found.size()) * weight / left);
    left -= weight;
    if (columns.in_stock(columns.has(term)) == 0) continue;
    const size_t end = found.size() + share;
    if (share > 0)
      visit_column(columns, columns.has(term), slots, static_cast<Slot>(rng.below(slots)), filter,
                   [&](Slot slot) {
                     if (seen.add(slot)) found.push_back(slot);
                     return found.size() < end;
                   });
  }
  return found;
}

}  // namespace modiste
