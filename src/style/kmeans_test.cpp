#include "style/kmeans.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(KMeans, SquaredDistanceIsThatOfTheDefinition) {
  Rng rng(3);
  for (const size_t size : {0U, 1U, 15U, 16U, 17U, 430U}) {
    std::vector<float> a(size), b(size);
    double right = 0;
    for (size_t i = 0; i < size; ++i) {
      a[i] = static_cast<float>(rng.uniform());
      b[i] = static_cast<float>(rng.uniform());
      right += static_cast<double>(a[i] - b[i]) * static_cast<double>(a[i] - b[i]);
    }
    EXPECT_NEAR(squared_distance(a, b), right, 1e-5 * (1 + right)) << size;
  }
}

TEST(KMeans, FewerDistinctRowsThanClustersAreFoundExactly) {
  std::vector<float> values;
  for (int i = 0; i < 30; ++i)
    values.insert(values.end(), {i % 3 == 0 ? 1.0F : 0.0F, i % 3 == 1 ? 1.0F : 0.0F});
  Rng rng(7);
  const KMeans found = k_means({values, 2}, 8, {}, rng);
  EXPECT_EQ(found.centres.size(), 8U);
  EXPECT_EQ(found.spread, 0);
  EXPECT_NE(found.nearest[0], found.nearest[1]);
  EXPECT_EQ(found.nearest[0], found.nearest[3]);
}

}  // namespace
}  // namespace modiste
