#include "learning/evaluation/held_out_items.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace modiste {
namespace {

struct Chosen {
  uint32_t item = 0;
  TimePoint at{};
  size_t order = 0;  // of the events
};

bool is_choice(const Event& event, const std::unordered_map<std::string, uint32_t>& items) {
  return !event.shopper_id.empty() && taste_weight(event) > 0 && items.contains(event.garment_id);
}

}  // namespace

HeldOutItems hold_out(ChoiceHistory& history, bool at_its_time) {
  HeldOutItems split;
  for (const Garment& garment : history.garments)
    split.items.try_emplace(garment.id, static_cast<uint32_t>(split.items.size()));
  split.choices.items = split.items.size();
  std::map<std::string, std::vector<Chosen>> by_shopper;
  for (size_t i = 0; i < history.events.size(); ++i) {
    const Event& event = history.events[i];
    if (!is_choice(event, split.items)) continue;
    by_shopper[event.shopper_id].push_back({split.items.at(event.garment_id), time_of(event, {}), i});
  }
  struct HeldChoice {
    std::string garment_id;
    TimePoint at;
    size_t order = 0;
  };
  std::unordered_map<std::string, HeldChoice> held_out;  // by shopper
  for (auto& [shopper, chosen] : by_shopper) {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const Chosen& a, const Chosen& b) { return a.at < b.at; });
    std::vector<TimedChoice> row;
    std::unordered_set<uint32_t> known;
    size_t last = 0;  // event of the latest new item
    for (const Chosen& one : chosen)
      if (known.insert(one.item).second) row.push_back({one.item, one.at}), last = one.order;
    if (row.size() > 1) {
      const std::string& garment = history.events[last].garment_id;
      split.held_out.push_back(
          {shopper, garment, static_cast<uint32_t>(split.choices.by_shopper.size()), row.back().at, last});
      held_out[shopper] = {garment, row.back().at, last};
      row.pop_back();
    }
    split.choices.by_shopper.push_back(std::move(row));
  }
  if (at_its_time) return split;
  // Nor what the shopper did afterwards: it is not known when they are asked. Of one moment, a basket say,
  // what was told before it stays, as it does in the matrix.
  size_t order = 0;
  std::erase_if(history.events, [&](const Event& event) {
    const size_t place = order++;
    const auto of = held_out.find(event.shopper_id);
    if (of == held_out.end()) return false;
    const TimePoint at = time_of(event, {});
    return event.garment_id == of->second.garment_id || at > of->second.at ||
           (at == of->second.at && place > of->second.order);
  });
  return split;
}

}  // namespace modiste
