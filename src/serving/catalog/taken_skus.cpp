#include "serving/catalog/taken_skus.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace modiste {
namespace {

using Refusals = std::vector<std::optional<Error>>;

Error taken(const std::string& sku, std::string_view owner, size_t variant) {
  return Error{Code::kConflict, fmt::format("sku '{}' belongs to garment '{}'", sku, owner),
               fmt::format("/variants/{}/sku", variant), "a sku that is unique in the shop"};
}

// The ids of those that are not refused: what they are sold with now is replaced.
std::unordered_set<std::string_view> replaced_ids(std::span<const Garment> batch, const Refusals& refused) {
  std::unordered_set<std::string_view> ids;
  for (size_t i = 0; i < batch.size(); ++i)
    if (!refused[i]) ids.insert(batch[i].id);
  return ids;
}

// True when it refused one that was not refused before.
bool refuse_once(std::span<const Garment> batch, const Catalog& catalog, Refusals& refused) {
  const auto replaced = replaced_ids(batch, refused);
  std::unordered_map<std::string_view, std::string_view> claims;
  const auto claim = [&](const Garment& garment) -> std::optional<Error> {
    for (size_t i = 0; i < garment.variants.size(); ++i) {
      const std::string& sku = garment.variants[i].sku;
      const std::string_view claimed_by = claims.try_emplace(sku, garment.id).first->second;
      if (claimed_by != garment.id) return taken(sku, claimed_by, i);
      const std::string seller = catalog.other_seller_of(sku, garment.id);
      if (!seller.empty() && !replaced.contains(seller)) return taken(sku, seller, i);
    }
    return std::nullopt;
  };
  bool any = false;
  for (size_t i = 0; i < batch.size(); ++i)
    if (!refused[i]) any |= (refused[i] = claim(batch[i])).has_value();
  return any;
}

}  // namespace

std::vector<std::optional<Error>> refuse_taken_skus(std::span<const Garment> batch, const Catalog& catalog) {
  Refusals refused(batch.size());
  // What a refused garment is sold with is taken after all: once more, until nobody else is refused.
  while (refuse_once(batch, catalog, refused)) {
  }
  return refused;
}

}  // namespace modiste
