// Port: a rule about what may be shown, applied to every recommendation.
#pragma once

#include <string_view>

#include "features/request_facts.h"
#include "retrieval/slot_table.h"

namespace modiste {

// Borrowed for the call.
struct RuleInput {
  const RequestFacts& request;
  bool deck = false;  // cards to swipe: each item once
};

// What must not be shown: items, and garments in every colour (ItemFacts::garment).
struct Exclusions {
  SlotTable items, garments;

  [[nodiscard]] bool empty() const { return items.empty() && garments.empty(); }
  [[nodiscard]] bool contain(Slot item, uint32_t garment) const {
    return items.contains(item) || garments.contains(garment);
  }
};

// Threads: all methods from any thread.
class Rule {
 public:
  virtual ~Rule() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Adds what must not be shown. Called once per request, before retrieval.
  virtual void exclude(const RuleInput& /*input*/, Exclusions& /*excluded*/) const {}
  // True: what it excludes comes back when nothing else is left to show.
  [[nodiscard]] virtual bool gives_way(const RuleInput& /*input*/) const { return false; }
  // A factor for the item's score, in [0, 1]. Called once per item, after ranking.
  [[nodiscard]] virtual float factor(const RuleInput& /*input*/, Slot /*item*/) const { return 1; }
};

}  // namespace modiste
