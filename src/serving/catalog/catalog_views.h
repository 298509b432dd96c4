// Views of a shop's catalog as a whole. These types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct GarmentPage {
  std::vector<Garment> garments;
  std::optional<std::string> next;  // send it as `after`; absent on the last page
};

struct ShopInfo {
  std::string name;
  int64_t garments = 0;
  int64_t items = 0;     // garments in a colour
  int64_t embedded = 0;  // items that have a vector
  std::string currency;
};

struct FacetValue {
  std::string value;
  std::string label;
  int64_t count = 0;
  std::optional<std::string> hex;
};

struct Facets {
  std::vector<FacetValue> departments, categories, colours, brands;
};

// The garments after the id `after`, by id, at most count.
[[nodiscard]] GarmentPage make_page(const Catalog& catalog, std::string_view after, size_t count);
// Reads counts that the catalog keeps: the work does not grow with it.
[[nodiscard]] ShopInfo make_shop_info(const ShopState& shop, std::string name, std::string_view currency);
// The shop's currency: of its first garment that is sold and names one, else the configured one, which is
// meant for garments that name none. Where the first kCurrencyLooks name none, none does.
inline constexpr size_t kCurrencyLooks = 1'000;
[[nodiscard]] std::string currency_of(const CatalogSnapshot& catalog, std::string_view configured);
// The values by which items in stock can be filtered, most frequent first. Reads
// counts that the columns keep: one look-up a term and brand.
[[nodiscard]] Facets make_facets(const Catalog& catalog);

template <>
struct Contract<GarmentPage> {
  static constexpr std::string_view kName = "GarmentPage";
  static constexpr std::string_view kDoc = "A page of garments, ordered by id.";
  static constexpr auto kFields =
      Fields{field("garments", &GarmentPage::garments, {.doc = "Ordered by id", .required = true}),
             field("next", &GarmentPage::next,
                   {.doc = "Send it as `after` to get the next page; absent on the last page"})};
};

template <>
struct Contract<ShopInfo> {
  static constexpr std::string_view kName = "ShopInfo";
  static constexpr std::string_view kDoc = "Key figures of the shop.";
  static constexpr auto kFields =
      Fields{field("name", &ShopInfo::name, {.doc = "Name to display", .required = true}),
             field("garments", &ShopInfo::garments, {.doc = "Number of garments", .required = true}),
             field("items", &ShopInfo::items,
                   {.doc = "Number of items; an item is a garment in one colour", .required = true}),
             field("embedded", &ShopInfo::embedded,
                   {.doc = "Items that have an embedding of their photo and text", .required = true}),
             field("currency", &ShopInfo::currency, {.doc = "ISO 4217", .required = true})};
};

template <>
struct Contract<FacetValue> {
  static constexpr std::string_view kName = "FacetValue";
  static constexpr std::string_view kDoc = "A value that items can be filtered by.";
  static constexpr auto kFields =
      Fields{field("value", &FacetValue::value, {.doc = "Value to send in a filter", .required = true}),
             field("label", &FacetValue::label, {.doc = "Text to display", .required = true}),
             field("count", &FacetValue::count, {.doc = "Number of items with this value", .required = true}),
             field("hex", &FacetValue::hex, {.doc = "Colours only: #rrggbb"})};
};

template <>
struct Contract<Facets> {
  static constexpr std::string_view kName = "Facets";
  static constexpr std::string_view kDoc = "The values that the shop's items can be filtered by.";
  static constexpr auto kFields =
      Fields{field("departments", &Facets::departments, {.doc = "Most frequent first", .required = true}),
             field("categories", &Facets::categories, {.doc = "Most frequent first", .required = true}),
             field("colours", &Facets::colours, {.doc = "Most frequent first", .required = true}),
             field("brands", &Facets::brands, {.doc = "Most frequent first", .required = true})};
};

}  // namespace modiste
