#include "head_training/fit_linear_classifier.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

// Scores of a row by class.
std::vector<float> scores(const LinearClassifier& classifier, std::span<const float> row) {
  std::vector<float> out = classifier.bias;
  for (size_t c = 0; c < classifier.classes; ++c)
    for (size_t f = 0; f < classifier.features; ++f)
      out[c] += classifier.weight[c * classifier.features + f] * row[f];
  return out;
}

TEST(LinearClassifierTest, SeparatesClassesAndKnowsWhichIsCommoner) {
  std::vector<float> rows;
  std::vector<int32_t> labels;
  for (int i = 0; i < 40; ++i) {
    const int32_t label = i % 4 == 0 ? 1 : 0;
    rows.insert(rows.end(), {label == 1 ? 1.0F : 0.0F, label == 0 ? 1.0F : 0.0F});
    labels.push_back(label);
  }
  const auto fitted = fit_linear_classifier(rows, 2, labels, 2, 1);
  const auto first = scores(fitted, std::vector<float>{0, 1}),
             second = scores(fitted, std::vector<float>{1, 0});
  EXPECT_GT(first[0], first[1]);
  EXPECT_GT(second[1], second[0]);
  const auto between = scores(fitted, std::vector<float>{0.5F, 0.5F});
  EXPECT_GT(between[0], between[1]) << "three in four are of the first class";
}

TEST(LinearClassifierTest, AStrongPenaltyLeavesTheFrequencies) {
  const std::vector<float> rows{1, 0, 1, 0, 1, 0, 0, 1};
  const std::vector<int32_t> labels{0, 0, 0, 1};
  const auto fitted = fit_linear_classifier(rows, 2, labels, 2, 1e6);
  EXPECT_NEAR(fitted.weight[0], 0, 1e-3);
  EXPECT_NEAR(fitted.bias[0] - fitted.bias[1], std::log(3.0), 0.02);
}

}  // namespace
}  // namespace modiste
