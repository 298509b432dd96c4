#include "vocabulary/vocabulary.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "vocabulary/colour_difference.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }

TEST(Vocabulary, SomeKindsAreWornForOneOccasion) {
  const auto worn_for = [](std::string_view kind) {
    const auto occasion = vocabulary().find(Facet::kCategory, kind)->worn_for;
    return occasion ? vocabulary().term(*occasion).name : "";
  };
  EXPECT_EQ(worn_for("bikini"), "beach") << "as swimwear is";
  EXPECT_EQ(worn_for("pyjamas"), "lounge");
  EXPECT_EQ(worn_for("sports-bra"), "sport");
  EXPECT_EQ(worn_for("tracksuit"), "") << "for several";
  EXPECT_EQ(worn_for("shirt"), "");
}

TEST(Vocabulary, WhatIsWornOverATopIsNotADress) {
  const auto role = [](std::string_view kind) { return vocabulary().find(Facet::kCategory, kind)->role; };
  EXPECT_EQ(role("overalls"), OutfitRole::kBottom) << "dungarees, a pinafore";
  EXPECT_EQ(role("jumpsuit"), OutfitRole::kOnePiece) << "a snowsuit, coveralls";
  EXPECT_EQ(role("sports-bra"), OutfitRole::kTop);
  EXPECT_EQ(role("base-layer"), OutfitRole::kTop);
}

TEST(Vocabulary, GroupsItsTermsByFacetWithDenseIds) {
  EXPECT_GE(vocabulary().version(), 1);
  size_t count = 0;
  for (size_t i = 0; i < kFacetCount; ++i)
    for (const auto& term : vocabulary().terms(static_cast<Facet>(i))) {
      EXPECT_EQ(term.id, count++);
      EXPECT_EQ(term.facet, static_cast<Facet>(i));
      EXPECT_EQ(&vocabulary().term(term.id), &term);
      EXPECT_EQ(vocabulary().find(term.facet, term.name), &term);
      EXPECT_FALSE(term.label.empty());
    }
  EXPECT_EQ(count, vocabulary().terms().size());
  EXPECT_EQ(vocabulary().find(Facet::kCategory, "no such thing"), nullptr);
  EXPECT_EQ(vocabulary().find(Facet::kColour, "hoodie"), nullptr);
}

TEST(Vocabulary, HasTheOccasionsOfTheContextModel) {
  std::set<std::string> names;
  for (const auto& term : vocabulary().terms(Facet::kOccasion)) names.insert(term.name);
  EXPECT_EQ(names, (std::set<std::string>{"work", "casual", "party", "formal", "wedding", "date", "sport",
                                          "travel", "beach", "lounge"}));
}

TEST(Vocabulary, CategoriesAreATree) {
  const auto id = [](std::string_view name) { return vocabulary().find(Facet::kCategory, name)->id; };
  EXPECT_TRUE(vocabulary().is_a(id("hoodie"), id("hoodie")));
  EXPECT_TRUE(vocabulary().is_a(id("hoodie"), id("sweatshirt")));
  EXPECT_TRUE(vocabulary().is_a(id("hoodie"), id("clothing")));
  EXPECT_FALSE(vocabulary().is_a(id("tops"), id("hoodie")));
  EXPECT_FALSE(vocabulary().is_a(id("yoga-equipment"), id("clothing")));
  EXPECT_TRUE(vocabulary().is_a(id("watch"), id("accessories")));
  for (const auto& term : vocabulary().terms(Facet::kCategory))
    EXPECT_LT(term.parent.value_or(0), std::max<TermId>(1, term.id)) << term.name;
}

// The parser refuses a category without a role; this holds the roles to what they mean.
TEST(Vocabulary, EveryCategoryHasItsPlaceInAnOutfit) {
  const auto role = [](std::string_view name) { return vocabulary().find(Facet::kCategory, name)->role; };
  EXPECT_EQ(role("hoodie"), OutfitRole::kTop);
  EXPECT_EQ(role("bike-shorts"), OutfitRole::kBottom);
  EXPECT_EQ(role("wedding-dress"), OutfitRole::kOnePiece);
  EXPECT_EQ(role("blazer"), OutfitRole::kMidLayer);
  EXPECT_EQ(role("parka"), OutfitRole::kOuter);
  EXPECT_EQ(role("ankle-boots"), OutfitRole::kShoes);
  EXPECT_EQ(role("tote"), OutfitRole::kBag);
  EXPECT_EQ(role("beanie"), OutfitRole::kAccessory);
  for (const std::string_view group : {"underwear", "sleepwear", "gear"})
    for (const auto& term : vocabulary().terms(Facet::kCategory))
      if (vocabulary().is_a(term.id, vocabulary().find(Facet::kCategory, group)->id)) {
        EXPECT_EQ(term.role, OutfitRole::kNone) << term.name;
      }
  std::map<OutfitRole, int> categories;
  for (const auto& term : vocabulary().terms(Facet::kCategory)) ++categories[term.role];
  EXPECT_EQ(categories.size(), EnumNames<OutfitRole>::kNames.size());
}

TEST(Vocabulary, WarmthIsOfCategoriesAndFabrics) {
  std::map<Facet, int> warm;
  for (const auto& term : vocabulary().terms()) {
    if (!term.warmth) continue;
    EXPECT_GE(*term.warmth, 0);
    EXPECT_LE(*term.warmth, 1);
    ++warm[term.facet];
  }
  EXPECT_EQ(warm, (std::map<Facet, int>{{Facet::kCategory, 34}, {Facet::kFabric, 31}}));
  EXPECT_DOUBLE_EQ(*vocabulary().find(Facet::kFabric, "wool")->warmth, 0.75);
  EXPECT_DOUBLE_EQ(*vocabulary().find(Facet::kCategory, "parka")->warmth, 0.95);
}

// A word that means two terms of one facet, after folding, would be understood by luck.
TEST(Vocabulary, NoWordMeansTwoTermsOfAFacet) {
  std::map<std::pair<Facet, std::string>, std::string> owner;
  const auto claim = [&](const Term& term, const std::string& phrase) {
    const auto words = words_of(phrase);
    ASSERT_FALSE(words.empty()) << term.name << ": '" << phrase << "'";
    const auto [known, is_new] =
        owner.try_emplace({term.facet, join_words(words, 0, words.size())}, term.name);
    EXPECT_TRUE(is_new || known->second == term.name)
        << name_of(term.facet) << " '" << phrase << "': " << known->second << " and " << term.name;
  };
  for (const auto& term : vocabulary().terms()) {
    claim(term, term.name);
    for (const auto& synonym : term.synonyms) claim(term, synonym);
  }
}

TEST(Vocabulary, ColourFamiliesAreApartAndFindThemselves) {
  size_t anchored = 0;
  for (const auto& term : vocabulary().terms(Facet::kColour)) {
    if (!term.lab) continue;
    ++anchored;
    EXPECT_EQ(&vocabulary().nearest_colour(*term.lab), &term);
    for (const auto& other : vocabulary().terms(Facet::kColour)) {
      if (!other.lab || other.id <= term.id) continue;
      EXPECT_GT(colour_difference(*term.lab, *other.lab), 8) << term.name << " and " << other.name;
    }
  }
  EXPECT_GE(anchored, 20U);
}

// CIELAB of well-known colours (CSS names), which a shopper would call by these families.
TEST(Vocabulary, NearestColourIsWhatPeopleSay) {
  const std::pair<Lab, std::string_view> kKnown[] = {{{53.24F, 80.09F, 67.20F}, "red"},
                                                     {{32.30F, 79.19F, -107.86F}, "blue"},
                                                     {{97.14F, -21.55F, 94.48F}, "yellow"},
                                                     {{12.97F, 47.51F, -64.70F}, "navy"},
                                                     {{0, 0, 0}, "black"},
                                                     {{100, 0, 0}, "white"},
                                                     {{53.59F, 0, 0}, "grey"},
                                                     {{74.94F, 23.93F, 78.95F}, "orange"},
                                                     {{46.23F, -51.70F, 49.90F}, "green"},
                                                     {{25.54F, 48.05F, 38.06F}, "burgundy"},
                                                     {{29.78F, 58.93F, -36.49F}, "purple"},
                                                     {{83.59F, 24.15F, 3.33F}, "pink"},
                                                     {{95.65F, -1.21F, 11.12F}, "cream"},
                                                     {{79.21F, -14.84F, -21.28F}, "light-blue"},
                                                     {{48.25F, -28.85F, -8.48F}, "teal"}};
  for (const auto& [lab, name] : kKnown) EXPECT_EQ(vocabulary().nearest_colour(lab).name, name) << lab.l;
}

}  // namespace
}  // namespace modiste
