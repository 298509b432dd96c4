#include "serving/request/eligible_items.h"

#include <utility>

#include "catalog/filter_query.h"

namespace modiste {
namespace {

void exclude(const Exclusions& exclusions, const GarmentSlots& garments, SlotBits& items) {
  exclusions.items.for_each([&](Slot item) { items.reset(item); });
  exclusions.garments.for_each(
      [&](uint32_t garment) { garments.for_each(garment, [&](Slot item) { items.reset(item); }); });
}

SlotBits find_eligible(const RequestState& request, std::optional<OutfitRole> role,
                       const std::function<void(SlotQuery&)>& also) {
  const CatalogSnapshot& catalog = *request.catalog;
  SlotQuery query = query_of(request.filter, request.veto, catalog.columns(), *request.vocabulary);
  if (role) query.any_of.push_back({catalog.columns().of_role(*role)});
  if (const auto situation = situation_of(request))
    require_misfit(request.misfit_max, *situation, catalog.columns(), *request.vocabulary, query);
  if (also) also(query);
  SlotBits items = catalog.find(query);
  for (const uint32_t garment : request.filter.excluded_garments)
    catalog.garments().for_each(garment, [&](Slot item) { items.reset(item); });
  exclude(request.excluded, catalog.garments(), items);
  for (const auto& [rule, exclusions] : request.reluctant) exclude(exclusions, catalog.garments(), items);
  return items;
}

}  // namespace

SlotBits eligible_items(const RequestState& request, const std::function<void(SlotQuery&)>& also) {
  return find_eligible(request, request.role, also);
}

SlotBits eligible_of_any_role(const RequestState& request) { return find_eligible(request, {}, {}); }

SlotBits of_role(OutfitRole role, const CatalogSnapshot& catalog, SlotBits of_any_role) {
  catalog.columns().keep(catalog.columns().of_role(role), of_any_role);
  return of_any_role;
}

}  // namespace modiste
