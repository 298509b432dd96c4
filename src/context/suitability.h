// Whether a garment suits an occasion, a season or the weather: one definition for ranking, features, reasons
// and tests. It reads the garment's own terms; what they do not tell is unknown, not unsuitable.
//
// Threads: any. Pure.
#pragma once

#include <optional>

#include "catalog/slot_columns.h"
#include "catalog/warmth.h"
#include "context/context.h"

namespace modiste {

// From the best to the worst.
enum class Suits : uint8_t { kYes, kUnknown, kNo };

// kYes: the garment names the occasion; kNo: it names others only. What names none is told by kind where that
// is worn for one occasion (Term::worn_for): swimwear for the beach, sleepwear at home.
[[nodiscard]] Suits suits_occasion(const ItemFacts& item, Occasion occasion, const Vocabulary& vocabulary);

// kYes: the garment names a season of some probability, or the whole year; kNo: it names others only.
[[nodiscard]] Suits suits_season(const ItemFacts& item, const SeasonVector& seasons,
                                 const Vocabulary& vocabulary);

// kYes: the garment is about as warm as wanted; kNo: far from it. Wanted warmth past the range of clothes
// counts as the end of that range: for the hardest frost a woollen coat is warm enough.
[[nodiscard]] Suits suits_warmth(const ItemFacts& item, double wanted, const Vocabulary& vocabulary);

// How far an item is from the situation of a request: 0 suits it, more is worse, at most kMisfitMax. What the
// request tells counts, the occasion before season and weather. What is measured or inferred only moves what
// plainly does not suit, which has 1: for measured weather garments far too warm or too light; for the usual
// season of the shopper's place, of newcomers only, also those that name other seasons.
struct Situation {
  const Context& context;
  bool newcomer = false;
};
inline constexpr int kMisfitMax = 8;
[[nodiscard]] int situation_misfit(const ItemFacts& item, const Situation& situation,
                                   const Vocabulary& vocabulary);

// Asks for exactly the items that are within this misfit.
void require_misfit(int misfit_max, const Situation& situation, const SlotColumns& columns,
                    const Vocabulary& vocabulary, SlotQuery& query);

// The misfits to allow, one after the other, until enough is found: rising, the last is kMisfitMax. Only that
// where the situation asks for nothing.
[[nodiscard]] std::vector<int> misfit_steps(const Situation& situation);

}  // namespace modiste
