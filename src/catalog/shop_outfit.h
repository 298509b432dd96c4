// An outfit that the shop put together itself. It comes before what the composer finds.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace modiste {

struct ShopOutfitItem {
  std::string garment_id;
  std::string colour;  // empty: whichever is in stock
};

struct ShopOutfit {
  std::string id;
  std::string title;     // may be empty
  std::string occasion;  // vocabulary name; empty: any
  std::vector<ShopOutfitItem> items;
};

inline constexpr size_t kShopOutfitItemsMin = 2, kShopOutfitItemsMax = 8;

template <>
struct Contract<ShopOutfitItem> {
  static constexpr std::string_view kName = "ShopOutfitItem";
  static constexpr std::string_view kDoc = "A garment of an outfit that the shop put together.";
  static constexpr auto kFields = Fields{
      field("garment_id", &ShopOutfitItem::garment_id,
            {.doc = "Id of the garment", .required = true, .length_max = 200, .example = "MH01"}),
      field("colour", &ShopOutfitItem::colour, {.doc = "Absent: any colour in stock", .length_max = 100})};
};

template <>
struct Contract<ShopOutfit> {
  static constexpr std::string_view kName = "ShopOutfit";
  static constexpr std::string_view kDoc = "An outfit that the shop put together.";
  static constexpr auto kFields =
      Fields{field("id", &ShopOutfit::id, {.doc = "Unique in the shop", .required = true, .length_max = 200}),
             field("title", &ShopOutfit::title, {.doc = "As shown to shoppers", .length_max = 200}),
             field("occasion", &ShopOutfit::occasion,
                   {.doc = "Vocabulary occasion it is for; absent: any", .length_max = 60}),
             field("items", &ShopOutfit::items,
                   {.doc = "What is worn together, 2 to 8 garments",
                    .required = true,
                    .items_max = kShopOutfitItemsMax})};
};

}  // namespace modiste
