// The quiz: at most six questions, and what may be vetoed. Options are limited to what the shop sells.
#pragma once

#include <functional>
#include <string>

#include "catalog/catalog.h"
#include "serving/api/requests.h"

namespace modiste {

// Returns the address of a photo of an item; may be empty.
using PhotoOf = std::function<std::string(const Item&)>;

[[nodiscard]] Quiz make_quiz(const Catalog& catalog, const PhotoOf& photo_of, std::string_view currency);

// A size as a shopper writes it and understand_quiz() reads it: "M", "EU 38", "W32 L34", "shoe EU 42".
[[nodiscard]] std::string size_word(const Size& size);

}  // namespace modiste
