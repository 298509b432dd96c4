// What can be asked about a shop's catalog as a whole. These types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "serving/shop_state.h"

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

// By id, after `after`; at most count.
[[nodiscard]] GarmentPage make_page(const Catalog& catalog, std::string_view after, size_t count);
// Milliseconds for every 100,000 items.
[[nodiscard]] ShopInfo make_shop_info(const ShopState& shop, std::string name);
// What the items in stock can be filtered by, most frequent first. Milliseconds for every 10,000 items.
[[nodiscard]] Facets make_facets(const Catalog& catalog);

template <>
struct Contract<GarmentPage> {
  static constexpr std::string_view kName = "GarmentPage";
  static constexpr std::string_view kDoc = "Garments in the order of their ids.";
  static constexpr auto kFields = std::tuple{
      field("garments", &GarmentPage::garments, {.doc = "By id", .required = true}),
      field("next", &GarmentPage::next, {.doc = "Send it as `after` for the next page; absent on the last"})};
};

template <>
struct Contract<ShopInfo> {
  static constexpr std::string_view kName = "ShopInfo";
  static constexpr std::string_view kDoc = "The shop at a glance.";
  static constexpr auto kFields =
      std::tuple{field("name", &ShopInfo::name, {.doc = "To show", .required = true}),
                 field("garments", &ShopInfo::garments, {.doc = "How many", .required = true}),
                 field("items", &ShopInfo::items, {.doc = "Garments in a colour", .required = true}),
                 field("embedded", &ShopInfo::embedded,
                       {.doc = "Items whose photo and text are understood", .required = true}),
                 field("currency", &ShopInfo::currency, {.doc = "ISO 4217", .required = true})};
};

template <>
struct Contract<FacetValue> {
  static constexpr std::string_view kName = "FacetValue";
  static constexpr std::string_view kDoc = "Something that can be filtered by.";
  static constexpr auto kFields =
      std::tuple{field("value", &FacetValue::value, {.doc = "To send", .required = true}),
                 field("label", &FacetValue::label, {.doc = "To show", .required = true}),
                 field("count", &FacetValue::count, {.doc = "Items that have it", .required = true}),
                 field("hex", &FacetValue::hex, {.doc = "Of a colour, #rrggbb"})};
};

template <>
struct Contract<Facets> {
  static constexpr std::string_view kName = "Facets";
  static constexpr std::string_view kDoc = "What the shop's items can be filtered by.";
  static constexpr auto kFields =
      std::tuple{field("departments", &Facets::departments, {.doc = "Most first", .required = true}),
                 field("categories", &Facets::categories, {.doc = "Most first", .required = true}),
                 field("colours", &Facets::colours, {.doc = "Most first", .required = true}),
                 field("brands", &Facets::brands, {.doc = "Most first", .required = true})};
};

}  // namespace modiste
