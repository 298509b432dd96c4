#include "outfits/curated_pairs.h"

#include <gtest/gtest.h>

#include <array>

namespace modiste::outfits {
namespace {

// Whatever is worn: the same score.
class Flat final : public Compatibility {
 public:
  explicit Flat(double score) : score_(score) {}
  [[nodiscard]] std::string_view name() const override { return "flat"; }
  [[nodiscard]] double pair(const Wearable&, const Wearable&) const override { return score_; }
  [[nodiscard]] double set(std::span<const Wearable>) const override { return score_; }

 private:
  double score_;
};

Wearable worn(uint64_t garment) {
  Wearable look;
  look.garment = garment;
  return look;
}

TEST(CuratedPairs, GoTogetherWhateverTheBaseSays) {
  const Flat base(0.3);
  const CuratedPairs curated(base, {curated_key(2, 1)});
  EXPECT_DOUBLE_EQ(curated.pair(worn(1), worn(2)), CuratedPairs::kCuratedPair);
  EXPECT_DOUBLE_EQ(curated.pair(worn(2), worn(1)), CuratedPairs::kCuratedPair);
  EXPECT_DOUBLE_EQ(curated.pair(worn(1), worn(3)), 0.3);
  const std::array<Wearable, 3> three{worn(1), worn(2), worn(3)};
  EXPECT_NEAR(curated.set(three), 0.3 + 0.7 / 3, 1e-12) << "one pair of three";
  const std::array<Wearable, 2> both{worn(1), worn(2)};
  EXPECT_DOUBLE_EQ(curated.set(both), 1);
  EXPECT_DOUBLE_EQ(CuratedPairs(Flat(0.99), {curated_key(1, 2)}).pair(worn(1), worn(2)), 0.99);
}

}  // namespace
}  // namespace modiste::outfits
