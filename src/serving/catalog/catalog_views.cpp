#include "serving/catalog/catalog_views.h"

#include <algorithm>
#include <map>

#include "embedding/lab.h"

namespace modiste {
namespace {

std::vector<FacetValue> most_first(std::vector<FacetValue> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  return values;
}

}  // namespace

GarmentPage make_page(const Catalog& catalog, std::string_view after, size_t count) {
  GarmentPage page;
  for (const auto& garment : catalog.page(after, count)) page.garments.push_back(*garment);
  if (page.garments.size() == count && count > 0 && !catalog.page(page.garments.back().id, 1).empty())
    page.next = page.garments.back().id;
  return page;
}

ShopInfo make_shop_info(const ShopState& shop, std::string name, std::string_view currency) {
  const auto snapshot = shop.catalog.snapshot();
  ShopInfo info;
  info.name = std::move(name);
  info.garments = static_cast<int64_t>(shop.catalog.garment_count());
  info.items = static_cast<int64_t>(snapshot->live_count());
  if (const auto* vectors = shop.indexes.vectors()) info.embedded = static_cast<int64_t>(vectors->size());
  info.currency = currency_of(*snapshot, currency);
  return info;
}

std::string currency_of(const CatalogSnapshot& catalog, std::string_view configured) {
  size_t left = kCurrencyLooks;  // each search asks
  for (Slot slot = 0; slot < catalog.slot_count() && left > 0; ++slot) {
    const Item& item = catalog.item(slot);
    if (!item.facts.live) continue;
    if (const auto named = item.garment.currency(); !named.empty()) return std::string(named);
    --left;
  }
  return std::string(configured);
}

Facets make_facets(const Catalog& catalog) {
  const auto snapshot = catalog.snapshot();
  const Vocabulary& words = catalog.vocabulary();
  const SlotColumns& columns = snapshot->columns();
  Facets facets;
  for (const Term& term : words.terms()) {
    const auto count = static_cast<int64_t>(columns.in_stock(columns.has(term.id)));
    if (count == 0) continue;
    FacetValue value{term.name, term.label, count, {}};
    if (term.lab) value.hex = to_hex(to_rgb(*term.lab));
    if (term.facet == Facet::kDepartment)
      facets.departments.push_back(std::move(value));
    else if (term.facet == Facet::kCategory)
      facets.categories.push_back(std::move(value));
    else if (term.facet == Facet::kColour)
      facets.colours.push_back(std::move(value));
  }
  for (BrandId brand = 1; brand < columns.brands(); ++brand) {
    const auto count = static_cast<int64_t>(columns.in_stock_of_brand(brand));
    if (count == 0) continue;
    const std::string name = catalog.brand_name(brand);
    facets.brands.push_back({name, name, count, {}});
  }
  for (auto* values : {&facets.departments, &facets.categories, &facets.colours, &facets.brands})
    *values = most_first(std::move(*values));
  return facets;
}

}  // namespace modiste
