// Splits a history for evaluate_next_item(): the last item of each shopper with at least two is asked about.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "learning/evaluation/evaluate_next_item.h"
#include "learning/evaluation/next_item_baselines.h"

namespace modiste {

// A shopper whose last item is held out.
struct HeldOutItem {
  std::string shopper, garment;
  uint32_t row = 0;  // of the matrix
  TimePoint at{};
  size_t order = 0;  // of the events: what the shopper did before it at the same time is known
};

struct HeldOutItems {
  ChoiceMatrix choices;  // without what is held out
  std::vector<HeldOutItem> held_out;
  std::unordered_map<std::string, uint32_t> items;  // garment -> item
};

// Takes the last item of each shopper with at least two out of the choices, and all that the shopper did with
// it out of the events, unless these are asked about at their time.
[[nodiscard]] HeldOutItems hold_out(ChoiceHistory& history, bool at_its_time);

}  // namespace modiste
