#include "embedding/kind_regression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

constexpr size_t kDimension = 16;
constexpr std::array<TermId, 3> kKinds{7, 3, 9};

// Of one kind; as far from its middle as the middles are from each other.
Vector drawn(size_t kind, Rng& rng) {
  Vector vector(kDimension);
  for (float& component : vector) component = 0.35F * static_cast<float>(rng.normal());
  vector[kind] += 1;
  normalise(vector);
  return vector;
}

// Many of the first kind, few of the last.
std::vector<KindExample> shop(size_t items, Rng& rng) {
  std::vector<KindExample> examples;
  for (size_t i = 0; i < items; ++i) {
    const size_t kind = i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2;
    examples.push_back({drawn(kind, rng), kKinds[kind]});
  }
  return examples;
}

TEST(KindRegression, NamesTheKindsOfAShopThatItLearnedFrom) {
  Rng rng(5);
  const KindRegression learned = KindRegression::learn(shop(300, rng));
  size_t right = 0;
  constexpr size_t kAsked = 300;
  for (size_t i = 0; i < kAsked; ++i) {
    const auto kinds = learned.kinds(drawn(i % 3, rng));
    ASSERT_EQ(kinds.size(), kKinds.size());
    const double sum = std::accumulate(
        kinds.begin(), kinds.end(), 0.0,
        [](double total, const TermShare& one) { return total + static_cast<double>(one.share); });
    EXPECT_NEAR(sum, 1, 1e-5);
    const auto most = std::max_element(
        kinds.begin(), kinds.end(), [](const TermShare& a, const TermShare& b) { return a.share < b.share; });
    right += most->term == kKinds[i % 3] ? 1 : 0;
  }
  EXPECT_GT(right, kAsked * 8 / 10);
}

TEST(KindRegression, AnItemIsWhatItIsSaidToBe) {
  std::vector<KindExample> examples;
  Rng rng(2);
  for (size_t i = 0; i < 40; ++i) examples.push_back({drawn(i % 3, rng), kKinds[i % 3]});
  const auto learned = KindRegression::learn(examples, {.lambda = 1e-4F});
  for (const KindExample& one : examples)
    for (const TermShare& kind : learned.kinds(one.vector))
      EXPECT_EQ(kind.share > 0.9F, kind.term == one.category) << kind.share;
}

TEST(KindRegression, OfNoItemsOrAnotherDimensionItKnowsNothing) {
  Rng rng(1);
  EXPECT_TRUE(KindRegression::learn({}).kinds(drawn(0, rng)).empty());
  EXPECT_TRUE(KindRegression::learn(shop(30, rng)).kinds(Vector(8, 0.1F)).empty());
  EXPECT_EQ(KindRegression::learn(shop(1, rng)).kinds(drawn(0, rng)).size(), 1U);
}

}  // namespace
}  // namespace modiste
