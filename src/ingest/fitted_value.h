// A sender's value as our member's type asks for, where that is certain.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/json_schema.h"

namespace modiste {

// Of Event and what it holds.
[[nodiscard]] const SchemaBook& event_schemas();

[[nodiscard]] bool is_money(std::string_view member);

// Numbers as text become texts, text numbers, seconds, milliseconds or microseconds since 1970 times, other
// words our reasons of a return, "€" a currency, "9/10" and "★★★★☆" ratings. What cannot be read so is
// answered as it came.
[[nodiscard]] json::value fitted_value(const FieldSchema& field, const json::value& value);

// Whether a value is of the type that the schema asks for; what it says is judged later.
[[nodiscard]] bool is_of_type(const Schema& schema, const json::value& value);

}  // namespace modiste
