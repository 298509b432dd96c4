// The outcome of a closed session (style.h defines the conditions).
#pragma once

#include <array>
#include <string_view>

#include "base/json.h"

namespace modiste {

enum class SessionOutcome : uint8_t { kBegan, kJoined, kReturned, kTentative, kConfirmed };

template <>
struct EnumNames<SessionOutcome> {
  static constexpr std::array<std::string_view, 5> kNames{"began", "joined", "returned", "tentative",
                                                          "confirmed"};
};

}  // namespace modiste
