// States of orders, and reasons of returns, that say that nothing was sold or sent: a cancelled order is not
// a return, and an order that was never paid teaches nothing.
#pragma once

#include <string_view>

namespace modiste {

// "cancelled", "CANCELED", "Storniert", "annulé par le client", "キャンセル".
[[nodiscard]] bool says_cancelled(std::string_view written);
// The same, and "failed", "voided", "declined", "unpaid", "draft", ...
[[nodiscard]] bool says_failed(std::string_view written);

}  // namespace modiste
