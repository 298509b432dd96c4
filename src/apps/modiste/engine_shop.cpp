#include "apps/modiste/engine_shop.h"

#include <fmt/format.h>

#include <algorithm>

#include "embedding/lab.h"

namespace modiste {
namespace {

Result<http::Upserted> to_http(Result<Upserted>&& result) {
  if (!result.ok()) return std::move(result).error();
  return http::Upserted{{result->garment_id, static_cast<int>(result->items)}, result->created};
}

std::vector<http::FacetValue> most_first(std::vector<http::FacetValue> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  return values;
}

}  // namespace

Result<http::ProductPage> EngineShop::products(const http::ProductsQuery& query) {
  http::ProductPage page;
  const auto count = static_cast<size_t>(query.count);
  for (const auto& garment : engine_.catalog().view().page(query.after, count)) page.products.push_back(*garment);
  if (page.products.size() == count && !engine_.catalog().view().page(page.products.back().id, 1).empty())
    page.next = page.products.back().id;
  return page;
}

Result<Garment> EngineShop::product(std::string_view garment_id) {
  const auto garment = engine_.catalog().view().garment(garment_id);
  if (garment == nullptr) return Error{Code::kNotFound, fmt::format("no garment '{}'", garment_id), "", ""};
  return *garment;
}

Result<http::Upserted> EngineShop::upsert(Garment garment) {
  std::vector<Garment> one;
  one.push_back(std::move(garment));
  TRY_ASSIGN(auto results, engine_.catalog().upsert(std::move(one)));
  return to_http(std::move(results.front()));
}

Result<std::vector<Result<http::Upserted>>> EngineShop::upsert_batch(std::vector<Garment> garments) {
  TRY_ASSIGN(auto results, engine_.catalog().upsert(std::move(garments)));
  std::vector<Result<http::Upserted>> answers;
  for (auto& result : results) answers.push_back(to_http(std::move(result)));
  return answers;
}

Result<Done> EngineShop::remove_product(std::string_view garment_id) { return engine_.catalog().remove(garment_id); }

Result<Variant> EngineShop::patch_variant(std::string_view sku, const http::VariantPatch& patch) {
  return engine_.catalog().change_variant(sku, {patch.stock, patch.price, patch.list_price});
}

Result<http::ImageReport> EngineShop::add_image(const http::ImageUpload& upload) {
  TRY_ASSIGN(Garment garment, product(upload.garment_id));
  const auto colours = colours_of(garment);
  if (!upload.colour.empty() && std::find(colours.begin(), colours.end(), upload.colour) == colours.end())
    return Error{Code::kInvalid, fmt::format("'{}' has no colour '{}'", upload.garment_id, upload.colour),
                 "?colour", fmt::format("one of {}", fmt::join(colours, ", "))};
  TRY(decode_image(upload.image, 64));  // refuses what is no image before it is kept
  TRY_ASSIGN(const std::string name, keep_image_(upload.image));
  garment.images.push_back({name, upload.colour});
  TRY(upsert(std::move(garment)));
  return http::ImageReport{"/images/" + name};
}

Result<http::LetterPage> EngineShop::dead_letters(const LetterQuery& query) {
  http::LetterPage page;
  TRY_ASSIGN(page.letters, intake_.letters().letters(query));
  TRY_ASSIGN(const LetterCount count, intake_.letters().count_letters());
  page.held = count.held;
  page.dropped = count.dropped;
  if (static_cast<int>(page.letters.size()) == query.count) page.next = page.letters.back().id;
  return page;
}

// What was refused names her too, by any of her identifiers.
Result<Done> EngineShop::erase_shopper(const Identifier& shopper) {
  std::vector<std::string> names{shopper.id};
  if (const auto known = engine_.shoppers().identity(shopper); known.ok())
    for (const auto& identifier : known.value().identifiers) names.push_back(identifier.id);
  TRY_ASSIGN(const size_t letters, intake_.letters().erase_letters(names));
  auto erased = engine_.shoppers().erase(shopper);
  // She whose every event was refused is known from her letters alone.
  if (!erased.ok() && erased.error().code == Code::kNotFound && letters > 0) return kOk;
  return erased;
}

Result<Answer> EngineShop::search_photo(const http::PhotoSearch& request) {
  TRY_ASSIGN(const RgbImage photo, decode_image(request.image));
  return engine_.search().by_photo(photo, request.count, request.who);
}

Result<http::ShopInfo> EngineShop::shop() {
  const auto snapshot = engine_.catalog().view().snapshot();
  http::ShopInfo info;
  info.name = name_;
  info.garments = static_cast<int64_t>(engine_.catalog().view().garment_count());
  info.items = static_cast<int64_t>(snapshot->live_count());
  if (const auto* vectors = engine_.catalog().indexes().vectors())
    info.embedded = static_cast<int64_t>(vectors->size());
  for (Slot slot = 0; slot < snapshot->slot_count() && info.currency.empty(); ++slot)
    if (const auto& garment = snapshot->item(slot).garment) info.currency = garment->currency;
  return info;
}

Result<http::Facets> EngineShop::facets() {
  const auto snapshot = engine_.catalog().view().snapshot();
  const Vocabulary& words = engine_.catalog().view().vocabulary();
  std::map<TermId, int64_t> terms;
  std::map<BrandId, int64_t> brands;
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    const ItemFacts& facts = snapshot->facts(slot);
    if (!facts.live || !facts.in_stock) continue;
    for (const TermId term : facts.terms) ++terms[term];
    if (facts.brand != 0) ++brands[facts.brand];
  }
  http::Facets facets;
  for (const auto& [id, count] : terms) {
    const Term& term = words.term(id);
    http::FacetValue value{term.name, term.label, count, {}};
    if (term.lab) value.hex = to_hex(to_rgb(*term.lab));
    if (term.facet == Facet::kDepartment)
      facets.departments.push_back(std::move(value));
    else if (term.facet == Facet::kCategory)
      facets.categories.push_back(std::move(value));
    else if (term.facet == Facet::kColour)
      facets.colours.push_back(std::move(value));
  }
  for (const auto& [brand, count] : brands) {
    const std::string name = engine_.catalog().view().brand_name(brand);
    facets.brands.push_back({name, name, count, {}});
  }
  for (auto* values : {&facets.departments, &facets.categories, &facets.colours, &facets.brands})
    *values = most_first(std::move(*values));
  return facets;
}

}  // namespace modiste
