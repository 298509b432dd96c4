#include "head_training/head_losses.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace modiste {
namespace {

at::Tensor matrix(std::vector<float> values, int64_t columns) {
  return at::tensor(at::ArrayRef<float>(values)).view({-1, columns});
}

at::Tensor marks(std::vector<float> values, int64_t columns) {
  return matrix(std::move(values), columns).to(at::kBool);
}

TEST(HeadLossesTest, WithOnePositivePerRowItIsCrossEntropyOfTheDiagonal) {
  const auto logits = matrix({1, 2, 3, 4}, 2);
  const Relations relations{marks({1, 0, 0, 1}, 2), marks({0, 1, 1, 0}, 2)};
  const double expected =
      0.5 * (std::log(std::exp(1) + std::exp(2)) - 1 + std::log(std::exp(3) + std::exp(4)) - 4);
  EXPECT_NEAR(info_nce(logits, relations).item<double>(), expected, 1e-6);
}

TEST(HeadLossesTest, SeveralPositivesShareTheTarget) {
  const auto logits = matrix({1, 2, 0}, 3);
  const Relations relations{marks({1, 1, 0}, 3), marks({0, 0, 1}, 3)};
  const double all = std::log(std::exp(1) + std::exp(2) + 1);
  EXPECT_NEAR(info_nce(logits, relations).item<double>(), all - 1.5, 1e-6);
}

TEST(HeadLossesTest, WhatIsNeitherIsLeftOut) {
  const Relations relations{marks({1, 0, 0}, 3), marks({0, 1, 0}, 3)};
  const auto small = info_nce(matrix({1, 2, -50}, 3), relations),
             large = info_nce(matrix({1, 2, 50}, 3), relations);
  EXPECT_EQ(small.item<float>(), large.item<float>());
  EXPECT_NEAR(small.item<double>(), std::log(std::exp(1) + std::exp(2)) - 1, 1e-6);
}

TEST(HeadLossesTest, RowsWithoutAPositiveDoNotCount) {
  const Relations relations{marks({1, 0, 0, 0}, 2), marks({0, 1, 1, 0}, 2)};
  const double first = std::log(std::exp(1) + std::exp(2)) - 1;
  EXPECT_NEAR(info_nce(matrix({1, 2, 9, 9}, 2), relations).item<double>(), first, 1e-6);
  const Relations none{marks({0, 0, 0, 0}, 2), marks({0, 1, 1, 0}, 2)};
  EXPECT_EQ(info_nce(matrix({1, 2, 9, 9}, 2), none).item<double>(), 0);
}

TEST(HeadLossesTest, LeftOutEntriesCarryNoGradient) {
  auto logits = matrix({1, 2, 3}, 3).requires_grad_();
  info_nce(logits, {marks({1, 0, 0}, 3), marks({0, 1, 0}, 3)}).backward();
  EXPECT_EQ(logits.grad()[0][2].item<float>(), 0);
  EXPECT_LT(logits.grad()[0][0].item<float>(), 0);
  EXPECT_TRUE(at::isfinite(logits.grad()).all().item<bool>());
}

TEST(HeadLossesTest, UnknownLabelsAreSkipped) {
  const auto logits = matrix({0, 0, 5, -5}, 2);
  const auto labels = at::tensor(std::vector<int64_t>{0, -1});
  EXPECT_NEAR(known_cross_entropy(logits, labels, 0).item<double>(), std::log(2), 1e-6);
  EXPECT_EQ(known_cross_entropy(logits, at::tensor(std::vector<int64_t>{-1, -1}), 0).item<double>(), 0);
}

}  // namespace
}  // namespace modiste
