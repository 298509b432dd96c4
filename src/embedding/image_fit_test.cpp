#include <gtest/gtest.h>

#include "embedding/image_fit.h"
#include "embedding/test_images.h"

namespace modiste {
namespace {

constexpr Rgb kBlue{20, 40, 220};

std::vector<uint8_t> fit(const RgbImage& image, Box part, int side) {
  std::vector<uint8_t> square(static_cast<size_t>(side) * static_cast<size_t>(side) * 3);
  letterbox(image, part, side, square);
  return square;
}

TEST(Letterbox, CentresOnWhite) {
  const auto square = fit(make_photo(100, 50, kBlue, kBlue), {0, 0, 100, 50}, 40);
  const auto pixel = [&](size_t x, size_t y) { return square[(y * 40 + x) * 3]; };
  EXPECT_EQ(pixel(20, 0), 255);
  EXPECT_EQ(pixel(20, 9), 255);
  EXPECT_EQ(pixel(0, 10), kBlue.r);
  EXPECT_EQ(pixel(39, 29), kBlue.r);
  EXPECT_EQ(pixel(20, 30), 255);
}

TEST(Letterbox, KeepsTheMeanWhenShrinking) {
  RgbImage checker{64, 64, {}};
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) checker.pixels.insert(checker.pixels.end(), 3, (x + y) % 2 ? 255 : 0);
  for (const uint8_t value : fit(checker, {0, 0, 64, 64}, 8)) EXPECT_NEAR(value, 127, 8);
}

TEST(Letterbox, TakesOnlyThePart) {
  const auto photo = make_photo(100, 100, {255, 0, 0}, kBlue, 0.5F);
  const auto square = fit(photo, {30, 30, 70, 70}, 16);
  for (size_t i = 0; i < square.size(); i += 3) EXPECT_EQ(square[i], kBlue.r);
}

TEST(Letterbox, EnlargesOnePixel) {
  const auto square = fit(make_photo(1, 1, kBlue, kBlue), {0, 0, 1, 1}, 7);
  for (size_t i = 0; i < square.size(); i += 3) EXPECT_EQ(square[i + 2], kBlue.b);
}

}  // namespace
}  // namespace modiste
