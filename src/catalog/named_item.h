// What an id in a request or an event names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace modiste {

struct NamedItem {
  std::string garment_id;
  std::string colour;  // of the variant; empty where the id is a garment's
};

// A garment's id, or else one of a variant, in any spelling that the catalog knows (catalog/product_ids.h).
// nullopt: neither was ever sold.
[[nodiscard]] std::optional<NamedItem> find_named(const Catalog& catalog, std::string_view id);

// The same with the colour that a caller asks for; empty: the variant's, if it is one.
[[nodiscard]] std::optional<NamedItem> find_named(const Catalog& catalog, std::string_view id,
                                                  std::string_view colour);

}  // namespace modiste
