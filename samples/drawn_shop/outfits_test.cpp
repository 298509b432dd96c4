#include "drawn_shop/outfits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "drawn_shop/shop.h"
#include "outfits/colour_harmony.h"
#include "outfits/outfit_rules.h"

namespace modiste::drawn_shop {
namespace {

const Shop& shop_of_outfits() {
  static const Shop kShop = draw_shop({.garments = 900, .seed = 11});
  return kShop;
}

const Garment& garment(const std::string& id) {
  static const auto kIndex = [] {
    std::map<std::string, const Garment*> index;
    for (const auto& g : shop_of_outfits().garments) index[g.garment.id] = &g.garment;
    return index;
  }();
  return *kIndex.at(id);
}

bool says(const Garment& g, const char* attribute, const std::string& word) {
  const auto found = g.supplier_attributes.find(attribute);
  return found != g.supplier_attributes.end() &&
         std::find(found->second.begin(), found->second.end(), word) != found->second.end();
}

// The rules are judged from what the merchant published, not from the generator's own notes.
TEST(CuratedOutfits, AreManyAndUnique) {
  EXPECT_GE(shop_of_outfits().outfits.size(), 450U);
  std::set<std::string> ids;
  for (const auto& outfit : shop_of_outfits().outfits) EXPECT_TRUE(ids.insert(outfit.outfit_id).second);
}

TEST(CuratedOutfits, FillATemplateOnce) {
  for (const auto& outfit : shop_of_outfits().outfits) {
    std::set<OutfitRole> roles;
    std::set<std::string> garments;
    for (const auto& piece : outfit.pieces) {
      EXPECT_TRUE(roles.insert(piece.role).second) << outfit.outfit_id;
      EXPECT_TRUE(garments.insert(piece.garment_id).second) << outfit.outfit_id;
    }
    EXPECT_TRUE(roles.contains(OutfitRole::kShoes)) << outfit.outfit_id;
    const bool dress = roles.contains(OutfitRole::kOnePiece),
               separates = roles.contains(OutfitRole::kTop) && roles.contains(OutfitRole::kBottom);
    EXPECT_NE(dress, separates) << outfit.outfit_id;
    EXPECT_FALSE(dress && (roles.contains(OutfitRole::kTop) || roles.contains(OutfitRole::kBottom)));
  }
}

TEST(CuratedOutfits, PiecesAreOfTheDepartmentSeasonAndOccasion) {
  for (const auto& outfit : shop_of_outfits().outfits)
    for (const auto& piece : outfit.pieces) {
      const Garment& g = garment(piece.garment_id);
      const std::string department = outfit.department == "women" ? "Women" : "Men";
      EXPECT_TRUE(g.department == department || g.department == "Unisex") << outfit.outfit_id << " " << g.id;
      EXPECT_TRUE(says(g, "season", outfit.season))
          << outfit.outfit_id << " " << g.title << " in " << outfit.season;
      EXPECT_TRUE(says(g, "occasion", outfit.occasion))
          << outfit.outfit_id << " " << g.title << " for " << outfit.occasion;
      const bool sold = std::any_of(g.variants.begin(), g.variants.end(),
                                    [&](const Variant& v) { return v.colour == piece.colour; });
      EXPECT_TRUE(sold) << g.id << " " << piece.colour;
    }
}

TEST(CuratedOutfits, ColoursGoTogetherAndOnePrintAtMost) {
  for (const auto& outfit : shop_of_outfits().outfits) {
    int patterned = 0;
    for (const auto& piece : outfit.pieces) patterned += !says(garment(piece.garment_id), "pattern", "plain");
    EXPECT_LE(patterned, 1) << outfit.outfit_id;
    for (size_t i = 0; i < outfit.pieces.size(); ++i)
      for (size_t j = 0; j < i; ++j) {
        // Gingham is woven of white and the dye; it is judged by its paler ground.
        if (says(garment(outfit.pieces[i].garment_id), "pattern", "gingham") ||
            says(garment(outfit.pieces[j].garment_id), "pattern", "gingham"))
          continue;
        const double harmony = outfits::colour_harmony(dye(outfit.pieces[i].colour).ink.lab,
                                                       dye(outfit.pieces[j].colour).ink.lab);
        EXPECT_GE(harmony, outfits::kHarmonyMin)
            << outfit.outfit_id << " " << outfit.pieces[i].colour << " " << outfit.pieces[j].colour;
      }
  }
}

TEST(CuratedOutfits, AreLinkedAsGoesWith) {
  size_t linked = 0;
  for (const auto& g : shop_of_outfits().garments) {
    for (const auto& other : g.garment.goes_with) {
      EXPECT_NE(other, g.garment.id);
      EXPECT_NO_THROW(static_cast<void>(garment(other)));
    }
    linked += !g.garment.goes_with.empty();
  }
  EXPECT_GT(linked, shop_of_outfits().garments.size() / 2);
}

}  // namespace
}  // namespace modiste::drawn_shop
