#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "ranking/hybrid.h"
#include "ranking/select.h"

namespace modiste {
namespace {

ScoredItem item(Slot slot, float score, BrandId brand = 0, uint32_t garment = UINT32_MAX) {
  ScoredItem made;
  made.slot = slot;
  made.garment = garment == UINT32_MAX ? slot : garment;
  made.brand = brand;
  made.score = score;
  return made;
}

const Likeness kNothingAlike = [](const ScoredItem&, const ScoredItem&) { return 0.0F; };

TEST(Hybrid, FollowsTheBaselinePolicyAndMovesSmoothly) {
  EXPECT_DOUBLE_EQ(hybrid_weights(5)[0], 0.6);
  EXPECT_DOUBLE_EQ(hybrid_weights(12)[1], 0.4);
  EXPECT_DOUBLE_EQ(hybrid_weights(1000)[1], 0.5);
  for (int n = 0; n < 60; ++n) {
    const auto a = hybrid_weights(n), b = hybrid_weights(n + 1);
    EXPECT_NEAR(std::accumulate(a.begin(), a.end(), 0.0), 1, 1e-9);
    for (size_t s = 0; s < kHybridFeatures.size(); ++s) EXPECT_LT(std::abs(a[s] - b[s]), 0.17);
  }
}

TEST(Hybrid, ASourceThatKnowsNothingGivesItsWeightAway) {
  const auto weights = redistribute(hybrid_weights(50), {true, false, true, false});
  EXPECT_NEAR(weights[0], 0.6, 1e-9);
  EXPECT_NEAR(weights[2], 0.4, 1e-9);
  EXPECT_EQ(redistribute(hybrid_weights(50), {false, false, false, false})[3], 1);
}

TEST(Hybrid, NeighboursAreBelievedAsFarAsManyShoppersChoseTheSame) {
  EXPECT_EQ(history_trust(0), 0);
  EXPECT_DOUBLE_EQ(history_trust(35), 0.5);
  EXPECT_LT(history_trust(5), 0.03);  // a young shop
  EXPECT_GT(history_trust(150), 0.9);
  // Who passes chose among what was shown.
  EXPECT_DOUBLE_EQ(history_trust(35, 0.25), 0.25);
  EXPECT_EQ(history_trust(150, 0.5), 0);
  EXPECT_EQ(history_trust(150, 0.9), 0);
  const auto young = with_history({0.3, 0.5, 0.2, 0}, 0), old = with_history({0.3, 0.5, 0.2, 0}, 1);
  EXPECT_NEAR(young[0], 0.8, 1e-9);
  EXPECT_EQ(young[1], 0);
  EXPECT_NEAR(young[2], 0.2, 1e-9);
  EXPECT_GT(old[1], 0.7);
  for (const double trust : {0.0, 0.3, 0.7, 1.0}) {
    const auto weights = with_history(hybrid_weights(3), trust);
    EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-9);
  }
}

TEST(Hybrid, NextChoicesGetTheirShareOfTheNeighboursWeightWhateverTheTrust) {
  const HybridWeights weights{0.3, 0.5, 0.2, 0};
  for (const double trust : {0.0, 0.4, 1.0}) {
    EXPECT_EQ(with_history(weights, trust, 0), with_history(weights, trust));
    const auto with = with_history(weights, trust, 0.75), without = with_history(weights, trust);
    EXPECT_NEAR(std::accumulate(with.begin(), with.end(), 0.0), 1, 1e-9);
    EXPECT_NEAR(with[1], without[1] / 4, 1e-9);
    EXPECT_GT(with[4], 0.37);
  }
  // Of a shopper of whose choices it knows none.
  const auto left = redistribute({0.3, 0.1, 0.2, 0, 0.4}, {true, true, true, true, false});
  EXPECT_EQ(left[4], 0);
  EXPECT_NEAR(left[0], 0.5, 1e-9);
}

TEST(Hybrid, WithoutAttributesAndPhotosNeighboursRankAlone) {
  EXPECT_EQ(redistribute(hybrid_weights(3), {false, true, false, true})[1], 1);
}

TEST(Hybrid, AGarmentThatWillNotFitFallsBehind) {
  EXPECT_EQ(fit_factor(kFeatureUnknown), 1);
  EXPECT_EQ(fit_factor(1), 1);
  EXPECT_EQ(fit_factor(kFitEnough), 1);
  EXPECT_NEAR(fit_factor(0.375F), 0.25, 1e-6);
  EXPECT_EQ(fit_factor(0), 0);
}

TEST(Hybrid, AShopsFactorsChangeTheWeights) {
  const HybridWeights weights{0.4, 0.4, 0.2, 0};
  EXPECT_EQ(weighted(weights, {}), weights);
  const auto changed = weighted(weights, {.content = 0.5, .neighbours = 4, .visual = 0});
  EXPECT_NEAR(changed[0], 0.2 / 1.8, 1e-9);
  EXPECT_NEAR(changed[1], 1.6 / 1.8, 1e-9);
  EXPECT_EQ(changed[2], 0);
  EXPECT_EQ(weighted(weights, {.content = 0, .neighbours = 0, .visual = 0, .popularity = 0}), weights);
}

TEST(Hybrid, TiesAreBrokenTheSameWayForTheSameSeed) {
  std::vector<ScoredItem> a, b;
  for (Slot slot = 0; slot < 50; ++slot) a.push_back(item(slot, 0.5F));
  b.assign(a.rbegin(), a.rend());
  auto c = a;
  sort_by_score(a, 7);
  sort_by_score(b, 7);
  sort_by_score(c, 8);
  const auto slots = [](const auto& items) {
    std::vector<Slot> out;
    for (const auto& one : items) out.push_back(one.slot);
    return out;
  };
  EXPECT_EQ(slots(a), slots(b));
  EXPECT_NE(slots(a), slots(c));
}

TEST(Select, ShowsOneColourOfAGarment) {
  Rng rng(1);
  const std::vector<ScoredItem> ranked{item(0, .9F, 0, 1), item(1, .8F, 0, 1), item(2, .7F, 0, 2)};
  const auto picked = select(ranked, {}, {.count = 3}, kNothingAlike, rng);
  ASSERT_EQ(picked.size(), 2u);
  EXPECT_EQ(picked[0].item.slot, 0u);
  EXPECT_EQ(picked[1].item.slot, 2u);
  EXPECT_EQ(picked[0].propensity, 1);
}

// Ten of one brand suit, the others score higher: caps and exploration stay within the tier while it lasts.
TEST(Select, ATierWaitsForAllLowerOnes) {
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < 10; ++slot) ranked.push_back(item(slot, 0.1F, 1));
  for (Slot slot = 10; slot < 30; ++slot) {
    ranked.push_back(item(slot, 0.9F, 2));
    ranked.back().tier = 5;
  }
  sort_by_score(ranked, 7);
  for (uint64_t seed = 0; seed < 50; ++seed) {
    Rng rng(seed);
    const auto picked = select(ranked, ranked, {.count = 14, .pool = 12, .epsilon = 0.5}, kNothingAlike, rng);
    ASSERT_EQ(picked.size(), 14u);
    for (size_t i = 0; i < picked.size(); ++i) {
      EXPECT_EQ(picked[i].item.tier, i < 10 ? 0u : 5u) << i;
      EXPECT_GT(picked[i].propensity, 0);
    }
  }
}

TEST(Select, CapsABrandUntilNothingElseIsLeft) {
  Rng rng(1);
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < 8; ++slot)
    ranked.push_back(item(slot, 1.0F - 0.01F * static_cast<float>(slot), 1));
  for (Slot slot = 8; slot < 11; ++slot) ranked.push_back(item(slot, 0.1F, 2));
  const auto picked = select(ranked, {}, {.count = 10, .mmr_lambda = 1}, kNothingAlike, rng);
  ASSERT_EQ(picked.size(), 10u);
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(picked[i].item.brand, 1u);
  for (size_t i = 4; i < 7; ++i) EXPECT_EQ(picked[i].item.brand, 2u);
}

// A shop with one brand: its cap is relaxed, that of categories holds while it can.
TEST(Select, OneBrandDoesNotOpenTheAnswerToOneCategory) {
  Rng rng(1);
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < 20; ++slot) {
    ranked.push_back(item(slot, 1.0F - 0.01F * static_cast<float>(slot), 1));
    ranked.back().category = slot < 10 ? 7 : 8;
  }
  const auto picked = select(ranked, {}, {.count = 10, .mmr_lambda = 1}, kNothingAlike, rng);
  ASSERT_EQ(picked.size(), 10u);
  EXPECT_EQ(std::count_if(picked.begin(), picked.end(),
                          [](const SelectedItem& one) { return one.item.category == 7; }),
            5);
}

TEST(Select, PrefersTheDifferentOverTheAlike) {
  Rng rng(1);
  const std::vector<ScoredItem> ranked{item(0, .9F), item(1, .89F), item(2, .88F), item(3, .4F)};
  const Likeness twins = [](const ScoredItem& a, const ScoredItem& b) {
    return a.slot + b.slot == 1 ? 1.0F : 0.0F;
  };
  const auto picked = select(ranked, {}, {.count = 2}, twins, rng);
  EXPECT_EQ(picked[1].item.slot, 2u);
}

// Twenty dresses lead, as like each other as dresses are, two of them twins; forty other things follow.
TEST(Select, AKindThatLeadsStaysAndItsTwinsAreApart) {
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < 60; ++slot) {
    ranked.push_back(item(slot, 1.0F - 0.002F * static_cast<float>(slot)));
    ranked.back().category = slot < 20 ? 1 : 2 + slot % 8;
  }
  const Likeness likeness = [](const ScoredItem& a, const ScoredItem& b) {
    return a.slot + b.slot == 1 ? 0.99F : a.category == b.category ? 0.95F : 0.5F;
  };
  Rng rng(1);
  const auto picked = select(ranked, {}, {.count = 8}, likeness, rng);
  const auto dresses = std::count_if(picked.begin(), picked.end(),
                                     [](const SelectedItem& one) { return one.item.category == 1; });
  EXPECT_EQ(dresses, 4) << "as many as the cap of a category admits";
  for (const auto& one : picked) EXPECT_NE(one.item.slot, 1U) << "a twin of the first";
}

// More items are equal to the last of the pool than it holds: all of them can be shown.
TEST(Select, EqualScoresAtTheEndOfThePoolHaveOnePropensity) {
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < 50; ++slot) ranked.push_back(item(slot, 0.5F));
  Rng rng(1);
  const auto picked = select(ranked, {}, {.count = 1, .pool = 10}, kNothingAlike, rng);
  EXPECT_NEAR(picked[0].propensity, 1.0 / 50, 1e-9);
}

TEST(Select, PropensitiesMatchHowOftenItemsAreShown) {
  const std::vector<ScoredItem> ranked{item(0, .9F), item(1, .5F), item(2, .4F), item(3, .1F)};
  std::array<double, 4> shown{}, promised{};
  constexpr int kRounds = 20'000;
  Rng rng(42);
  for (int round = 0; round < kRounds; ++round) {
    const auto picked = select(ranked, ranked, {.count = 1, .epsilon = 0.2}, kNothingAlike, rng);
    shown[picked[0].item.slot] += 1.0 / kRounds;
    promised[picked[0].item.slot] = picked[0].propensity;
  }
  for (size_t slot = 0; slot < 4; ++slot) EXPECT_NEAR(shown[slot], promised[slot], 0.01);
  EXPECT_NEAR(promised[0], 0.85, 1e-9);
}

// 100,000 draws of a list of five with ties, caps that are relaxed, two colours of a garment, tiers, and
// weights: after each beginning that occurs often, each item comes as often as its stated propensity says.
TEST(Select, PropensitiesHoldAtEveryPosition) {
  std::vector<ScoredItem> ranked{item(0, .9F, 1), item(1, .9F, 1), item(2, .9F, 1),   item(3, .6F, 1),
                                 item(4, .5F, 2), item(5, .4F, 2), item(6, .3F, 3, 4)};
  std::vector<ScoredItem> explore{item(3, .6F, 1), item(4, .5F, 2), item(6, .3F, 3, 4), item(9, 0, 4)};
  explore.back().explore_weight = 4;
  for (std::vector<ScoredItem>* list : {&ranked, &explore})
    for (ScoredItem& one : *list) one.tier = one.slot == 0 || one.slot == 1 || one.slot == 3 ? 0 : 1;
  const Likeness some = [](const ScoredItem& a, const ScoredItem& b) {
    return (a.slot + b.slot) % 3 == 0 ? 0.9F : 0.0F;
  };
  struct Seen {
    double count = 0, stated = 0;
  };
  std::map<std::vector<Slot>, std::map<Slot, Seen>> after;
  std::map<std::vector<Slot>, double> rounds;
  constexpr int kRounds = 100'000;
  for (int round = 0; round < kRounds; ++round) {
    Rng rng(mix64(static_cast<uint64_t>(round)));
    sort_by_score(ranked, mix64(static_cast<uint64_t>(round) + 7'000'000));
    const auto picked = select(ranked, explore, {.count = 5, .mmr_lambda = 0.8F, .epsilon = 0.3}, some, rng);
    std::vector<Slot> before;
    for (const auto& one : picked) {
      Seen& seen = after[before][one.item.slot];
      ++seen.count;
      ++rounds[before];
      if (seen.stated != 0) {
        ASSERT_NEAR(seen.stated, one.propensity, 1e-9);
      }
      seen.stated = one.propensity;
      before.push_back(one.item.slot);
    }
  }
  int compared = 0;
  for (const auto& [before, items] : after) {
    const double n = rounds[before];
    if (n < 500) continue;
    double stated = 0;
    for (const auto& [slot, seen] : items) {
      const double deviation = std::sqrt(seen.stated * (1 - seen.stated) / n);
      EXPECT_NEAR(seen.count / n, seen.stated, 5 * deviation + 1e-9) << "slot " << slot << " of " << n;
      stated += seen.stated;
      ++compared;
    }
    EXPECT_GT(stated, 0.95) << "the propensities of what can come add up to one";
    EXPECT_LT(stated, 1 + 1e-9);
  }
  EXPECT_GT(compared, 40);
}

RC_GTEST_PROP(Select, NeverRepeatsAGarmentNorAnswersLessThanItCould, ()) {
  const auto garments = *rc::gen::container<std::vector<uint8_t>>(rc::gen::inRange<uint8_t>(0, 12));
  const auto count = *rc::gen::inRange<size_t>(1, 20);
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  std::vector<ScoredItem> ranked;
  for (Slot slot = 0; slot < garments.size(); ++slot)
    ranked.push_back(item(slot, 1.0F / static_cast<float>(slot + 1), garments[slot] % 3, garments[slot]));
  const auto picked = select(ranked, ranked, {.count = count, .pool = 5, .epsilon = 0.3}, kNothingAlike, rng);
  std::set<uint32_t> distinct(garments.begin(), garments.end()), seen;
  for (const auto& one : picked) {
    RC_ASSERT(seen.insert(one.item.garment).second);
    RC_ASSERT(one.propensity > 0 && one.propensity <= 1);
  }
  RC_ASSERT(picked.size() == std::min(count, distinct.size()));
}

TEST(Exploration, DecaysToItsFloor) {
  const ExplorationOptions options;
  EXPECT_DOUBLE_EQ(exploration_epsilon({}, options), 0.10);
  EXPECT_NEAR(exploration_epsilon({.signals = 200}, options), 0.05, 1e-6);
}

TEST(Exploration, FollowsHowLittleIsKnownOfTheShopper) {
  const ExplorationOptions options;
  const auto epsilon = [&](TasteEvidence known) { return exploration_epsilon(known, options); };
  EXPECT_LT(epsilon({.signals = 3}), epsilon({.signals = 1}));
  EXPECT_LT(epsilon({.signals = 3, .purchases = 3}), epsilon({.signals = 3}));
  EXPECT_NEAR(epsilon({.signals = 3, .purchases = 3}), epsilon({.signals = 12}), 1e-9);
  EXPECT_LT(epsilon({.signals = 3, .support = 100}), epsilon({.signals = 3, .support = 5}));
  EXPECT_NEAR(epsilon({.signals = 3, .support = 1e6}), options.epsilon_min, 1e-3);
  for (const int signals : {0, 5, 500})
    for (const double support : {0.0, 10.0, 1e4})
      EXPECT_GE(epsilon({.signals = signals, .purchases = signals, .support = support}), options.epsilon_min);
}

}  // namespace
}  // namespace modiste
