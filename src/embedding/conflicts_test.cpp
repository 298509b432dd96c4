#include "embedding/conflicts.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste {
namespace {

Attribute said(Facet facet, std::string term, std::string word) {
  return {facet, std::move(term), std::move(word), AttributeSource::kSupplier, 1};
}

ImageUnderstanding coloured(const std::vector<std::pair<std::string, float>>& palette) {
  ImageUnderstanding photo;
  for (const auto& [hex, share] : palette)
    photo.palette.push_back(hex), photo.palette_shares.push_back(share);
  return photo;
}

ImageUnderstanding guessed(Facet facet, std::string term, float confidence) {
  ImageUnderstanding photo;
  photo.guesses.push_back({facet, std::move(term), "", AttributeSource::kPhoto, confidence});
  return photo;
}

// Shows the category; the encoder can tell tops, bottoms and shoes apart.
ImageUnderstanding shows(std::string category, float top, float bottom, float shoes) {
  auto photo = guessed(Facet::kCategory, std::move(category), std::max({top, bottom, shoes}));
  photo.roles = {{OutfitRole::kTop, top}, {OutfitRole::kBottom, bottom}, {OutfitRole::kShoes, shoes}};
  return photo;
}

Garment tee(std::string colour = "red", std::string word = "Fire Red") {
  Garment garment;
  garment.id = "TEE1";
  garment.images = {{"tee.jpg", word}};
  garment.attributes = {said(Facet::kColour, std::move(colour), word),
                        said(Facet::kCategory, "t-shirt", "Tees"), said(Facet::kPattern, "solid", "plain")};
  Variant variant;
  variant.sku = "TEE1-1";
  variant.colour = std::move(word);
  garment.variants = {variant};
  return garment;
}

std::vector<std::string> doubts(const Garment& garment, const ImageUnderstanding& photo) {
  std::vector<std::string> kinds;
  for (const auto& one : find_doubts(garment, garment.variants.front().colour, photo, Vocabulary::standard()))
    kinds.emplace_back(name_of(one.kind));
  return kinds;
}

using Kinds = std::vector<std::string>;

TEST(Conflicts, ColoursAreDoubtedOnlyFarAway) {
  const auto black = coloured({{"#161616", 0.9F}, {"#fafafa", 0.1F}});
  EXPECT_EQ(doubts(tee(), black), Kinds{"no_hue"});
  EXPECT_EQ(doubts(tee(), coloured({{"#161616", 0.9F}, {"#c21f2e", 0.1F}})), Kinds{}) << "a red stripe";
  EXPECT_EQ(doubts(tee(), coloured({{"#108030", 1}})), Kinds{"other_hue"});
  EXPECT_EQ(doubts(tee(), coloured({{"#1c3fa8", 1}})), Kinds{"other_hue"});
  EXPECT_EQ(doubts(tee("green", "Grass"), coloured({{"#c21f2e", 1}})), Kinds{"other_hue"});
  EXPECT_EQ(doubts(tee(), coloured({{"#d9433f", 1}})), Kinds{}) << "coral is called red";
  EXPECT_EQ(doubts(tee("blue", "Sea"), coloured({{"#14a0a0", 1}})), Kinds{}) << "teal is called blue";
  EXPECT_EQ(doubts(tee("pink", "Blush"), coloured({{"#c2b3b0", 1}})), Kinds{}) << "blush is nearly grey";
  EXPECT_EQ(doubts(tee("navy", "Ink"), black), Kinds{}) << "navy may look black";
  EXPECT_EQ(doubts(tee("black", "Black"), coloured({{"#c8c4b8", 1}})), Kinds{"pale"});
  EXPECT_EQ(doubts(tee("black", "Black"), coloured({{"#fdfdfd", 1}})), Kinds{}) << "that is the backdrop";
  EXPECT_EQ(doubts(tee("black", "Black"), coloured({{"#6a6a6a", 1}})), Kinds{}) << "washed black";
  EXPECT_EQ(doubts(tee("white", "Snow"), coloured({{"#2a2a30", 1}})), Kinds{"dark"});
  EXPECT_EQ(doubts(tee("grey", "Fog"), coloured({{"#c21f2e", 1}})), Kinds{"hue"});
}

TEST(Conflicts, SeveralWordsOfAColourDoubtNothing) {
  Garment garment = tee();
  garment.attributes.push_back(said(Facet::kColour, "black", "Fire Red"));
  EXPECT_EQ(doubts(garment, coloured({{"#161616", 1}})), Kinds{});
}

TEST(Conflicts, CategoriesAreDoubtedAcrossTheOutfit) {
  EXPECT_EQ(doubts(tee(), shows("sneakers", 0.02F, 0.01F, 0.97F)), Kinds{"other_kind"});
  EXPECT_EQ(doubts(tee(), shows("jeans", 0.1F, 0.9F, 0)), Kinds{"other_half"});
  EXPECT_EQ(doubts(tee(), shows("blouse", 0.9F, 0.1F, 0)), Kinds{});
  Garment bag = tee();
  bag.attributes[1] = said(Facet::kCategory, "tote", "Totes");
  EXPECT_EQ(doubts(bag, shows("sneakers", 0, 0, 1)), Kinds{}) << "an encoder that knows no bags";
}

TEST(Conflicts, PatternsAndSleeves) {
  EXPECT_EQ(doubts(tee(), guessed(Facet::kPattern, "striped", 0.9F)), Kinds{"pattern"});
  EXPECT_EQ(doubts(tee(), guessed(Facet::kPattern, "solid", 0.9F)), Kinds{});
  Garment garment = tee();
  garment.attributes.push_back(said(Facet::kSleeve, "short-sleeve", "short sleeves"));
  EXPECT_EQ(doubts(garment, guessed(Facet::kSleeve, "long-sleeve", 0.9F)), Kinds{"sleeve"});
  EXPECT_EQ(doubts(garment, guessed(Facet::kSleeve, "cap", 0.9F)), Kinds{});
}

std::vector<PhotoConflict> conflicts_of(const Garment& garment, const ImageUnderstanding& photo,
                                        std::vector<ConflictRule> rules) {
  return find_conflicts(garment, {{garment.variants.front().colour, photo}}, rules, Vocabulary::standard());
}

TEST(Conflicts, AreReportedByRulesOnly) {
  const auto black = coloured({{"#161616", 0.8F}, {"#fafafa", 0.2F}});
  EXPECT_TRUE(conflicts_of(tee(), black, {}).empty());
  EXPECT_TRUE(conflicts_of(tee(), black, {{ConflictKind::kPale, 0.5F, 0.9F}}).empty());
  EXPECT_TRUE(conflicts_of(tee(), black, {{ConflictKind::kNoHue, 0.9F, 0.9F}}).empty()) << "0.8 of it is";
  const auto found = conflicts_of(tee(), black, {{ConflictKind::kNoHue, 0.7F, 0.85F}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message(Vocabulary::standard()),
            "TEE1 in Fire Red: the supplier says Red, the photo shows Black (#161616)");
  EXPECT_EQ(found[0].image, "tee.jpg");
  EXPECT_EQ(found[0].confidence, 0.85F) << "as measured for the kind";
  EXPECT_EQ(conflicts_of(tee(), black, {{ConflictKind::kNoHue, 0.7F, 0.85F}})[0].id, found[0].id);
  Garment reshot = tee();
  reshot.images[0].url = "other.jpg";
  EXPECT_NE(conflicts_of(reshot, black, {{ConflictKind::kNoHue, 0.7F, 0.85F}})[0].id, found[0].id);
}

// "term confidence" of the garment's colours.
std::vector<std::string> colours(const Garment& garment) {
  std::vector<std::string> all;
  for (const auto& one : garment.attributes)
    if (one.facet == Facet::kColour)
      all.push_back(one.term + (one.confidence >= 0.5F ? " sure"
                                : one.confidence > 0   ? " doubted"
                                                       : " wrong"));
  return all;
}

class SettledConflict : public testing::Test {
 protected:
  const std::vector<ConflictRule> rules_{{ConflictKind::kNoHue, 0.5F, 0.85F}};
  const ImageUnderstanding black_ = coloured({{"#161616", 1}});
  Garment garment_ = tee();
  std::vector<PhotoConflict> found_ = conflicts_of(garment_, black_, rules_);
};

TEST_F(SettledConflict, AnOpenOneLowersConfidence) {
  apply_conflicts(garment_, found_);
  EXPECT_EQ(colours(garment_), (Kinds{"red doubted", "black sure"}));
  apply_conflicts(garment_, found_);
  EXPECT_EQ(colours(garment_), (Kinds{"red doubted", "black sure"})) << "twice is once";
}

TEST_F(SettledConflict, TheMerchantDecides) {
  found_[0].settled = ConflictVerdict::kWords;
  apply_conflicts(garment_, found_);
  EXPECT_EQ(colours(garment_), Kinds{"red sure"});
  found_[0].settled = ConflictVerdict::kPhoto;
  apply_conflicts(garment_, found_);
  EXPECT_EQ(colours(garment_), (Kinds{"red wrong", "black sure"}));
  withdraw_conflict(garment_, found_[0]);
  EXPECT_EQ(colours(garment_), Kinds{"red wrong"}) << "until it is normalised again";
}

TEST_F(SettledConflict, StaysWhilePhotoAndWordsDo) {
  found_[0].settled = ConflictVerdict::kWords;
  auto again = conflicts_of(garment_, black_, rules_);
  keep_verdicts(garment_, found_, again);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].settled, ConflictVerdict::kWords);

  std::vector<PhotoConflict> none;
  keep_verdicts(garment_, found_, none);
  EXPECT_EQ(none.size(), 1U) << "also when it is not found again";

  Garment reshot = tee();
  reshot.images[0].url = "other.jpg";
  auto of_reshot = conflicts_of(reshot, black_, rules_);
  keep_verdicts(reshot, found_, of_reshot);
  EXPECT_EQ(of_reshot[0].settled, std::nullopt);
  Garment renamed = tee("blue", "Sea");
  std::vector<PhotoConflict> of_renamed;
  keep_verdicts(renamed, found_, of_renamed);
  EXPECT_TRUE(of_renamed.empty());
}

TEST(Conflicts, OneOddPhotoDoesNotDoubtTheWholeGarment) {
  Garment garment = tee();
  for (const char* colour : {"Blue", "Green"}) {
    Variant variant;
    variant.sku = colour;
    variant.colour = colour;
    garment.variants.push_back(variant);
  }
  const auto found =
      conflicts_of(garment, shows("sneakers", 0, 0, 1), {{ConflictKind::kOtherKind, 0.9F, 0.9F}});
  ASSERT_EQ(found.size(), 1U) << "it is reported";
  apply_conflicts(garment, found);
  EXPECT_EQ(garment.attributes[1].confidence, 1);
}

}  // namespace
}  // namespace modiste
