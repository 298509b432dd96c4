// Which members an event of each type must have and may have, by the rows of kEventTypes: validate() enforces
// it, the JSON Schema of the taxonomy says it.
#pragma once

#include <span>
#include <string_view>

#include "events/event.h"

namespace modiste {

using EventTypes = EnumSet<EventType>;

struct MemberRule {
  std::string_view member;
  bool (*present)(const Event&) = nullptr;
  EventTypes needed_by = {};
  EventTypes allowed_on = {};      // elsewhere it is a sender's mistake: validate() refuses it
  std::string_view expected = {};  // what would be right where it is missing
};

// Members without a rule may be on every type and are needed by none. In the order they are checked.
[[nodiscard]] std::span<const MemberRule> member_rules();

// What is wrong with a member that events of this type may not have; where: /MEMBER.
[[nodiscard]] Error misplaced(const MemberRule& rule, EventType type);

}  // namespace modiste
