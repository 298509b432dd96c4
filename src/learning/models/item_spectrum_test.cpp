#include "learning/models/item_spectrum.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

Histories drawn_rows(size_t items, size_t rows) {
  Rng rng(9);
  Histories histories{items, {}};
  for (size_t r = 0; r < rows; ++r) {
    History row;
    const size_t group = rng.below(3);
    for (size_t i = 0; i < 2 + rng.below(3); ++i)
      row.push_back(static_cast<ItemNumber>(group * (items / 3) + rng.below(items / 3)));
    histories.rows.push_back(row);
  }
  return histories;
}

struct CountedSpectrum {
  float distance_power;
  size_t window;
};
class ItemSpectrumOf : public testing::TestWithParam<CountedSpectrum> {};

// The products of all rows, which do not depend on the signs of the vectors, are those of the dense solution.
TEST_P(ItemSpectrumOf, IsTheDenseDecomposition) {
  constexpr int kItems = 24;
  constexpr size_t kWidth = 5;
  const Histories histories = drawn_rows(kItems, 300);
  SpectrumOptions options;
  options.width = kWidth;
  options.rounds = 60;
  options.distance_power = GetParam().distance_power;
  options.window = GetParam().window;
  Eigen::MatrixXd together = Eigen::MatrixXd::Zero(kItems, kItems);
  for (const History& row : histories.rows) {
    const History distinct = distinct_latest(row);
    for (size_t a = 0; a < distinct.size(); ++a)
      for (size_t b = 0; b < distinct.size(); ++b) {
        const size_t distance = a > b ? a - b : b - a;
        if (distance == 0 || distance > options.window) continue;
        together(distinct[a], distinct[b]) +=
            std::pow(static_cast<double>(distance), -double{options.distance_power});
      }
  }
  const Eigen::VectorXd scale = together.rowwise().sum().array().pow(-double{options.power});
  together = scale.asDiagonal() * together * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(together);
  const Eigen::MatrixXd vectors = solved.eigenvectors().rightCols(kWidth);
  Eigen::MatrixXd expected =
      vectors * solved.eigenvalues().tail(kWidth).cwiseMax(0).asDiagonal() * vectors.transpose();
  const std::vector<float> rows = item_spectrum(histories, options);
  ASSERT_EQ(rows.size(), kItems * kWidth);
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::MatrixXd found = Eigen::Map<const Rows>(rows.data(), kItems, kWidth).cast<double>();
  Eigen::MatrixXd products = found * found.transpose();
  products /= products.trace();
  expected /= expected.trace();
  EXPECT_LT((products - expected).norm(), 1e-3);
  EXPECT_NEAR(std::sqrt(found.squaredNorm() / static_cast<double>(found.size())), options.deviation, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Pairs, ItemSpectrumOf,
                         testing::Values(CountedSpectrum{0, 100}, CountedSpectrum{1, 2},
                                         CountedSpectrum{0.5F, 100}));

TEST(ItemSpectrum, OfNothingIsNothing) {
  EXPECT_TRUE(item_spectrum({}).empty());
  SpectrumOptions options;
  options.width = 4;
  const auto rows = item_spectrum({3, {{0}, {1}}}, options);
  ASSERT_EQ(rows.size(), 12U);
  for (const float value : rows) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace modiste
