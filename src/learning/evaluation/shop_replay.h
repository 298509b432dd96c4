// Brings a history into the shop that evaluate_next_item() asks: whole, or as it happened.
#pragma once

#include <utility>
#include <vector>

#include "learning/evaluation/evaluate_next_item.h"
#include "learning/evaluation/held_out_items.h"

namespace modiste {

Result<Done> import_garments(Shop& shop, std::vector<Garment> garments, const NextItemProgress& progress);
Result<Done> import_events(Shop& shop, std::vector<Event> events, const NextItemProgress& progress);

// Brings the events of a history as they happened. Borrows the shop.
class ShopReplay {
 public:
  ShopReplay(const AskedShop& asked, std::vector<Event> events);

  // All that happened before this item was chosen; the shop's clock then shows that time. Called in the order
  // of the items.
  Result<Done> until(const HeldOutItem& one);

 private:
  const AskedShop& asked_;
  std::vector<Event> events_;
  std::vector<std::pair<TimePoint, size_t>> places_;  // of the events, in the order of time
  size_t next_ = 0;
};

}  // namespace modiste
