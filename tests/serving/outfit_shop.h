// A small shop for women that outfits are composed from. For tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "small_shop.h"

namespace modiste {

struct Kind {
  std::string_view id, title, category;
  double price = 0;
};

// Each in four colours of its own garment, all for women, in size M.
inline constexpr std::array kKinds{Kind{"TEE", "T-shirt", "Women/Tops/T-shirts", 20},
                                   Kind{"BLO", "Blouse", "Women/Tops/Blouses", 45},
                                   Kind{"JEA", "Jeans", "Women/Bottoms/Jeans", 60},
                                   Kind{"TRO", "Suit trousers", "Women/Bottoms/Dress Pants", 80},
                                   Kind{"DRE", "Midi dress", "Women/Dresses", 90},
                                   Kind{"COA", "Wool coat", "Women/Outerwear/Coats", 180},
                                   Kind{"SNE", "Sneakers", "Women/Shoes/Sneakers", 70},
                                   Kind{"LOA", "Loafers", "Women/Shoes/Loafers", 95},
                                   Kind{"BAG", "Handbag", "Women/Bags/Handbags", 110},
                                   Kind{"LUG", "Suitcase", "Luggage/Suitcases", 150}};

inline Garment garment_of(const Kind& kind, size_t number, std::string_view colour) {
  Garment garment;
  garment.id = fmt::format("{}{}", kind.id, number);
  garment.title = fmt::format("{} {}", colour, kind.title);
  garment.brand = "Maison";
  garment.category = std::string(kind.category);
  garment.department = "Women";
  garment.currency = "EUR";
  garment.supplier_attributes["pattern"] = {"Solid"};
  garment.variants.push_back({garment.id + "-M", "M", std::string(colour), kind.price, {}, {}, 3});
  return garment;
}

class Outfits : public testing::Test {
 protected:
  Outfits() : shop(stores.open()) {
    std::vector<Garment> garments;
    for (const Kind& kind : kKinds) {
      size_t number = 0;
      for (const std::string_view colour : {"Black", "White", "Navy", "Red"})
        garments.push_back(garment_of(kind, number++, colour));
    }
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  }

  [[nodiscard]] OutfitAnswer compose(const OutfitRequest& request) {
    auto answer = shop->outfits().compose(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return answer.ok() ? std::move(*answer) : OutfitAnswer{};
  }
  [[nodiscard]] Error refusal_of(const OutfitRequest& request) {
    auto answer = shop->outfits().compose(request);
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? Error{} : answer.error();
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop;
};

inline std::set<OutfitRole> roles_of(const ComposedOutfit& outfit) {
  std::set<OutfitRole> roles;
  for (const auto& piece : outfit.pieces) EXPECT_TRUE(roles.insert(piece.role).second) << "a role twice";
  return roles;
}

inline std::set<std::string> chosen_of(const ComposedOutfit& outfit) {
  std::set<std::string> ids;
  for (const auto& piece : outfit.pieces)
    if (!piece.anchor) ids.insert(piece.item.garment_id);
  return ids;
}

inline bool has_kind(const ComposedOutfit& outfit, std::string_view kind) {
  return std::any_of(outfit.pieces.begin(), outfit.pieces.end(),
                     [&](const auto& piece) { return piece.item.garment_id.starts_with(kind); });
}

}  // namespace modiste
