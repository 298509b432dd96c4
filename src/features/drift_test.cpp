#include "features/drift.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/rng.h"

namespace modiste {
namespace {

std::vector<float> uniform(uint64_t seed, size_t count, float from, float to) {
  Rng rng(seed);
  std::vector<float> values;
  for (size_t i = 0; i < count; ++i) values.push_back(from + (to - from) * static_cast<float>(rng.uniform()));
  return values;
}

FeatureDefinition number() {
  FeatureDefinition feature;
  feature.name = "x";
  return feature;
}

TEST(FeatureDrift, IsWhatSiddiqisFormulaSays) {
  // Two values by shares 0.5, 0.5 and 0.8, 0.2: (0.3) ln 1.6 + (-0.3) ln 0.4.
  std::vector<float> reference(10, 0), latest(10, 0);
  for (int i = 0; i < 5; ++i) reference[static_cast<size_t>(i)] = 1;
  for (int i = 0; i < 2; ++i) latest[static_cast<size_t>(i)] = 1;
  EXPECT_NEAR(population_stability(reference, latest, true, {}), 0.3 * std::log(1.6) - 0.3 * std::log(0.4),
              1e-9);
}

TEST(FeatureDrift, IsSmallForTheSameAndLargeForAnother) {
  const auto reference = uniform(1, 5'000, 0, 1);
  const auto same = drift_of(number(), reference, uniform(2, 5'000, 0, 1), {});
  EXPECT_LT(*same.psi, 0.01);
  EXPECT_EQ(same.verdict, DriftVerdict::kStable);
  const auto other = drift_of(number(), reference, uniform(3, 5'000, 0.4F, 1.4F), {});
  EXPECT_EQ(other.verdict, DriftVerdict::kAct);
  EXPECT_NEAR(other.quantiles[3], 0.9, 0.03);
}

// If a fifth of the values is no longer known, that is a change, although the known values have not moved.
TEST(FeatureDrift, CountsTheUnknown) {
  auto latest = uniform(2, 5'000, 0, 1);
  for (size_t i = 0; i < latest.size(); i += 5) latest[i] = static_cast<float>(kMissing);
  const auto drift = drift_of(number(), uniform(1, 5'000, 0, 1), latest, {});
  EXPECT_NEAR(drift.unknown_share, 0.2, 1e-9);
  EXPECT_EQ(drift.verdict, DriftVerdict::kAct);
}

TEST(FeatureDrift, SaysNothingOfAFew) {
  const auto drift = drift_of(number(), uniform(1, 5'000, 0, 1), uniform(2, 40, 3, 4), {});
  EXPECT_FALSE(drift.psi);
  EXPECT_EQ(drift.verdict, DriftVerdict::kTooFew);
}

TEST(FeatureDrift, SurvivesAFeatureThatIsMostlyOneValue) {
  std::vector<float> reference(1'000, 0), latest(1'000, 0);
  EXPECT_EQ(population_stability(reference, latest, false, {}), 0);
  for (size_t i = 0; i < 500; ++i) latest[i] = 7;
  EXPECT_GT(population_stability(reference, latest, false, {}), 0.25);
}

RC_GTEST_PROP(DriftProperty, IsNeverNegativeAndZeroForTheSameValues, (const std::vector<int>& drawn)) {
  RC_PRE(!drawn.empty());
  std::vector<float> values(drawn.begin(), drawn.end());
  RC_ASSERT(std::abs(population_stability(values, values, false, {})) < 1e-9);
  std::vector<float> others;
  for (const float value : values) others.push_back(value * 2 + 1);
  RC_ASSERT(population_stability(values, others, false, {}) >= 0);
}

}  // namespace
}  // namespace modiste
