#include <gtest/gtest.h>

#include <memory>

#include "base/rng.h"
#include "outfits/cached_pairs.h"
#include "outfits/explicit_compatibility.h"

namespace modiste::outfits {
namespace {

constexpr Lab kInk{14, 0, -2}, kBone{91, 0, 7}, kLimeGreen{82, -27, 72}, kPink{45, 62, -9};

const Vocabulary& words() { return Vocabulary::standard(); }
TermId term_of(Facet facet, std::string_view name) { return words().find(facet, name)->id; }

Wearable wearable(OutfitRole role, Lab colour, double formality) {
  Wearable piece;
  piece.role = role;
  piece.colour = colour;
  piece.formality = formality;
  return piece;
}

TEST(ExplicitCompatibility, EachTermFallsForItsOwnFault) {
  const ExplicitCompatibility rules(words());
  Wearable top = wearable(OutfitRole::kTop, kBone, 0.4), bottom = wearable(OutfitRole::kBottom, kInk, 0.4);
  const std::vector<TermId> slim{term_of(Facet::kFit, "slim")}, loose{term_of(Facet::kFit, "loose")};
  top.terms = slim, bottom.terms = loose;
  top.pattern = bottom.pattern = term_of(Facet::kPattern, "solid");
  top.seasons = kSummer | kSpring, bottom.seasons = kAllYear;
  const auto value = [&](CompatibilityTerm which) {
    const std::array<Wearable, 2> both{top, bottom};
    return rules.terms(both).of(which).value();
  };
  EXPECT_GT(value(CompatibilityTerm::kColour), 0.9);
  EXPECT_EQ(value(CompatibilityTerm::kFormality), 1);
  EXPECT_EQ(value(CompatibilityTerm::kSeason), 1);
  EXPECT_EQ(value(CompatibilityTerm::kPattern), 1);
  EXPECT_GT(value(CompatibilityTerm::kProportion), 0.9);
  const double good = rules.pair(top, bottom);

  top.colour = kLimeGreen, bottom.colour = kPink;
  EXPECT_LT(value(CompatibilityTerm::kColour), 0.5);
  top.formality = 1;
  EXPECT_EQ(value(CompatibilityTerm::kFormality), 0);
  bottom.seasons = kWinter;
  EXPECT_EQ(value(CompatibilityTerm::kSeason), 0);
  top.pattern = term_of(Facet::kPattern, "floral"), bottom.pattern = term_of(Facet::kPattern, "checked");
  EXPECT_EQ(value(CompatibilityTerm::kPattern), 0.25);
  top.terms = loose;
  EXPECT_LT(value(CompatibilityTerm::kProportion), 0.6);
  EXPECT_LT(rules.pair(top, bottom), good - 0.4);
  EXPECT_DOUBLE_EQ(rules.pair(top, bottom), rules.pair(bottom, top));
}

TEST(ExplicitCompatibility, ShoesAndAccessoriesFarFromTheClothesAreNotWorn) {
  const ExplicitCompatibility rules(words());
  const auto piece = [](OutfitRole role, std::optional<double> formality, std::optional<double> warmth) {
    Wearable one;
    one.role = role;
    one.formality = formality;
    one.warmth = warmth;
    return one;
  };
  const auto heels = piece(OutfitRole::kShoes, 0.75, {}), track_pants = piece(OutfitRole::kBottom, 0.1, 0.3);
  EXPECT_TRUE(rules.forbids(heels, track_pants));
  EXPECT_TRUE(rules.forbids(track_pants, heels));
  EXPECT_FALSE(rules.forbids(heels, piece(OutfitRole::kBottom, 0.3, 0.4))) << "jeans";
  EXPECT_FALSE(rules.forbids(piece(OutfitRole::kBag, 0.8, {}), track_pants)) << "a bag is put down";
  const auto gloves = piece(OutfitRole::kAccessory, {}, 0.85), shorts = piece(OutfitRole::kBottom, {}, 0.05);
  EXPECT_TRUE(rules.forbids(gloves, shorts));
  EXPECT_FALSE(rules.forbids(gloves, piece(OutfitRole::kTop, {}, 0.05))) << "a coat goes over it";
  EXPECT_TRUE(rules.forbids(piece(OutfitRole::kShoes, {}, 0.05), piece(OutfitRole::kOuter, {}, 0.95)));
  EXPECT_FALSE(rules.forbids(piece(OutfitRole::kShoes, {}, 0.65), shorts)) << "boots";
}

TEST(ExplicitCompatibility, WhatIsUnknownNeitherHelpsNorHarms) {
  const ExplicitCompatibility rules(words());
  EXPECT_DOUBLE_EQ(rules.pair({}, {}), kUnknownValue);
  const std::array<Wearable, 2> nothing{};
  for (const auto& value : rules.terms(nothing).values) EXPECT_FALSE(value);
}

TEST(ExplicitCompatibility, ProportionCanBeSwitchedOff) {
  ExplicitWeights without;
  without.proportion = 0;
  const ExplicitCompatibility rules(words(), without);
  const std::vector<TermId> slim{term_of(Facet::kFit, "slim")}, loose{term_of(Facet::kFit, "loose")};
  Wearable top = wearable(OutfitRole::kTop, kBone, 0.4), bottom = wearable(OutfitRole::kBottom, kInk, 0.4);
  bottom.terms = loose;
  top.terms = slim;
  const double balanced = rules.pair(top, bottom);
  top.terms = loose;
  EXPECT_DOUBLE_EQ(rules.pair(top, bottom), balanced);
}

// A T-shirt may be worn under a winter coat, sandals not beside it.
TEST(ExplicitCompatibility, WarmthIsComparedWhereItShows) {
  const ExplicitCompatibility rules(words());
  Wearable coat = wearable(OutfitRole::kOuter, kInk, 0.4), shirt = wearable(OutfitRole::kTop, kBone, 0.4),
           sandals = wearable(OutfitRole::kShoes, kInk, 0.4);
  coat.warmth = 0.95, shirt.warmth = 0.15, sandals.warmth = 0.05;
  EXPECT_GT(rules.pair(coat, shirt), rules.pair(coat, sandals) + 0.1);
}

TEST(ExplicitCompatibility, ATieAsksForACollar) {
  const ExplicitCompatibility rules(words());
  Wearable tie = wearable(OutfitRole::kAccessory, kInk, 0.8), top = wearable(OutfitRole::kTop, kBone, 0.8);
  tie.category = term_of(Facet::kCategory, "tie");
  top.category = term_of(Facet::kCategory, "t-shirt");
  EXPECT_TRUE(rules.forbids(tie, top));
  EXPECT_TRUE(rules.forbids(top, tie));
  top.category = term_of(Facet::kCategory, "dress-shirt");
  EXPECT_FALSE(rules.forbids(tie, top));
  EXPECT_TRUE(rules.forbids(tie, wearable(OutfitRole::kOnePiece, kInk, 0.8)));
}

TEST(ExplicitCompatibility, ACardiganGoesOverAShirtAndNotOverASweater) {
  const ExplicitCompatibility rules(words());
  Wearable over = wearable(OutfitRole::kMidLayer, kInk, 0.4), under = wearable(OutfitRole::kTop, kBone, 0.4);
  over.category = term_of(Facet::kCategory, "cardigan");
  under.category = term_of(Facet::kCategory, "turtleneck");
  EXPECT_TRUE(rules.forbids(over, under));
  under.category = term_of(Facet::kCategory, "blouse");
  EXPECT_FALSE(rules.forbids(over, under));
  over.category = term_of(Facet::kCategory, "blazer");
  under.category = term_of(Facet::kCategory, "turtleneck");
  EXPECT_FALSE(rules.forbids(over, under));
}

TEST(ExplicitCompatibility, NoJacketGoesUnderAnotherThatHasNoRoomForIt) {
  const ExplicitCompatibility rules(words());
  Wearable over = wearable(OutfitRole::kOuter, kInk, 0.4),
           layer = wearable(OutfitRole::kMidLayer, kBone, 0.4);
  const auto forbids = [&](std::string_view outer, std::string_view mid) {
    over.category = term_of(Facet::kCategory, outer), layer.category = term_of(Facet::kCategory, mid);
    EXPECT_EQ(rules.forbids(over, layer), rules.forbids(layer, over));
    return rules.forbids(over, layer);
  };
  EXPECT_TRUE(forbids("denim-jacket", "blazer"));
  EXPECT_TRUE(forbids("bomber-jacket", "track-jacket"));
  EXPECT_TRUE(forbids("jacket", "blazer"));
  EXPECT_FALSE(forbids("coat", "blazer"));
  EXPECT_FALSE(forbids("rain-jacket", "fleece-jacket"));
  EXPECT_FALSE(forbids("denim-jacket", "cardigan"));
}

TEST(ExplicitCompatibility, ASuitHasItsJacket) {
  const ExplicitCompatibility rules(words());
  const Wearable suit = wearable(OutfitRole::kSuit, kInk, 0.85);
  Wearable layer = wearable(OutfitRole::kMidLayer, kInk, 0.7);
  layer.category = term_of(Facet::kCategory, "blazer");
  EXPECT_TRUE(rules.forbids(suit, layer));
  layer.category = term_of(Facet::kCategory, "waistcoat");
  EXPECT_FALSE(rules.forbids(suit, layer));
  layer.role = OutfitRole::kOuter;
  layer.category = term_of(Facet::kCategory, "denim-jacket");
  EXPECT_TRUE(rules.forbids(layer, suit));
  layer.category = term_of(Facet::kCategory, "coat");
  EXPECT_FALSE(rules.forbids(layer, suit));
}

TEST(CachedPairs, WhatIsKeptAgreesWithWhatIsComputed) {
  const auto rules = std::make_shared<const ExplicitCompatibility>(words());
  const CachedPairs kept(rules, 64), fresh(rules, 1);  // few places: pairs push each other out
  Rng rng(7);
  std::vector<Wearable> pieces;
  for (uint64_t i = 1; i <= 40; ++i) {
    Wearable piece =
        wearable(i % 2 == 0 ? OutfitRole::kTop : OutfitRole::kBottom,
                 {static_cast<float>(rng.uniform() * 100), static_cast<float>(rng.uniform() * 80),
                  static_cast<float>(rng.uniform() * 80)},
                 rng.uniform());
    piece.key = i;
    pieces.push_back(piece);
  }
  for (int round = 0; round < 3; ++round)
    for (const Wearable& a : pieces)
      for (const Wearable& b : pieces) {
        Wearable unknown = a;
        unknown.key = 0;
        const double computed = fresh.pair(unknown, b);
        EXPECT_EQ(kept.pair(a, b), computed);
        EXPECT_EQ(kept.pair(b, a), computed);
        EXPECT_NEAR(computed, rules->pair(a, b), 1e-6);
      }
  const CachedPairs roomy(rules);
  for (int round = 0; round < 5; ++round) (void)roomy.pair(pieces[0], pieces[1]);
  EXPECT_EQ(roomy.computed(), 1U);
}

}  // namespace
}  // namespace modiste::outfits
