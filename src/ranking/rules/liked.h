// The name of the rule that lets rest what the shopper likes.
#pragma once

#include <string_view>

namespace modiste {

// It is about feeds: outfits and looks may have what is liked.
inline constexpr std::string_view kLikedRule = "liked";

}  // namespace modiste
