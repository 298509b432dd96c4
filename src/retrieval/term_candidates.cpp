#include "retrieval/term_candidates.h"

#include <bit>

#include "retrieval/slot_table.h"

namespace modiste {
namespace {

// Calls visit(slot) with the items of a column below `slots` that the filter allows, from slot `start` on and
// around, until it returns false.
template <class Visit>
void visit_column(const SlotColumns& columns, Column column, size_t slots, Slot start,
                  const SlotFilter& filter, const Visit& visit) {
  const SlotBits* bits = filter.bits();
  const size_t words = (slots + 63) / 64;
  const uint64_t before_start = (uint64_t{1} << (start % 64)) - 1;
  const PageBits* page = nullptr;
  for (size_t step = 0; step <= words; ++step) {  // the first word twice: its end, and at last its beginning
    const size_t at = (start / 64 + step) % words, in_page = at % kPageWords;
    if (page == nullptr || in_page == 0) page = &columns.page(column, at / kPageWords);
    uint64_t left = (*page)[in_page];
    if (bits != nullptr) left &= bits->words()[at];
    if (step == 0) left &= ~before_start;
    if (step == words) left &= before_start;
    for (; left != 0; left &= left - 1)
      if (!visit(static_cast<Slot>(64 * at + static_cast<size_t>(std::countr_zero(left))))) return;
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
