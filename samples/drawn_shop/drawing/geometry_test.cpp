#include "drawn_shop/drawing/geometry.h"

#include <gtest/gtest.h>

namespace modiste::drawn_shop::drawing {
namespace {

TEST(Path, WritesDataWithOneDecimalAndNoMinusZero) {
  Path path({0, -0.01});
  path.line({10.04, 5}).curve({1, 2}, {3, 4}, {-5.25, 6}).close();
  EXPECT_EQ(path_data(path, {}), "M0 0L10 5C1 2 3 4 -5.3 6Z");
}

TEST(Path, ReversedTwiceIsItself) {
  Path path({0, 0});
  path.line({10, 0}).quad({20, 5}, {10, 10}).through({{4, 12}, {-6, 9}});
  EXPECT_EQ(path_data(path.reversed().reversed(), {}), path_data(path, {}));
  EXPECT_EQ(path.reversed().start(), path.end());
}

TEST(Path, ThroughPassesThroughItsPoints) {
  Path path({0, 0});
  path.through({{10, 3}, {20, -4}, {30, 8}});
  ASSERT_EQ(path.segments().size(), 3U);
  EXPECT_EQ(path.segments()[0].to, (Point{10, 3}));
  EXPECT_EQ(path.at(2.0 / 3), (Point{20, -4}));
}

TEST(Path, SymmetricIsItsOwnMirrorImage) {
  Path half({0, 0});
  half.line({30, 5}).curve({40, 30}, {35, 60}, {28, 80}).line({0, 84});
  const Box box = symmetric(half).box();
  EXPECT_NEAR(box.low.x, -box.high.x, 1e-9);
  EXPECT_TRUE(symmetric(half).closed());
}

TEST(Warp, MovesLittleAndSmoothly) {
  Rng rng(5);
  const Warp warp(rng, 2.6);
  for (double x = -200; x < 200; x += 7)
    for (double y = 0; y < 500; y += 11) {
      const Point moved = warp({x, y}) - Point{x, y};
      EXPECT_LE(length(moved), 3 * 2.6 * 1.2);
      EXPECT_LT(length(warp({x + 1, y}) - warp({x, y}) - Point{1, 0}), 0.2);
    }
}

TEST(Shapes, RectangleAndEllipseFillTheirBoxes) {
  const Box box = rectangle({-10, 4}, {30, 24}, 5).box();
  EXPECT_NEAR(box.width(), 40, 1e-9);
  EXPECT_NEAR(box.height(), 20, 1e-9);
  EXPECT_NEAR(ellipse({3, 4}, 10, 6).box().high.x, 13, 1e-9);
}

}  // namespace
}  // namespace modiste::drawn_shop::drawing
