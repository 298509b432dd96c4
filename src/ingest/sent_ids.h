// What senders write where they have no id: "undefined" of a page where nobody is signed in, the zeros that a
// phone gives to apps that may not track, the hash of an empty address. As ids they would make one person of
// everybody who has none, and one order of all without a number. Internal to ingestion.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Of a shopper, device or session; also by its hash. Blank text names nothing too.
[[nodiscard]] bool is_no_id(std::string_view id);
// Of an order.
[[nodiscard]] bool is_no_order(std::string_view id);

// The warning of one that was sent. where: JSON pointer.
[[nodiscard]] Error no_id(std::string_view id, std::string where);

// SHA-256 of an address as all formats spell it, in hex; empty: it is not an address.
[[nodiscard]] std::string hash_of_address(std::string_view address);

}  // namespace modiste
