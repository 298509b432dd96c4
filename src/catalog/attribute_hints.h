// What a supplier's attribute is about, judged by its name, and which words carry no meaning by themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

struct AttributeHint {
  bool ignored = false;       // an identifier or a size, not a description
  bool prose = false;         // sentences: read like the description
  std::vector<Facet> facets;  // likeliest first; empty: any facet, by whole words only
};

// "style_general", "Neckline", "product.metafields.fabric" -> what its values are words of.
[[nodiscard]] AttributeHint hint_of(std::string_view attribute_name);

// "Yes", "0", "N/A", "100": switches and numbers.
[[nodiscard]] bool is_switch_or_number(std::string_view value);

// Words that mean a term as an attribute's whole value, but something else too often inside a sentence or a
// name: "down" (button-down), "day" (all day), "set", "round".
[[nodiscard]] bool is_ambiguous_in_prose(Facet facet, std::string_view word);

}  // namespace modiste
