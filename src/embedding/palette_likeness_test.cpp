#include "embedding/palette_likeness.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

using Palette = std::vector<std::string>;

float likeness_of(const Palette& x, const Palette& y) { return PaletteLikeness(x).to(y); }

TEST(PaletteLikeness, IsOneForTheSameColoursAndTheSameBothWays) {
  const Palette striped{"#1f2f5f", "#ffffff"}, red{"#b01020", "#101010"};
  EXPECT_NEAR(likeness_of(striped, striped), 1, 1e-4);
  EXPECT_NEAR(likeness_of(striped, red), likeness_of(red, striped), 1e-5);
}

TEST(PaletteLikeness, ShadesOfAColourAreNearerThanOtherColours) {
  const Palette navy{"#1f2f5f"}, blue{"#2b4a9f"}, yellow{"#e8c020"};
  EXPECT_GT(likeness_of(navy, blue), 0.5F);
  EXPECT_LT(likeness_of(navy, yellow), 0.2F);
}

TEST(PaletteLikeness, TheMainColourDecides) {
  const Palette query{"#b01020"};
  EXPECT_GT(likeness_of(query, {"#b01020", "#ffffff"}), likeness_of(query, {"#ffffff", "#b01020"}));
}

TEST(PaletteLikeness, IsZeroWithoutColours) {
  EXPECT_EQ(likeness_of({}, {"#b01020"}), 0);
  EXPECT_EQ(likeness_of({"#b01020"}, {}), 0);
  EXPECT_EQ(likeness_of({"red"}, {"#b01020"}), 0);
}

}  // namespace
}  // namespace modiste
