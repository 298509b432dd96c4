#include "outfits/composer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/rng.h"
#include "outfits/explicit_compatibility.h"

namespace modiste::outfits {
namespace {

struct Wardrobe {
  std::vector<Option> options;

  Wardrobe(uint64_t seed, size_t each) {
    Rng rng(seed);
    for (const OutfitRole role : {OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kOnePiece,
                                  OutfitRole::kOuter, OutfitRole::kShoes, OutfitRole::kBag})
      for (size_t i = 0; i < each; ++i) {
        Option option;
        option.look.role = role;
        option.look.colour =
            Lab{static_cast<float>(rng.uniform() * 100), static_cast<float>(rng.uniform() * 120 - 60),
                static_cast<float>(rng.uniform() * 120 - 60)};
        option.look.formality = rng.uniform();
        option.look.warmth = rng.uniform();
        option.look.seasons = static_cast<uint8_t>(rng.uniform() * 16);
        option.garment = static_cast<uint32_t>(options.size());
        option.price = 10 + rng.uniform() * 90;
        option.style = rng.uniform();
        option.context = rng.uniform();
        options.push_back(option);
      }
  }
};

const ExplicitCompatibility& rules() {
  static const ExplicitCompatibility kRules(Vocabulary::standard());
  return kRules;
}

ComposeInput input_of(const Wardrobe& wardrobe, const std::vector<OutfitTemplate>& templates) {
  ComposeInput input;
  input.options = wardrobe.options;
  input.templates = templates;
  return input;
}

TEST(Composer, TheBeamComesWithinTwoPercentOfTheOptimum) {
  const auto templates = templates_for({Occasion::kCasual, 0.6, 0}, {});
  double sum = 0, worst = 1;
  int optimal = 0;
  constexpr int kShops = 40;
  for (uint64_t shop = 0; shop < kShops; ++shop) {
    const Wardrobe wardrobe(shop, 7);
    const auto input = input_of(wardrobe, templates);
    const auto beam = compose(input, rules());
    const auto exact = compose_exhaustively(input, rules());
    ASSERT_TRUE(exact && !beam.empty());
    const double share = beam.front().value / exact->value;
    EXPECT_LE(share, 1 + 1e-9);
    sum += share, worst = std::min(worst, share);
    optimal += share > 1 - 1e-9 ? 1 : 0;
  }
  std::printf("beam of %zu: %.2f%% of the optimum on average, worst %.2f%%, optimal in %d of %d shops\n",
              ComposeOptions{}.beam, 100 * sum / kShops, 100 * worst, optimal, kShops);
  EXPECT_GE(sum / kShops, 0.98);
}

TEST(Composer, OutfitsShareAtMostOnePieceAndWearNothingTwice) {
  const Wardrobe wardrobe(3, 8);
  const auto templates = templates_for({}, {});
  ComposeInput input = input_of(wardrobe, templates);
  input.count = 5;
  const auto outfits = compose(input, rules());
  ASSERT_EQ(outfits.size(), 5U);
  for (size_t i = 0; i < outfits.size(); ++i) {
    std::set<OutfitRole> roles;
    for (const uint32_t option : outfits[i].options)
      EXPECT_TRUE(roles.insert(wardrobe.options[option].look.role).second);
    EXPECT_TRUE(roles.contains(OutfitRole::kShoes));
    EXPECT_NE(roles.contains(OutfitRole::kOnePiece), roles.contains(OutfitRole::kTop));
    for (size_t j = 0; j < i; ++j) {
      const auto& other = outfits[j].options;
      EXPECT_LE(std::count_if(
                    outfits[i].options.begin(), outfits[i].options.end(),
                    [&](uint32_t one) { return std::find(other.begin(), other.end(), one) != other.end(); }),
                1);
    }
  }
}

TEST(Composer, TheBudgetIsOfTheWholeOutfit) {
  const Wardrobe wardrobe(5, 8);
  const auto templates = templates_for({}, {});
  ComposeInput input = input_of(wardrobe, templates);
  input.count = 3;
  ComposeOptions cheapest;
  cheapest.cheapest = true;
  const double least = compose(input, rules(), cheapest).front().price;
  input.budget = least * 1.2;
  for (const Composed& outfit : compose(input, rules())) EXPECT_LE(outfit.price, *input.budget + 1e-6);
  input.budget = least * 0.99;
  EXPECT_TRUE(compose(input, rules()).empty());
  input.budget = least;
  EXPECT_EQ(compose(input, rules()).size(), 1U);
}

// What stays fixed is worn in every outfit, and decides who wears the rest.
TEST(Composer, FixedPiecesDecideTheRest) {
  constexpr uint8_t kWomen = 1, kMen = 2;
  Wardrobe wardrobe(9, 6);
  for (size_t i = 0; i < wardrobe.options.size(); ++i) wardrobe.options[i].wearers = i % 2 ? kWomen : kMen;
  Option dress = wardrobe.options[12];
  ASSERT_EQ(dress.look.role, OutfitRole::kOnePiece);
  dress.wearers = kWomen;
  const std::vector<Option> fixed{dress};
  const auto templates = templates_for({}, {OutfitRole::kOnePiece});
  ASSERT_EQ(templates.size(), 1U);
  ComposeInput input = input_of(wardrobe, templates);
  input.fixed = fixed;
  input.count = 3;
  const auto outfits = compose(input, rules());
  ASSERT_EQ(outfits.size(), 3U);
  for (const Composed& outfit : outfits)
    for (const uint32_t option : outfit.options) {
      EXPECT_EQ(wardrobe.options[option].wearers, kWomen);
      EXPECT_NE(wardrobe.options[option].look.role, OutfitRole::kTop);
    }
}

// Prices of two currencies are not added up.
TEST(Composer, AnOutfitHasOneCurrency) {
  constexpr uint64_t kEuro = 7, kCrowns = 8;
  Wardrobe wardrobe(9, 6);
  for (size_t i = 0; i < wardrobe.options.size(); ++i) wardrobe.options[i].currency = i % 2 ? kEuro : kCrowns;
  const auto templates = templates_for({}, {});
  ComposeInput input = input_of(wardrobe, templates);
  input.count = 4;
  const auto currencies = [&](const Composed& outfit) {
    std::set<uint64_t> all;
    for (const uint32_t option : outfit.options) all.insert(wardrobe.options[option].currency);
    return all;
  };
  const auto outfits = compose(input, rules());
  ASSERT_FALSE(outfits.empty());
  for (const Composed& outfit : outfits) EXPECT_EQ(currencies(outfit).size(), 1U);
  input.budget = 1e6, input.currency = kCrowns;
  for (const Composed& outfit : compose(input, rules()))
    EXPECT_EQ(currencies(outfit), std::set<uint64_t>{kCrowns}) << "a budget counts in its own currency";
  std::vector<Option> fixed{wardrobe.options[1]};
  input.budget.reset();
  input.fixed = fixed;
  const auto around = templates_for({}, {fixed.front().look.role});
  input.templates = around;
  const auto with_anchor = compose(input, rules());
  ASSERT_FALSE(with_anchor.empty());
  for (const Composed& outfit : with_anchor) EXPECT_EQ(currencies(outfit), std::set<uint64_t>{kEuro});
}

TEST(Composer, WhatIsForbiddenIsNeverWornTogether) {
  const Wardrobe wardrobe(11, 6);
  const auto templates = templates_for({}, {});
  ComposeInput input = input_of(wardrobe, templates);
  input.count = 4;
  const auto warm = [](const Wearable& piece) { return piece.warmth.value_or(0) > 0.5; };
  input.forbids = [&](const Wearable& a, const Wearable& b) { return warm(a) != warm(b); };
  const auto outfits = compose(input, rules());
  ASSERT_FALSE(outfits.empty());
  for (const Composed& outfit : outfits)
    for (const uint32_t option : outfit.options)
      EXPECT_EQ(warm(wardrobe.options[option].look), warm(wardrobe.options[outfit.options.front()].look));
}

TEST(Composer, TemplatesTakeTurnsWhereTheyAreAboutAsGood) {
  const Wardrobe wardrobe(11, 6);
  const auto templates = templates_for({}, {});
  ComposeInput input = input_of(wardrobe, templates);
  input.count = 4;
  ComposeOptions options;
  options.same_shape = 1;  // more than any value differs
  std::array<size_t, 2> of_shape{};
  for (const Composed& outfit : compose(input, rules(), options)) ++of_shape.at(outfit.shape);
  EXPECT_EQ(of_shape, (std::array<size_t, 2>{2, 2}));
}

TEST(OutfitTemplates, ACoatWhenItIsColdAndNoDressForSport) {
  const auto cold = templates_for({Occasion::kWork, 0.8, 0}, {});
  ASSERT_EQ(cold.size(), 3U) << "separates, a dress, a suit";
  for (const OutfitTemplate& shape : cold)
    EXPECT_NE(std::find(shape.required.begin(), shape.required.end(), OutfitRole::kOuter),
              shape.required.end());
  for (const OutfitTemplate& shape : templates_for({Occasion::kWork, 0.05, 0}, {}))
    EXPECT_FALSE(shape.has(OutfitRole::kOuter));
  // Who says autumn wants a coat at a temperature at which spring does without.
  for (const bool autumn : {true, false})
    for (const OutfitTemplate& shape : templates_for({Occasion::kWork, 0.4, 0, autumn}, {}))
      EXPECT_EQ(
          std::find(shape.required.begin(), shape.required.end(), OutfitRole::kOuter) != shape.required.end(),
          autumn);
  EXPECT_EQ(templates_for({Occasion::kSport, 0.1, 0}, {}).size(), 1U);
  EXPECT_TRUE(templates_for({}, {OutfitRole::kOnePiece, OutfitRole::kBottom}).empty());
}

TEST(OutfitTemplates, AnOccasionsOwnFormalityIsInItsRange) {
  for (size_t o = 0; o < kOccasionCount; ++o) {
    const auto occasion = static_cast<Occasion>(o);
    const Term* term = Vocabulary::standard().find(Facet::kOccasion, name_of(occasion));
    EXPECT_EQ(formality_of(occasion).fit(static_cast<double>(*term->formality)), 1) << name_of(occasion);
  }
}

}  // namespace
}  // namespace modiste::outfits
