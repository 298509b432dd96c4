#include "features/taste_regression.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

using Inputs = std::vector<TasteInput>;

TEST(TasteRegression, OfOneInputIsWhereLikesAndPriorBalance) {
  TasteExamples examples;
  examples.add(Inputs{{0, 1}}, true, 3);
  examples.add(Inputs{{0, 1}}, false, 1);
  const TastePosterior found = fit_taste(examples, {{0.5F}, {4}});
  ASSERT_EQ(found.numbers, std::vector<uint32_t>{0});
  const double weight = static_cast<double>(found.weights[0]), liked = 1 / (1 + std::exp(-weight));
  EXPECT_NEAR(3 * (1 - liked) - liked, (weight - 0.5) / 4, 1e-3)
      << "slope of the likelihood, and of the prior";
  EXPECT_NEAR(static_cast<double>(found.variances[0]), 1 / (0.25 + 4 * liked * (1 - liked)), 1e-3);
}

TEST(TasteRegression, WhatShoppersAgreeAboutHardlyMoves) {
  TasteExamples examples;
  examples.add(Inputs{{0, 1}, {1, 1}}, true, 1);
  const TastePosterior found = fit_taste(examples, {{0, 0}, {4, 0.01F}});
  ASSERT_EQ(found.weights.size(), 2u);
  EXPECT_GT(found.weights[0], 0.5F);
  EXPECT_LT(found.weights[1], 0.01F);
}

// Two inputs that always come together share what the likes say; the slope vanishes in both.
TEST(TasteRegression, InputsThatComeTogetherShareTheWeight) {
  TasteExamples examples;
  for (int i = 0; i < 5; ++i) examples.add(Inputs{{0, 0.6F}, {1, 0.8F}}, true, 1);
  examples.add(Inputs{{0, 0.6F}, {2, 0.5F}}, false, 1);
  const TastePrior prior{{0, 0, 0}, {2, 2, 2}};
  const TastePosterior found = fit_taste(examples, prior);
  const auto liking = [&](std::vector<std::pair<size_t, double>> inputs) {
    double sum = 0;
    for (const auto& [i, value] : inputs) sum += static_cast<double>(found.weights[i]) * value;
    return 1 / (1 + std::exp(-sum));
  };
  const double of_liked = liking({{0, 0.6}, {1, 0.8}}), of_passed = liking({{0, 0.6}, {2, 0.5}});
  EXPECT_NEAR(5 * 0.6 * (1 - of_liked) - 0.6 * of_passed, static_cast<double>(found.weights[0]) / 2, 2e-3);
  EXPECT_NEAR(5 * 0.8 * (1 - of_liked), static_cast<double>(found.weights[1]) / 2, 2e-3);
  EXPECT_NEAR(-0.5 * of_passed, static_cast<double>(found.weights[2]) / 2, 2e-3);
}

TEST(TasteRegression, OnlyInputsOfTheExamplesAreAnswered) {
  EXPECT_TRUE(fit_taste({}, {{1}, {1}}).numbers.empty());
  TasteExamples examples;
  examples.add(Inputs{{3, 1}, {1, 1}}, false, 1);
  EXPECT_EQ(fit_taste(examples, {{0, 0, 0, 0}, {1, 1, 1, 1}}).numbers, (std::vector<uint32_t>{1, 3}));
}

// Newton's whole step leads away here: every example is far on the flat side of the curve.
TEST(TasteRegression, FarFromThePriorItStillFindsTheBest) {
  TasteExamples examples;
  for (int i = 0; i < 60; ++i) examples.add(Inputs{{0, 1}, {1, -3}, {2, 9}}, i % 2 == 0, 1);
  const TastePrior prior{{-1, 0, -1}, {1, 1, 1}};
  const TastePosterior found = fit_taste(examples, prior);
  const double logit = static_cast<double>(found.weights[0] - 3 * found.weights[1] + 9 * found.weights[2]);
  const double liked = 1 / (1 + std::exp(-logit)), slope = 60 * (0.5 - liked);
  EXPECT_NEAR(slope, static_cast<double>(found.weights[0]) + 1, 0.05);
  EXPECT_NEAR(-3 * slope, static_cast<double>(found.weights[1]), 0.15);
  EXPECT_NEAR(9 * slope, static_cast<double>(found.weights[2]) + 1, 0.45);
}

}  // namespace
}  // namespace modiste
