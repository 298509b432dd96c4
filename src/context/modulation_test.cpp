#include "context/modulation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/rng.h"

namespace modiste {
namespace {

Context even() {
  Context context;
  context.occasions.fill(0.1);
  context.seasons.fill(0.25);
  context.warmth = 0.4;
  return context;
}

Context said(Occasion occasion) {
  Context context = even();
  context.occasions.fill(0);
  context.occasions[static_cast<size_t>(occasion)] = 1;
  context.occasions_known = Provenance::kExplicit;
  return context;
}

float weight(const Modulation& modulation, Facet facet, std::string_view name) {
  const TermId term = Vocabulary::standard().find(facet, name)->id;
  for (const auto& weighted : modulation.terms)
    if (weighted.term == term) return weighted.weight;
  return 0;
}

TEST(Occasions, AreTheVocabularysInItsOrder) {
  const auto terms = Vocabulary::standard().terms(Facet::kOccasion);
  ASSERT_EQ(terms.size(), kOccasionCount);
  for (size_t o = 0; o < kOccasionCount; ++o) {
    EXPECT_EQ(terms[o].name, EnumNames<Occasion>::kNames[o]);
    EXPECT_TRUE(terms[o].formality.has_value());
    EXPECT_EQ(term_of(static_cast<Occasion>(o), Vocabulary::standard()), terms[o].id);
  }
  for (size_t s = 0; s < kSeasonCount; ++s)
    EXPECT_EQ(Vocabulary::standard().term(term_of(static_cast<Season>(s), Vocabulary::standard())).name,
              EnumNames<Season>::kNames[s]);
}

TEST(Modulate, ASaidWeddingWantsWeddingTermsAndFormalGarments) {
  const auto modulation = modulate(said(Occasion::kWedding), Vocabulary::standard());
  EXPECT_GT(weight(modulation, Facet::kOccasion, "wedding"), 0.8F);
  EXPECT_LT(weight(modulation, Facet::kOccasion, "sport"), 0);
  EXPECT_GT(weight(modulation, Facet::kCategory, "gown"), 0);
  EXPECT_LT(weight(modulation, Facet::kCategory, "hoodie"), 0);
  EXPECT_NEAR(modulation.formality, 0.85, 1e-6);
}

TEST(Modulate, ColdWantsWoolAndHeatWantsLinen) {
  Context cold = even(), hot = even();
  cold.warmth = 0.9;
  hot.warmth = 0;
  cold.warmth_known = hot.warmth_known = Provenance::kWeather;
  const auto in_cold = modulate(cold, Vocabulary::standard()),
             in_heat = modulate(hot, Vocabulary::standard());
  EXPECT_GT(weight(in_cold, Facet::kFabric, "wool"), 0.2F);
  EXPECT_LT(weight(in_cold, Facet::kFabric, "linen"), -0.2F);
  EXPECT_GT(weight(in_heat, Facet::kFabric, "linen"), 0.2F);
  EXPECT_LT(weight(in_heat, Facet::kCategory, "parka"), -0.2F);
}

TEST(Modulate, WhatIsGuessedWeighsLessThanWhatIsSaid) {
  Context guessed = said(Occasion::kBeach);
  guessed.occasions_known = Provenance::kTime;
  const float quiet = weight(modulate(guessed, Vocabulary::standard()), Facet::kOccasion, "beach");
  const float loud =
      weight(modulate(said(Occasion::kBeach), Vocabulary::standard()), Facet::kOccasion, "beach");
  EXPECT_GT(quiet, 0);
  EXPECT_NEAR(loud, 4 * quiet, 1e-5F);
}

TEST(Modulate, RainIsWantedWhenItRains) {
  Context rainy = even();
  rainy.wet = 1;
  EXPECT_GT(weight(modulate(rainy, Vocabulary::standard()), Facet::kSeason, "rainy"), 0.5F);
  EXPECT_EQ(weight(modulate(even(), Vocabulary::standard()), Facet::kSeason, "rainy"), 0);
}

TEST(Modulate, AnEvenContextLeavesOccasionsAndSeasonsAlone) {
  for (const auto& term : modulate(even(), Vocabulary::standard()).terms) {
    const Facet facet = Vocabulary::standard().term(term.term).facet;
    EXPECT_TRUE(facet == Facet::kFabric || facet == Facet::kCategory);
  }
}

RC_GTEST_PROP(Modulate, WeightsStayWithinTheAffinitiesRange, ()) {
  Context context = said(static_cast<Occasion>(*rc::gen::inRange(0, 10)));
  context.warmth = *rc::gen::inRange(0, 101) / 100.0;
  context.warmth_known = Provenance::kExplicit;
  context.wet = *rc::gen::inRange(0, 2);
  const auto modulation = modulate(context, Vocabulary::standard());
  for (size_t i = 0; i < modulation.terms.size(); ++i) {
    RC_ASSERT(std::abs(modulation.terms[i].weight) <= 1);
    if (i > 0) RC_ASSERT(modulation.terms[i - 1].term < modulation.terms[i].term);
  }
}

TEST(CountOccasions, AGarmentOfTwoCountsHalfForEach) {
  OccasionCounts counts{};
  const std::vector<TermId> terms{term_of(Occasion::kParty, Vocabulary::standard()),
                                  term_of(Occasion::kDate, Vocabulary::standard()),
                                  term_of(Season::kWinter, Vocabulary::standard())};
  count_occasions(terms, Vocabulary::standard(), counts);
  count_occasions({}, Vocabulary::standard(), counts);
  EXPECT_EQ(counts[static_cast<size_t>(Occasion::kParty)], 0.5);
  EXPECT_EQ(counts[static_cast<size_t>(Occasion::kDate)], 0.5);
  EXPECT_EQ(counts[static_cast<size_t>(Occasion::kWork)], 0);
}

// Work garments lie along the first axis, beach garments along the second; all share the third.
ContextDirections planted(uint64_t seed, size_t each = 200) {
  Rng rng(seed);
  ContextDirections::Builder builder(Vocabulary::standard());
  for (size_t i = 0; i < 2 * each; ++i) {
    Vector vector{0, 0, 2};
    vector[i % 2] = 1;
    for (float& value : vector) value += static_cast<float>(0.1 * rng.normal());
    normalise(vector);
    builder.add(vector, std::vector<TermId>{term_of(i % 2 == 0 ? Occasion::kWork : Occasion::kBeach,
                                                    Vocabulary::standard())});
  }
  return builder.build();
}

TEST(ContextDirections, TurnAQueryTowardsTheOccasion) {
  const auto directions = planted(3);
  const Vector query{0.5F, 0.5F, 0.7F};
  const auto work = directions.shift(query, said(Occasion::kWork));
  const auto beach = directions.shift(query, said(Occasion::kBeach));
  EXPECT_GT(work[0], work[1] + 0.3F);
  EXPECT_GT(beach[1], beach[0] + 0.3F);
  EXPECT_NEAR(dot(work, work), 1, 1e-5F);
  EXPECT_EQ(directions.shift({0, 0, 1}, said(Occasion::kLounge)), (Vector{0, 0, 1}))
      << "nothing is known of it";
}

TEST(ContextDirections, GuessesTurnLessThanWords) {
  const auto directions = planted(3);
  const Vector query{0, 0, 1};
  Context guessed = said(Occasion::kWork);
  guessed.occasions_known = Provenance::kTime;
  EXPECT_GT(dot(query, directions.shift(query, guessed)),
            dot(query, directions.shift(query, said(Occasion::kWork))) + 0.02F);
}

TEST(ContextDirections, AnswerForAShopperWithoutTasteOnlyWhenTold) {
  const auto directions = planted(3);
  EXPECT_GT(directions.shift({}, said(Occasion::kWork))[0], 0.5F);
  EXPECT_TRUE(directions.shift({}, even()).empty());
  EXPECT_TRUE(ContextDirections().shift({}, said(Occasion::kWork)).empty());
}

TEST(ContextDirections, FewGarmentsAreTrustedLittle) {
  const Vector query{0, 0, 1};
  EXPECT_GT(dot(query, planted(3, 2).shift(query, said(Occasion::kWork))),
            dot(query, planted(3, 200).shift(query, said(Occasion::kWork))) + 0.02F);
}

TEST(ContextDirections, PassOverVectorsOfAnotherSize) {
  ContextDirections::Builder builder(Vocabulary::standard());
  builder.add(Vector{1, 0}, {});
  builder.add(Vector{1, 0, 0}, std::vector<TermId>{term_of(Occasion::kWork, Vocabulary::standard())});
  builder.add({}, {});
  const Vector query{0, 1};
  EXPECT_EQ(builder.build().shift(query, said(Occasion::kWork)), query);
}

}  // namespace
}  // namespace modiste
