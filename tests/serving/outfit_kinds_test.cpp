// Which kinds of garment an outfit has: suits, sets, dungarees, sports bras, and what is too casual or too
// thin.
#include "outfit_shop.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

// Suits, co-ords and tracksuits are sold as one garment.
TEST_F(Outfits, ASuitIsCompletedWithShirtAndShoes) {
  ASSERT_TRUE(shop->catalog()
                  .upsert({garment_of({"SUI", "Suit", "Women/Suits", 300}, 0, "Navy"),
                           garment_of({"WAI", "Waistcoat", "Women/Suits/Waistcoats", 60}, 0, "Navy")})
                  .ok());
  OutfitRequest request;
  request.anchors = {{"SUI0", "", false}};
  const auto with_suit = compose(request);
  ASSERT_FALSE(with_suit.outfits.empty());
  for (const auto& outfit : with_suit.outfits) {
    EXPECT_EQ(outfit.pieces.at(0).role, OutfitRole::kSuit);
    EXPECT_TRUE(has_kind(outfit, "TEE") || has_kind(outfit, "BLO"));
    EXPECT_TRUE(has_kind(outfit, "LOA")) << "sneakers are far too casual";
    for (const char* kind : {"JEA", "TRO", "DRE"}) EXPECT_FALSE(has_kind(outfit, kind));
  }
  request.anchors.push_back({"WAI0", "", false});
  EXPECT_FALSE(compose(request).outfits.empty()) << "a three-piece suit";
  request.anchors.back().garment_id = "TRO0";
  EXPECT_EQ(refusal_of(request).where, "/anchors/1") << "it has trousers";
}

TEST_F(Outfits, ASuitIsWornWherePeopleDress) {
  std::vector<Garment> suits, others;
  for (size_t i = 0; i < 4; ++i) {
    const std::string_view colour = std::array{"Navy", "Black", "Grey", "Brown"}.at(i);
    suits.push_back(garment_of({"SUI", "Suit", "Women/Suits", 300}, i, colour));
    others.push_back(garment_of({"BLA", "Blazer", "Women/Outerwear/Blazers", 120}, i, colour));
    others.push_back(garment_of({"SHI", "Dress shirt", "Women/Tops/Dress Shirts", 70}, i, colour));
    others.push_back(garment_of({"OXF", "Oxford shoes", "Women/Shoes/Oxfords", 150}, i, colour));
  }
  ASSERT_TRUE(shop->catalog().upsert(suits).ok());
  ASSERT_TRUE(shop->catalog().upsert(std::move(others)).ok());
  for (const auto& suit : suits) send(*shop, make_event(EventType::kLike, "ada", suit.id));
  OutfitRequest request;
  request.shopper_id = "ada";
  request.count = 4;
  for (const Occasion occasion : {Occasion::kFormal, Occasion::kWedding, Occasion::kCasual}) {
    request.context.emplace().occasion = occasion;
    bool suited = false;
    for (const auto& outfit : compose(request).outfits) {
      if (!has_kind(outfit, "SUI")) continue;
      suited = true;
      EXPECT_TRUE(roles_of(outfit).contains(OutfitRole::kTop));
      EXPECT_FALSE(has_kind(outfit, "BLA")) << "it has its jacket";
    }
    EXPECT_EQ(suited, occasion != Occasion::kCasual) << name_of(occasion);
  }
}

TEST_F(Outfits, ASetIsTopAndBottomInOne) {
  ASSERT_TRUE(shop->catalog()
                  .upsert({garment_of({"TRK", "Tracksuit", "Women/Activewear/Tracksuits", 90}, 0, "Navy"),
                           garment_of({"COO", "Linen co-ord set", "Women/Co-ords", 90}, 0, "Navy")})
                  .ok());
  for (const std::string set : {"TRK0", "COO0"}) {
    OutfitRequest request;
    request.anchors = {{set, "", false}};
    const auto answer = compose(request);
    ASSERT_FALSE(answer.outfits.empty());
    for (const auto& outfit : answer.outfits) {
      EXPECT_EQ(outfit.pieces.at(0).role, OutfitRole::kOnePiece);
      for (const char* kind : {"TEE", "BLO", "JEA", "TRO", "DRE"}) EXPECT_FALSE(has_kind(outfit, kind));
    }
  }
}

TEST_F(Outfits, DungareesAreWornOverATop) {
  ASSERT_TRUE(
      shop->catalog().upsert({garment_of({"DUN", "Dungarees", "Women/Dungarees", 70}, 0, "Blue")}).ok());
  OutfitRequest request;
  request.anchors = {{"DUN0", "", false}};
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits) EXPECT_TRUE(roles_of(outfit).contains(OutfitRole::kTop));
}

TEST_F(Outfits, ASportsBraIsForSport) {
  std::vector<Garment> bras;
  for (size_t i = 0; i < 4; ++i)
    bras.push_back(garment_of({"BRA", "Sports bra", "Women/Activewear/Sports Bras", 5}, i, "Black"));
  ASSERT_TRUE(shop->catalog().upsert(std::move(bras)).ok());
  for (size_t i = 1; i < 4; ++i) send(*shop, make_event(EventType::kLike, "ada", fmt::format("BRA{}", i)));
  OutfitRequest request;
  request.shopper_id = "ada";
  for (const auto& outfit : compose(request).outfits) EXPECT_FALSE(has_kind(outfit, "BRA"));
  request.context.emplace().occasion = Occasion::kSport;
  EXPECT_TRUE(has_kind(compose(request).outfits.at(0), "BRA"));
  request.context.reset();
  request.anchors = {{"BRA0", "", false}};
  EXPECT_FALSE(compose(request).outfits.empty()) << "as an anchor it is a top";
}

TEST_F(Outfits, TheColourDoesNotDressATShirtUp) {
  const Catalog& catalog = shop->catalog().view();
  const auto dressiness = [&](std::string_view id) {
    return dressiness_of(catalog.snapshot()->facts(catalog.slot(id, "")), Vocabulary::standard()).value();
  };
  EXPECT_NEAR(dressiness("TEE2"), 0.2, 0.01) << "navy, which the vocabulary calls dressy";
  EXPECT_NEAR(dressiness("TEE0"), dressiness("TEE3"), 0.01);
  EXPECT_GT(dressiness("TRO0"), dressiness("JEA0") + 0.3);
}

TEST_F(Outfits, ACoatThatDoesNotKeepWarmHardlySuitsTheCold) {
  const Kind jacket{"DEN", "Denim jacket", "Women/Outerwear/Denim Jackets", 90};
  Garment denim = garment_of(jacket, 0, "Blue");
  denim.supplier_attributes["season"] = {"spring", "autumn"};
  denim.supplier_attributes["occasion"] = {"travel"};
  ASSERT_TRUE(shop->catalog().upsert({denim}).ok());
  Context winter;
  winter.seasons = {0, 0, 0, 1};
  winter.warmth = 0.9;
  winter.occasions_known = Provenance::kExplicit;
  winter.occasions[static_cast<size_t>(Occasion::kTravel)] = 1;
  winter.warmth_known = Provenance::kExplicit;
  const auto suits = [&](std::string_view id) {
    const Catalog& catalog = shop->catalog().view();
    return context_fit(catalog.snapshot()->facts(catalog.slot(id, "")), winter, Vocabulary::standard());
  };
  EXPECT_LE(suits("DEN0"), 0.1);
  EXPECT_GT(suits("COA0"), 0.8);
}

TEST_F(Outfits, WhatIsFarTooCasualIsWornOnlyWhereTheShopHasNothingElse) {
  OutfitRequest request;
  request.context.emplace();
  request.context->occasion = Occasion::kFormal;
  request.context->season = Season::kWinter;
  // Whoever wears nothing but jeans and T-shirts is not given them for a formal evening either.
  for (size_t i = 0; i < 4; ++i)
    for (const std::string_view kind : {"JEA", "TEE", "SNE"})
      send(*shop, make_event(EventType::kLike, "ada", fmt::format("{}{}", kind, i)));
  request.shopper_id = "ada";
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits)
    for (const std::string_view kind : {"JEA", "TEE", "SNE"}) EXPECT_FALSE(has_kind(outfit, kind)) << kind;
  for (size_t i = 0; i < 4; ++i)
    for (const std::string_view kind : {"TRO", "DRE"})
      ASSERT_TRUE(shop->catalog().remove(fmt::format("{}{}", kind, i)).ok());
  const auto left = compose(request);
  ASSERT_FALSE(left.outfits.empty());
  EXPECT_TRUE(has_kind(left.outfits.front(), "JEA")) << "an answer is not empty";
}

}  // namespace
}  // namespace modiste
