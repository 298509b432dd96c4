#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "embedding/palette.h"
#include "embedding/test_images.h"
#include "embedding/towers.h"

namespace modiste {
namespace {

constexpr Rgb kNavy{30, 36, 80}, kCrimson{205, 30, 45}, kSheet{222, 214, 200}, kPaper{250, 250, 250};

TEST(Lab, KnowsReferenceColours) {
  // CIE values of sRGB primaries under D65, to two digits.
  const Lab red = to_lab({255, 0, 0});
  EXPECT_NEAR(red.l, 53.24F, 0.05F);
  EXPECT_NEAR(red.a, 80.09F, 0.1F);
  EXPECT_NEAR(red.b, 67.20F, 0.1F);
  const Lab white = to_lab({255, 255, 255});
  EXPECT_NEAR(white.l, 100, 0.01F);
  EXPECT_NEAR(white.a, 0, 0.01F);
}

TEST(Lab, ComesBackFromEveryGreyAndCorner) {
  for (int i = 0; i < 256; i += 5)
    for (const Rgb colour :
         {Rgb{static_cast<uint8_t>(i), 255, 0},
          Rgb{static_cast<uint8_t>(i), static_cast<uint8_t>(i), static_cast<uint8_t>(i)}}) {
      const Rgb back = to_rgb(to_lab(colour));
      EXPECT_NEAR(back.r, colour.r, 1);
      EXPECT_NEAR(back.g, colour.g, 1);
      EXPECT_NEAR(back.b, colour.b, 1);
    }
}

TEST(Hex, RefusesWhatIsNoColour) {
  EXPECT_EQ(parse_hex("#1F2e3d")->g, 0x2e);
  for (const char* bad : {"", "#12345", "1234567", "#12345g", "#-12345", "#1234567"})
    EXPECT_FALSE(parse_hex(bad).ok()) << bad;
}

TEST(Palette, SeesTheGarmentAndNotTheBed) {
  const auto palette = find_palette(find_foreground(make_photo(200, 260, kSheet, kNavy)));
  ASSERT_FALSE(palette.empty());
  EXPECT_GT(palette.front().share, 0.9F);
  EXPECT_LT(distance_squared(palette.front().lab, to_lab(kNavy)), 25);
}

TEST(Palette, FindsBothColoursOfAStripe) {
  auto photo = make_photo(200, 200, kSheet, kNavy);
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 200; ++x) {
      uint8_t* pixel = &photo.pixels[static_cast<size_t>(y * 200 + x) * 3];
      if (pixel[0] == kNavy.r && y / 14 % 2 == 0)
        pixel[0] = kCrimson.r, pixel[1] = kCrimson.g, pixel[2] = kCrimson.b;
    }
  const auto palette = find_palette(find_foreground(photo));
  ASSERT_GE(palette.size(), 2U);
  EXPECT_GT(palette[1].share, 0.25F);
  const auto tags = colour_tags(palette, Vocabulary::standard());
  ASSERT_EQ(tags.size(), 2U);
  std::vector<std::string> names{tags[0].term, tags[1].term};
  EXPECT_THAT(names, testing::UnorderedElementsAre("navy", "red"));
}

TEST(NamedColours, SaysTheSurestAndASecondThatIsSureEnough) {
  const std::vector<std::string> terms{"navy", "no-such-colour", "red", "white"};
  const auto names = [&](const std::vector<float>& probabilities) {
    std::vector<std::string> said;
    for (const auto& tag : named_colours(terms, probabilities, Vocabulary::standard()))
      said.push_back(tag.term);
    return said;
  };
  EXPECT_THAT(names({0.1F, 0, 0.8F, 0.1F}), testing::ElementsAre("red"));
  EXPECT_THAT(names({0.3F, 0, 0.6F, 0.1F}), testing::ElementsAre("red", "navy"));
  EXPECT_THAT(names({0.1F, 0.8F, 0.06F, 0.04F}), testing::ElementsAre("navy"))
      << "what the vocabulary lacks is passed over";
}

TEST(NamingFeatures, TellNavyBlackAndCharcoalApart) {
  const auto features = [](Rgb colour) { return naming_features({{to_lab(colour), 1}}); };
  const auto navy = features(kNavy), black = features({18, 18, 20}), charcoal = features({70, 72, 74});
  ASSERT_EQ(navy.size(), kNamingFeatures);
  EXPECT_NEAR(dot(navy, navy), 1, 1e-4) << "roots of shares";
  EXPECT_LT(dot(navy, black), 0.8F);
  EXPECT_LT(dot(black, charcoal), 0.8F);
  EXPECT_EQ(naming_features({}), std::vector<float>(kNamingFeatures));
}

TEST(Palette, WhiteOnWhiteIsWhite) {
  const auto foreground = find_foreground(make_photo(120, 160, kPaper, kPaper));
  const auto tags = colour_tags(find_palette(foreground), Vocabulary::standard());
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_EQ(tags.front().term, "white");
}

TEST(Palette, TakesTheSmallestPhotos) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 500}, {500, 1}, {2, 3}}) {
    const auto palette = find_palette(find_foreground(make_photo(width, height, kCrimson, kCrimson)));
    ASSERT_EQ(palette.size(), 1U) << width << " x " << height;
    EXPECT_EQ(to_hexes(palette).front(), to_hex(kCrimson));
  }
}

TEST(Palette, SharesSumToOneInOrder) {
  auto photo = make_photo(90, 90, kSheet, kNavy, 0.9F);
  for (size_t i = 0; i < photo.pixels.size(); i += 7) photo.pixels[i] = static_cast<uint8_t>(i * 37);
  const auto palette = find_palette(find_foreground(photo));
  ASSERT_LE(palette.size(), kPaletteMax);
  float total = 0, last = 1;
  for (const auto& swatch : palette) {
    EXPECT_LE(swatch.share, last);
    last = swatch.share;
    total += swatch.share;
  }
  EXPECT_NEAR(total, 1, 1e-4);
}

TEST(Palette, IsTheSameEachTime) {
  const auto photo = make_photo(300, 400, kSheet, kCrimson);
  const auto once = to_hexes(find_palette(find_foreground(photo)));
  EXPECT_EQ(once, to_hexes(find_palette(find_foreground(photo))));
}

TEST(GarmentBox, HugsTheGarment) {
  const auto photo = make_photo(400, 200, kSheet, kNavy, 0.4F);
  const Box box = garment_box(find_foreground(photo), photo);
  EXPECT_NEAR(box.left, 120, 32);
  EXPECT_NEAR(box.right, 280, 32);
  EXPECT_NEAR(box.top, 60, 30);
  EXPECT_NEAR(box.bottom, 140, 30);
}

TEST(FadeBackground, LeavesTheGarmentOnWhite) {
  const auto photo = make_photo(200, 200, kSheet, kNavy);
  const auto faded = fade_background(photo, find_foreground(photo));
  const auto pixel = [&](size_t x, size_t y) { return faded.pixels[(y * 200 + x) * 3]; };
  EXPECT_EQ(pixel(100, 100), kNavy.r);
  EXPECT_GT(pixel(3, 3), 245);
  EXPECT_GT(pixel(196, 100), 245);
}

TEST(Palette, IsFastEnoughForIngest) {
  const auto photo = make_photo(512, 512, kSheet, kNavy);
  double best_ms = 1e9;
  for (int i = 0; i < 20; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto palette = find_palette(find_foreground(photo));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    best_ms = std::min(best_ms, took.count());
    ASSERT_FALSE(palette.empty());
  }
  // The budget is 5 ms in an optimised build, and ten times as much with sanitizers.
  EXPECT_LT(best_ms, 50);
}

}  // namespace
}  // namespace modiste
