// An identifier of a shopper in the shop's own systems: a user id, a loyalty number, a device... Never in the
// event log (subject_store.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/json.h"

namespace modiste {

// In order of precedence for assigning an event to a person, except the last two: a session is closer to a
// person than the device it ran on.
enum class IdentifierKind : uint8_t { kUser, kLoyalty, kEmail, kExternal, kDevice, kSession };

template <>
struct EnumNames<IdentifierKind> {
  static constexpr std::array<std::string_view, 6> kNames{"user",     "loyalty", "email",
                                                          "external", "device",  "session"};
};
inline constexpr size_t kIdentifierKinds = EnumNames<IdentifierKind>::kNames.size();

struct Identifier {
  IdentifierKind kind = IdentifierKind::kUser;
  std::string id;

  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

}  // namespace modiste
