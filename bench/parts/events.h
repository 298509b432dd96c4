// Made-up events as a storefront sends them: mostly views and impressions, some likes, few purchases.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/rng.h"

namespace modiste::bench {

struct MadeUpEvent {
  std::string_view id;  // unique
  size_t shopper = 0, visit = 0;
  std::optional<TimePoint> at;  // absent: when it is received
};

// The id of the number-th shopper. Half of the events say it, all say the shopper's device.
std::string shopper_id(size_t number);

// JSON of one event. Of `garments` garments few are chosen much: a hundredth of them by a fifth of the
// events.
std::string made_up_event(const MadeUpEvent& event, size_t garments, Rng& rng);

}  // namespace modiste::bench
