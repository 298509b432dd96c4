#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/rng.h"
#include "embedding/image_header.h"
#include "embedding/test_images.h"

namespace modiste {
namespace {

constexpr Rgb kRed{200, 30, 40}, kWhite{255, 255, 255};

class DecodesFormat : public testing::TestWithParam<const char*> {};

TEST_P(DecodesFormat, KeepsSizeAndColours) {
  const auto photo = make_photo(60, 40, kWhite, kRed);
  const auto decoded = decode_image(encode_photo(photo, GetParam()));
  ASSERT_TRUE(decoded.ok()) << decoded.error().message();
  EXPECT_EQ(decoded->width, 60);
  EXPECT_EQ(decoded->height, 40);
  const uint8_t* middle = &decoded->pixels[(20 * 60 + 30) * 3];
  EXPECT_NEAR(middle[0], kRed.r, 6);
  EXPECT_NEAR(middle[1], kRed.g, 6);
  EXPECT_NEAR(middle[2], kRed.b, 6);
}

INSTANTIATE_TEST_SUITE_P(Formats, DecodesFormat,
                         testing::Values(".png", ".jpg[Q=95]", ".webp[Q=95]", ".webp[lossless=true]",
                                         ".gif"));

std::string reason(std::string_view bytes) {
  const auto decoded = decode_image(bytes_of(bytes));
  if (decoded.ok()) return "decoded";
  EXPECT_EQ(decoded.error().code, Code::kInvalid);
  return decoded.error().message();
}

TEST(DecodeImage, DrawsSvgOnWhite) {
  const auto decoded = decode_image(
      bytes_of(R"(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">)"
               R"(<circle cx="40" cy="20" r="10" fill="#1020f0"/></svg>)"));
  ASSERT_TRUE(decoded.ok()) << decoded.error().message();
  EXPECT_EQ(decoded->width, 80);
  EXPECT_EQ(decoded->pixels[0], 255);
  EXPECT_EQ(decoded->pixels[(20 * 80 + 40) * 3 + 2], 0xf0);
}

TEST(DecodeImage, ShrinksToFit) {
  const auto decoded = decode_image(encode_photo(make_photo(1200, 300, kWhite, kRed), ".jpg"), 256);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->width, 256);
  EXPECT_EQ(decoded->height, 64);
}

TEST(DecodeImage, NeverEnlarges) {
  const auto decoded = decode_image(encode_photo(make_photo(3, 2, kWhite, kRed), ".png"));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->width, 3);
}

TEST(DecodeImage, ComposesAlphaOnWhite) {
  const auto decoded =
      decode_image(bytes_of(R"(<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">)"
                            R"(<rect width="4" height="4" fill="#000" fill-opacity="0.5"/></svg>)"));
  ASSERT_TRUE(decoded.ok());
  EXPECT_NEAR(decoded->pixels[0], 127, 2);
}

std::vector<std::byte> written(const vips::VImage& image, const char* suffix) {
  void* data = nullptr;
  size_t size = 0;
  image.write_to_buffer(suffix, &data, &size);
  const auto* bytes = static_cast<std::byte*>(data);
  std::vector<std::byte> file(bytes, bytes + size);
  g_free(data);
  return file;
}

vips::VImage pixels_of(const RgbImage& photo) {
  EXPECT_EQ(VIPS_INIT("test"), 0);
  vips::VImage image(vips_image_new_from_memory_copy(photo.pixels.data(), photo.pixels.size(), photo.width,
                                                     photo.height, 3, VIPS_FORMAT_UCHAR));
  return image.copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

void expect_red_on_white(const std::vector<std::byte>& file, int tolerance, const std::string& what) {
  const auto decoded = decode_image(file);
  ASSERT_TRUE(decoded.ok()) << what << ": " << decoded.error().message();
  const auto at = [&](int x, int y) {
    const uint8_t* pixel = &decoded->pixels[static_cast<size_t>((y * decoded->width + x) * 3)];
    return std::array<int, 3>{pixel[0], pixel[1], pixel[2]};
  };
  const auto corner = at(2, 2), middle = at(decoded->width / 2, decoded->height / 2);
  for (size_t c = 0; c < 3; ++c) {
    EXPECT_GE(corner[c], 255 - tolerance) << what;
    EXPECT_NEAR(middle[c], (std::array<int, 3>{kRed.r, kRed.g, kRed.b}[c]), tolerance) << what;
  }
}

// Whatever colour lies under the transparent pixels.
TEST(DecodeImage, ComposesTransparentPhotosOnWhite) {
  const auto garment = pixels_of(make_photo(60, 40, {0, 0, 0}, kRed));
  const auto mask = pixels_of(make_photo(60, 40, {0, 0, 0}, kWhite)).extract_band(0);
  const auto cut_out = garment.bandjoin(mask);
  for (const char* suffix : {".png", ".png[palette=true]", ".webp[lossless=true]", ".gif"})
    expect_red_on_white(written(cut_out, suffix), 6, suffix);
  const auto deep = (cut_out.cast(VIPS_FORMAT_USHORT) * 257)
                        .cast(VIPS_FORMAT_USHORT)
                        .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_RGB16));
  expect_red_on_white(written(deep, ".png"), 2, "16 bits");
}

std::vector<std::byte> without_adobe(std::vector<std::byte> jpeg) {
  const std::string text(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  const size_t at =
      text.find(std::string_view("\xff\xee\0\x0e"
                                 "Adobe",
                                 9));
  EXPECT_NE(at, std::string::npos);
  const auto begin = jpeg.begin() + static_cast<std::ptrdiff_t>(at);
  jpeg.erase(begin, begin + 16);
  return jpeg;
}

TEST(DecodeImage, ReadsInksAsAdobeAndAsOthersWriteThem) {
  const auto inks = pixels_of(make_photo(60, 40, kWhite, kRed)).colourspace(VIPS_INTERPRETATION_CMYK);
  expect_red_on_white(written(inks, ".jpg[Q=95]"), 40, "Adobe's");
  const auto inverted =
      inks.invert().copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_CMYK));
  expect_red_on_white(without_adobe(written(inverted, ".jpg[Q=95]")), 40, "others'");
}

TEST(DecodeImage, ReadsGreyPhotos) {
  const auto grey = pixels_of(make_photo(60, 40, kWhite, {80, 80, 80})).colourspace(VIPS_INTERPRETATION_B_W);
  const auto deep = (grey.cast(VIPS_FORMAT_USHORT) * 257)
                        .cast(VIPS_FORMAT_USHORT)
                        .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_GREY16));
  for (const auto& file : {written(grey, ".jpg"), written(grey, ".png"), written(deep, ".png")}) {
    const auto decoded = decode_image(file);
    ASSERT_TRUE(decoded.ok()) << decoded.error().message();
    EXPECT_NEAR(decoded->pixels[(20 * 60 + 30) * 3 + 1], 80, 4);
  }
}

TEST(DecodeImage, TurnsByExif) {
  auto pixels = make_photo(40, 20, kWhite, kRed);
  ASSERT_EQ(VIPS_INIT("test"), 0);
  vips::VImage image(vips_image_new_from_memory_copy(pixels.pixels.data(), pixels.pixels.size(), 40, 20, 3,
                                                     VIPS_FORMAT_UCHAR));
  image = image.copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
  image.set(VIPS_META_ORIENTATION, 6);
  void* data = nullptr;
  size_t size = 0;
  image.write_to_buffer(".jpg", &data, &size);
  const auto decoded = decode_image({static_cast<std::byte*>(data), size});
  g_free(data);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->width, 20);
  EXPECT_EQ(decoded->height, 40);
}

TEST(DecodeImage, RefusesWhatIsNoImage) {
  EXPECT_THAT(reason(""), testing::HasSubstr("the file is empty"));
  EXPECT_THAT(reason("sku,title\n1,Tee\n"), testing::HasSubstr("the file is text"));
  EXPECT_THAT(reason("%PDF-1.7\n"), testing::HasSubstr("a PDF"));
  EXPECT_THAT(reason(std::string(12, '\0') + "x"), testing::HasSubstr("of an unknown format"));
  EXPECT_THAT(reason("<html><body>not found</body></html>"), testing::HasSubstr("the file is text"));
}

TEST(DecodeImage, RefusesBombsBeforeDecoding) {
  // A PNG header of 60,000 x 60,000 pixels with nothing between it and the end.
  std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0IEND", 33);
  EXPECT_THAT(reason(png), testing::HasSubstr("60000 x 60000"));
  EXPECT_THAT(reason(std::string("GIF89a\xff\xff\xff\xff\0\0\0", 13)), testing::HasSubstr("65535 x 65535"));
  EXPECT_THAT(reason(std::string("GIF89a\0\0\5\0\0\0\0", 13)), testing::HasSubstr("0 x 5"));
}

TEST(DecodeImage, RefusesTornFiles) {
  for (const char* suffix : {".jpg", ".png", ".webp"}) {
    auto file = encode_photo(make_photo(300, 300, kWhite, kRed), suffix);
    file.resize(file.size() * 2 / 3);
    const auto decoded = decode_image(file);
    ASSERT_FALSE(decoded.ok()) << suffix;
    EXPECT_EQ(decoded.error().code, Code::kInvalid);
    EXPECT_THAT(decoded.error().message(), testing::HasSubstr("a complete file"));
  }
}

TEST(DecodeImage, RefusesHugeFiles) {
  const std::vector<std::byte> file(kImageBytesMax + 1);
  const auto decoded = decode_image(file);
  ASSERT_FALSE(decoded.ok());
  EXPECT_THAT(decoded.error().message(), testing::HasSubstr("at most 26214400"));
}

// Whatever a header says, reading it must not crash or read beyond the end.
RC_GTEST_PROP(ReadImageHeader, SurvivesDamage, (uint64_t seed)) {
  static const std::vector<std::vector<std::byte>> kFiles{
      encode_photo(make_photo(50, 30, kWhite, kRed), ".jpg"),
      encode_photo(make_photo(50, 30, kWhite, kRed), ".png"),
      encode_photo(make_photo(50, 30, kWhite, kRed), ".webp"),
      encode_photo(make_photo(50, 30, kWhite, kRed), ".gif")};
  Rng rng(seed);
  auto file = kFiles[rng.below(kFiles.size())];
  for (int i = 0; i < 8; ++i) file[rng.below(file.size())] = static_cast<std::byte>(rng.below(256));
  file.resize(rng.below(file.size() + 1));
  const auto header = read_image_header(file);
  if (!header.ok()) RC_ASSERT(header.error().code == Code::kInvalid);
}

}  // namespace
}  // namespace modiste
