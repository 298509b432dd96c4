// Which members an event of each type must have and may have. One table: validate() enforces it, the JSON
// Schema of the taxonomy says it.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "events/event.h"

namespace modiste {

// A set of types: one bit each.
using EventTypes = uint32_t;

[[nodiscard]] constexpr EventTypes types(std::initializer_list<EventType> list) {
  EventTypes set = 0;
  for (const auto type : list) set |= EventTypes{1} << static_cast<unsigned>(type);
  return set;
}
[[nodiscard]] constexpr bool contains(EventTypes set, EventType type) {
  return (set >> static_cast<unsigned>(type) & 1) != 0;
}
inline constexpr EventTypes kEveryType = ~EventTypes{0};

struct MemberRule {
  std::string_view member;
  bool (*present)(const Event&);
  EventTypes needed_by = 0;
  EventTypes allowed_on = kEveryType;  // elsewhere it is a sender's mistake: said, not dropped
  std::string_view expected = {};      // what would be right where it is missing
};

// Members without a rule may be on every type and are needed by none. In the order they are judged.
[[nodiscard]] std::span<const MemberRule> member_rules();

}  // namespace modiste
