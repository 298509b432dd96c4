#include "learning/ranker/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/rng.h"

namespace modiste {
namespace {

std::vector<CalibrationRow> drawn(double slope, double offset, double mean, double spread, bool examined) {
  Rng rng(5);
  std::vector<CalibrationRow> rows;
  for (int i = 0; i < 40'000; ++i) {
    CalibrationRow row;
    row.sum = mean + spread * rng.normal();
    row.examined = examined ? 1.0 / (1 + i % 20) : 1;
    row.outcome = rng.uniform() < row.examined / (1 + std::exp(-slope * row.sum - offset));
    rows.push_back(row);
  }
  return rows;
}

TEST(Calibration, FindsWhatTheOutcomesWereDrawnBy) {
  struct Case {
    double slope, offset, mean, spread;
    bool examined;
  };
  for (const Case& one : {Case{1, -1, 0, 1, false}, Case{0.95, -8.3, 6, 1.5, false},
                          Case{0.3, -4, 10, 4, false}, Case{2, -2, 0, 1, true}, Case{0.5, -6, 8, 2, true}}) {
    const auto fitted = fit_calibration(drawn(one.slope, one.offset, one.mean, one.spread, one.examined));
    EXPECT_NEAR(fitted.slope, one.slope, 0.12 * one.slope) << one.mean;
    EXPECT_NEAR(fitted.offset, one.offset, 0.1 * std::abs(one.offset)) << one.mean;
  }
}

TEST(Calibration, APlaceIsNotLookedAtMoreThanAlways) {
  auto rows = drawn(1, -1, 0, 1, false);
  const auto fitted = fit_calibration(rows);
  for (size_t i = 0; i < rows.size(); i += 50) rows[i].examined = 3;
  EXPECT_DOUBLE_EQ(fit_calibration(rows).slope, fitted.slope);
}

TEST(Calibration, WithoutOutcomesItStaysWithinItsBounds) {
  std::vector<CalibrationRow> rows(100, {1, 1, false});
  const auto none = fit_calibration(rows);
  EXPECT_GE(none.offset, -20);
  for (auto& row : rows) row.outcome = true;
  const auto all = fit_calibration(rows);
  EXPECT_LE(all.offset, 20);
  EXPECT_TRUE(std::isfinite(all.slope));
  EXPECT_EQ(fit_calibration({}).slope, 1);
}

}  // namespace
}  // namespace modiste
