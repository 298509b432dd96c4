// The events that simulated shoppers send to a shop, and that it must accept.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "serving/shop.h"

namespace modiste {

// Borrows the shop. Threads: one.
class SentEvents {
 public:
  explicit SentEvents(Shop& shop) : shop_(shop) {}

  [[nodiscard]] Event event_of(const std::string& shopper_id, EventType type) {
    Event event;
    event.event_id = fmt::format("e{}", made_++);
    event.shopper_id = shopper_id;
    event.type = type;
    return event;
  }
  // About an item of the shop.
  [[nodiscard]] Event about(const std::string& shopper_id, EventType type, Slot slot) {
    Event event = event_of(shopper_id, type);
    const auto snapshot = shop_.catalog().view().snapshot();
    event.garment_id = snapshot->item(slot).garment.id();
    event.colour = snapshot->item(slot).colour;
    return event;
  }
  // The first refusal as an error.
  Result<Done> send(std::vector<Event> events) {
    TRY_ASSIGN(const auto fates, shop_.events().ingest(std::move(events)));
    for (const auto& fate : fates)
      if (!fate.ok()) return fate.error();
    return kOk;
  }
  Result<Done> send(Event event) {
    std::vector<Event> one;
    one.push_back(std::move(event));
    return send(std::move(one));
  }

  [[nodiscard]] uint64_t count() const { return made_; }  // events made until now

 private:
  Shop& shop_;
  uint64_t made_ = 0;
};

}  // namespace modiste
