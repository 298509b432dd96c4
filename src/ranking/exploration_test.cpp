#include "ranking/exploration.h"

#include <gtest/gtest.h>

#include <map>

#include "ranking/select.h"

namespace modiste {
namespace {

const std::vector<GarmentTrials> kTrials{{.positives = 30, .impressions = 100},
                                         {.positives = 5, .impressions = 100},
                                         {.is_new = true},
                                         {.positives = 1, .impressions = 2}};

TEST(ExplorationWeights, ThompsonsAreTheChancesToBeTheBest) {
  const auto weights = exploration_weights(ExplorationDraw::kThompson, kTrials);
  double sum = 0;
  for (const float weight : weights) sum += static_cast<double>(weight);
  EXPECT_NEAR(sum, 1, 1e-4);
  EXPECT_LT(weights[1], 0.01) << "surely worse than the first";
  EXPECT_GT(weights[2], 0.1) << "unknown: it may be the best";
  const std::vector<GarmentTrials> even{{3, 6, false}, {3, 6, false}};
  const auto halves = exploration_weights(ExplorationDraw::kThompson, even);
  EXPECT_NEAR(halves[0], 0.5, 1e-6);
}

TEST(ExplorationWeights, UpperBoundsPreferWhatWasShownLeast) {
  const auto weights = exploration_weights(ExplorationDraw::kUcb, kTrials);
  EXPECT_EQ(std::max_element(weights.begin(), weights.end()) - weights.begin(), 2);
  for (const float weight : weights) EXPECT_GT(weight, 0);
}

// Two places, every order that can come: the stated probabilities of all of them add up to one.
TEST(ExplorationWeights, PropensitiesOfAllOutcomesAddUpToOne) {
  for (const ExplorationDraw draw :
       {ExplorationDraw::kEven, ExplorationDraw::kThompson, ExplorationDraw::kUcb}) {
    std::vector<ScoredItem> items;
    auto weights = exploration_weights(draw, kTrials);
    for (Slot slot = 0; slot < 4; ++slot) {
      ScoredItem item;
      item.slot = slot;
      item.garment = slot;
      item.score = 0.9F - 0.1F * static_cast<float>(slot);
      // What hardly ever comes would take too many draws to be seen; the formula is the same.
      item.explore_weight = std::max(weights[slot], 0.1F);
      items.push_back(item);
    }
    std::map<std::pair<Slot, Slot>, double> outcomes;
    for (uint64_t round = 0; round < 40'000; ++round) {
      Rng rng(mix64(round));
      const auto picked = select(
          items, items, {.count = 2, .epsilon = 0.5},
          [](const ScoredItem&, const ScoredItem&) { return 0.0F; }, rng);
      outcomes[{picked[0].item.slot, picked[1].item.slot}] = picked[0].propensity * picked[1].propensity;
    }
    double sum = 0;
    for (const auto& [order, probability] : outcomes) sum += probability;
    EXPECT_EQ(outcomes.size(), 12U) << name_of(draw);
    EXPECT_NEAR(sum, 1, 1e-6) << name_of(draw);
  }
}

}  // namespace
}  // namespace modiste
