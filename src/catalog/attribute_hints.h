// What a supplier's attribute describes, judged by its name, and which words mean nothing by themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

struct AttributeHint {
  bool ignored = false;       // an identifier or a size, not a description
  bool prose = false;         // sentences; read in the same way as the description
  std::vector<Facet> facets;  // most probable first; empty: any facet, by whole words only
};

// The facets of an attribute's values, from a name such as "style_general", "Neckline",
// "product.metafields.fabric".
[[nodiscard]] AttributeHint hint_of(std::string_view attribute_name);

// "Yes", "0", "N/A", "100": switches and numbers.
[[nodiscard]] bool is_switch_or_number(std::string_view value);

// Words that mean a term when they are an attribute's whole value, but often something else within a sentence
// or a name: "down" (button-down), "day" (all day), "set", "round".
[[nodiscard]] bool is_ambiguous_in_prose(Facet facet, std::string_view word);

}  // namespace modiste
