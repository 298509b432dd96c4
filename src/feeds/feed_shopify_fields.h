// What a product of Shopify says beside its own columns, in CSV and JSON alike: metafields, and the colour at
// the end of its title.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// A field of the shop's own: "custom.material".
struct Metafield {
  std::string_view name_space, key;
  std::string_view type;   // "single_line_text_field"; empty where it is not said
  std::string_view value;  // a text, or a JSON array of texts
};

// The namespace of Google's channel, whose fields are Google's attributes.
inline constexpr std::string_view kGoogleMetafields = "mm-google-shopping";

// Of a column of Matrixify, by its key: "metafield:_custom.material_[single_line_text_field]", with
// "variant_" before it where it says something of the variant. Nothing for other columns. value: the row's
// cell.
[[nodiscard]] std::optional<Metafield> metafield_of_column(std::string_view column, std::string_view prefix,
                                                           std::string_view value);

// Adds the values to the attributes by the field's key. Passed over are Google's, what is written for search
// engines, and values that nobody reads: references, addresses, JSON objects.
void add_metafield(std::map<std::string, std::vector<std::string>>& attributes, const Metafield& field);

// "Florence Dress - Olive Green" of a shop that sells each colour as a product: the colour of all variants,
// where none names one.
void take_colour_of_title(Garment& garment);

}  // namespace modiste
