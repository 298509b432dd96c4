#include "nn/clip_image.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace modiste {
namespace {

constexpr std::array<float, 3> kMean{0.48145466F, 0.4578275F, 0.40821073F};
constexpr std::array<float, 3> kDeviation{0.26862954F, 0.26130258F, 0.27577711F};
// The ends of a longer strip never reach the centre crop; removing them first bounds the memory.
constexpr int64_t kAspectMax = 16;

// Rows x columns x 3.
struct FloatImage {
  int64_t width = 0, height = 0;
  std::vector<float> values;

  FloatImage(int64_t columns, int64_t rows)
      : width(columns), height(rows), values(static_cast<size_t>(columns * rows * 3)) {}
  [[nodiscard]] float& at(int64_t x, int64_t y, int64_t c) {
    return values[static_cast<size_t>((y * width + x) * 3 + c)];
  }
  [[nodiscard]] float at(int64_t x, int64_t y, int64_t c) const {
    return values[static_cast<size_t>((y * width + x) * 3 + c)];
  }
};

// Keys' kernel with a = -1/2, as Pillow's.
double bicubic(double x) {
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

// Which inputs make an output, and how much of each: a shrinking filter is as wide as the outputs are apart.
struct Taps {
  int64_t first = 0;
  std::vector<double> weights;
};

std::vector<Taps> taps_of(int64_t in, int64_t out) {
  const double scale = static_cast<double>(in) / static_cast<double>(out), width = std::max(scale, 1.0);
  std::vector<Taps> all(static_cast<size_t>(out));
  for (int64_t i = 0; i < out; ++i) {
    Taps& taps = all[static_cast<size_t>(i)];
    const double centre = (static_cast<double>(i) + 0.5) * scale;
    taps.first = std::max<int64_t>(0, static_cast<int64_t>(centre - 2 * width + 0.5));
    const int64_t end = std::min(in, static_cast<int64_t>(centre + 2 * width + 0.5));
    double total = 0;
    for (int64_t j = taps.first; j < end; ++j)
      total += taps.weights.emplace_back(bicubic((static_cast<double>(j) + 0.5 - centre) / width));
    for (double& weight : taps.weights) weight /= total;
  }
  return all;
}

// Pillow rounds to bytes after each direction: the same here gives equal bytes nearly everywhere.
float to_byte(double value) { return static_cast<float>(std::clamp(std::floor(value + 0.5), 0.0, 255.0)); }

FloatImage resize_rows(const FloatImage& image, int64_t width) {
  const auto taps = taps_of(image.width, width);
  FloatImage out(width, image.height);
  for (int64_t y = 0; y < image.height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < 3; ++c) {
        const Taps& of = taps[static_cast<size_t>(x)];
        double sum = 0;
        for (size_t j = 0; j < of.weights.size(); ++j)
          sum += of.weights[j] * image.at(of.first + static_cast<int64_t>(j), y, c);
        out.at(x, y, c) = to_byte(sum);
      }
  return out;
}

FloatImage resize_columns(const FloatImage& image, int64_t height) {
  const auto taps = taps_of(image.height, height);
  FloatImage out(image.width, height);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < image.width; ++x)
      for (int64_t c = 0; c < 3; ++c) {
        const Taps& of = taps[static_cast<size_t>(y)];
        double sum = 0;
        for (size_t j = 0; j < of.weights.size(); ++j)
          sum += of.weights[j] * image.at(x, of.first + static_cast<int64_t>(j), c);
        out.at(x, y, c) = to_byte(sum);
      }
  return out;
}

// The middle of the picture.
FloatImage cut_of(const RgbView& image, int64_t width, int64_t height) {
  const int64_t left = (image.width - width) / 2, top = (image.height - height) / 2;
  FloatImage out(width, height);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < 3; ++c)
        out.at(x, y, c) = image.pixels[static_cast<size_t>(((top + y) * image.width + left + x) * 3 + c)];
  return out;
}

}  // namespace

std::vector<float> clip_pixels(const RgbView& image, int64_t side) {
  CHECK(image.width >= 1 && image.height >= 1);
  CHECK(image.pixels.size() == static_cast<size_t>(image.width) * static_cast<size_t>(image.height) * 3);
  const int64_t limit = kAspectMax * std::min(image.width, image.height);
  const auto cut =
      cut_of(image, std::min<int64_t>(image.width, limit), std::min<int64_t>(image.height, limit));
  const int64_t shortest = std::min(cut.height, cut.width);
  const auto resized =
      resize_columns(resize_rows(cut, side * cut.width / shortest), side * cut.height / shortest);
  const int64_t left = (resized.width - side) / 2, top = (resized.height - side) / 2;
  std::vector<float> out;
  out.reserve(static_cast<size_t>(3 * side * side));
  for (int64_t c = 0; c < 3; ++c)
    for (int64_t y = 0; y < side; ++y)
      for (int64_t x = 0; x < side; ++x)
        out.push_back((resized.at(left + x, top + y, c) / 255 - kMean[static_cast<size_t>(c)]) /
                      kDeviation[static_cast<size_t>(c)]);
  return out;
}

}  // namespace modiste
