#include "catalog/named_item.h"

namespace modiste {

std::optional<NamedItem> find_named(const Catalog& catalog, std::string_view id) {
  if (std::string garment_id = catalog.garment_id_of(id); !garment_id.empty())
    return NamedItem{std::move(garment_id), ""};
  const auto variant = catalog.variant_of(id);
  if (!variant) return std::nullopt;
  return NamedItem{variant->garment->id, variant->variant().colour};
}

std::optional<NamedItem> find_named(const Catalog& catalog, std::string_view id, std::string_view colour) {
  auto named = find_named(catalog, id);
  if (named && !colour.empty()) named->colour = colour;
  return named;
}

}  // namespace modiste
