#include <gtest/gtest.h>

#include "outfits/colour_harmony.h"
#include "outfits/outfit.h"
#include "outfits/outfit_rules.h"
#include "outfits/outfit_templates.h"

namespace modiste::outfits {
namespace {

constexpr Lab kBlack{14, 0, -2}, kScarlet{41, 54, 36}, kNavy{18, 3, -18}, kEcru{91, 0, 7}, kRust{40, 32, 28},
    kTerracotta{46, 33, 31}, kLime{82, -27, 72}, kFuchsia{45, 62, -9}, kEmerald{40, -31, 13},
    kWine{27, 32, 0}, kMoss{42, -15, 21}, kTeal{44, -18, -12};

TEST(ColourHarmony, NeutralsNeighboursOppositesAndClashes) {
  EXPECT_GT(colour_harmony(kBlack, kScarlet), 0.9);
  EXPECT_GT(colour_harmony(kNavy, kEcru), 0.9);
  EXPECT_GT(colour_harmony(kRust, kTerracotta), 0.85);
  EXPECT_LT(colour_harmony(kLime, kFuchsia), kHarmonyMin);
  EXPECT_LT(colour_harmony(kScarlet, kEmerald), colour_harmony(kWine, kMoss));
  EXPECT_DOUBLE_EQ(colour_harmony(kRust, kTeal), colour_harmony(kTeal, kRust));
}

const std::vector<std::string_view> kAutumn{"autumn", "winter"}, kSummer{"summer"}, kWork{"work", "casual"},
    kParty{"party"};
constexpr Setting kOffice{"work", "autumn"};

Piece piece(std::string_view id, OutfitRole role) {
  return {.garment_id = id,
          .role = role,
          .colour = kNavy,
          .formality = 0.5,
          .seasons = kAutumn,
          .occasions = kWork};
}

TEST(OutfitRules, APieceOfTheSettingJoins) {
  const std::vector<Piece> worn{piece("shirt", OutfitRole::kTop)};
  EXPECT_TRUE(may_join(piece("trousers", OutfitRole::kBottom), worn, kOffice));
  EXPECT_TRUE(may_join(piece("shirt", OutfitRole::kTop), {}, kOffice));
}

TEST(OutfitRules, EachRuleIsRefusedAlone) {
  std::vector<Piece> worn{piece("shirt", OutfitRole::kTop)};
  const Piece trousers = piece("trousers", OutfitRole::kBottom);
  const auto refused = [&](auto change) {
    Piece changed = trousers;
    change(changed);
    return !may_join(changed, worn, kOffice);
  };
  EXPECT_TRUE(refused([](Piece& p) { p.seasons = kSummer; }));
  EXPECT_TRUE(refused([](Piece& p) { p.occasions = kParty; }));
  EXPECT_TRUE(refused([](Piece& p) { p.garment_id = "shirt"; }));
  EXPECT_TRUE(refused([](Piece& p) { p.role = OutfitRole::kTop; }));
  EXPECT_TRUE(refused([](Piece& p) { p.formality = 0.5 + kFormalitySpreadMax + 0.01; }));
  EXPECT_FALSE(refused([](Piece& p) { p.patterned = true; }));
  worn[0].patterned = true;
  EXPECT_TRUE(refused([](Piece& p) { p.patterned = true; }));
  worn[0].colour = kLime;
  EXPECT_TRUE(refused([](Piece& p) { p.colour = kFuchsia; }));
}

// The spread is over the whole outfit, not from piece to piece.
TEST(OutfitRules, FormalityIsJudgedOverAllPieces) {
  std::vector<Piece> worn{piece("shirt", OutfitRole::kTop), piece("trousers", OutfitRole::kBottom)};
  worn[0].formality = 0.3, worn[1].formality = 0.5;
  Piece shoes = piece("shoes", OutfitRole::kShoes);
  shoes.formality = 0.7;
  EXPECT_FALSE(may_join(shoes, worn, kOffice));
}

TEST(OutfitRules, ACoatIsWornWhenItIsColdAndTheOccasionAllowsIt) {
  EXPECT_TRUE(wears_outer({"work", "winter"}));
  EXPECT_FALSE(wears_outer({"work", "summer"}));
  EXPECT_FALSE(wears_outer({"wedding", "winter"}));
}

TEST(OutfitTemplates, ABlazerBelongsToDressyOccasionsButInHeat) {
  const auto may_have_layer = [](Occasion occasion, std::optional<double> warmth = {}) {
    WornFor worn;
    worn.occasion = occasion;
    worn.warmth = warmth;
    const auto shapes = templates_for(worn, {});
    return std::all_of(shapes.begin(), shapes.end(),
                       [](const OutfitTemplate& shape) { return shape.has(OutfitRole::kMidLayer); });
  };
  for (const Occasion occasion : {Occasion::kWork, Occasion::kFormal, Occasion::kWedding, Occasion::kDate}) {
    EXPECT_TRUE(may_have_layer(occasion));
    EXPECT_TRUE(may_have_layer(occasion, 0.15)) << "22 degrees";
    EXPECT_FALSE(may_have_layer(occasion, 0.02)) << "heat";
  }
  EXPECT_FALSE(may_have_layer(Occasion::kCasual));
  EXPECT_FALSE(may_have_layer(Occasion::kBeach, 0.15));
}

TEST(OutfitTemplates, ASuitIsWornOverATopInPlaceOfTrousers) {
  const auto wear_suits = [](std::optional<Occasion> occasion, const std::vector<OutfitRole>& fixed = {}) {
    WornFor worn;
    worn.occasion = occasion;
    const auto shapes = templates_for(worn, fixed);
    return std::any_of(shapes.begin(), shapes.end(), [](const OutfitTemplate& shape) {
      return shape.has(OutfitRole::kSuit) && shape.has(OutfitRole::kTop) && !shape.has(OutfitRole::kBottom);
    });
  };
  EXPECT_TRUE(wear_suits(Occasion::kWedding));
  EXPECT_FALSE(wear_suits(Occasion::kBeach));
  EXPECT_FALSE(wear_suits({}));
  EXPECT_FALSE(wear_suits(Occasion::kWedding, {OutfitRole::kBottom}));
  const auto with_suit = templates_for({}, {OutfitRole::kSuit});
  ASSERT_EQ(with_suit.size(), 1U);
  EXPECT_EQ(with_suit[0].required, (std::vector{OutfitRole::kTop, OutfitRole::kShoes}));
}

TEST(CuratedOutfit, RoundTripsAsJson) {
  const CuratedOutfit outfit{"OF1", "women", "work", "autumn", {{"G1", "Navy", OutfitRole::kOnePiece}}};
  const auto back = from_json_text<CuratedOutfit>(to_json_text(outfit));
  ASSERT_TRUE(back.ok()) << back.error().message();
  EXPECT_EQ(back->pieces.at(0).role, OutfitRole::kOnePiece);
  EXPECT_EQ(to_json_text(*back), to_json_text(outfit));
  EXPECT_FALSE(from_json_text<CuratedOutfit>(R"({"outfit_id":"OF1","department":"men","occasion":"work",)"
                                             R"("season":"autumn","pieces":[{"garment_id":"G1",)"
                                             R"("colour":"Navy","role":"hat"}]})")
                   .ok());
}

}  // namespace
}  // namespace modiste::outfits
