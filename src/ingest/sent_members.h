// Members of a sender's object, and their names and texts.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace modiste {

// The value at a path of members; null when there is none.
[[nodiscard]] const json::value* find_path(const json::object& object, std::string_view path);
[[nodiscard]] std::string_view text_at(const json::object& object, std::string_view path);

// "Product Viewed", "addToCart", "page-view" -> product_viewed, add_to_cart, page_view.
[[nodiscard]] std::string snake_case(std::string_view name);

// "%E9%9D%B4" -> "靴"; the text itself where that is not UTF-8.
[[nodiscard]] std::string percent_decoded(std::string_view text);

// At most so many bytes of a text, and whole characters.
[[nodiscard]] std::string_view echo(std::string_view text, size_t bytes_max);

// What MongoDB's extended JSON wraps: {"$date": ..}, {"$oid": ..}, {"$numberLong": "5"}; else the value
// itself.
[[nodiscard]] const json::value& unwrapped(const json::value& value);

// Null, blank, or what Google's exports write for nothing.
[[nodiscard]] bool is_absent(const json::value& value);

}  // namespace modiste
