#include "simulation/planted_noise.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(PlantedNoise, IsFoundWithoutAccusingPeople) {
  for (const uint64_t seed : {7u, 8u, 9u}) {
    const auto report = measure_noise({.people = 400, .seed = seed});
    for (const auto& mark : report.marks) {
      ASSERT_GT(mark.planted, 50u) << mark.mark;
      EXPECT_GT(mark.precision(), 0.85) << mark.mark << ", seed " << seed;
      EXPECT_GT(mark.recall(), 0.9) << mark.mark << ", seed " << seed;
    }
  }
}

TEST(PlantedNoise, IsTheSameForTheSameSeed) {
  const auto a = plant_noise({.people = 20}), b = plant_noise({.people = 20});
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(to_json_text(a[i].event), to_json_text(b[i].event));
}

}  // namespace
}  // namespace modiste
