// How warm a garment is, as its kind and its fabrics tell.
//
// Threads: any. Pure.
#pragma once

#include <optional>

#include "catalog/item.h"

namespace modiste {

// 0 (heat) to 1 (hard frost) in steps, so that filters can tell it by a few bits an item (slot_columns.h).
inline constexpr size_t kWarmthStepMax = 40;
[[nodiscard]] constexpr double warmth_of_step(size_t step) {
  return static_cast<double>(step) / kWarmthStepMax;
}

// The mean of kind and fabrics, to the nearest step. Bare kinds stay light; a bag's fabric has none.
[[nodiscard]] std::optional<size_t> warmth_step_of(const ItemFacts& item, const Vocabulary& vocabulary);
[[nodiscard]] std::optional<double> warmth_of(const ItemFacts& item, const Vocabulary& vocabulary);

// Kinds up to this warmth leave the body bare, and are light whatever they are of: sandals, shorts, tank
// tops.
inline constexpr double kBareWarmth = 0.1;

// From the first to the last; none when the first is above the last.
struct WarmthSteps {
  size_t first = 1, last = 0;
};
// Those of which the predicate holds, which must lie side by side.
template <class Holds>
[[nodiscard]] WarmthSteps warmth_steps(const Holds& holds) {
  WarmthSteps steps;
  for (size_t step = 0; step <= kWarmthStepMax; ++step) {
    if (!holds(warmth_of_step(step))) continue;
    if (steps.first > steps.last) steps.first = step;
    steps.last = step;
  }
  return steps;
}

}  // namespace modiste
