// A small shop for women that outfits are composed from. For tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "small_shop.h"
#include "womens_kinds.h"

namespace modiste {

class Outfits : public testing::Test {
 protected:
  Outfits() : shop(stores.open()) {
    std::vector<Garment> garments;
    const auto add = [&](const Kind& kind) {
      size_t number = 0;
      for (const std::string_view colour : {"Black", "White", "Navy", "Red"})
        garments.push_back(garment_of(kind, number++, colour));
    };
    for (const Kind& kind : kWomensKinds) add(kind);
    add({"LUG", "Suitcase", "Luggage/Suitcases", 150});
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
