#include "embedding/image_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace modiste {
namespace {

// The input pixels and weights of one output pixel, in a row or column.
struct Taps {
  int first = 0;
  std::vector<float> weights;  // sum to 1
};

std::vector<Taps> triangle_taps(int from, int begin, int end, int to) {
  const float scale = static_cast<float>(end - begin) / static_cast<float>(to);
  const float radius = std::max(1.0F, scale);
  std::vector<Taps> taps(static_cast<size_t>(to));
  for (int i = 0; i < to; ++i) {
    const float centre = static_cast<float>(begin) + (static_cast<float>(i) + 0.5F) * scale;
    const int first = std::max(0, static_cast<int>(std::floor(centre - radius)));
    const int last = std::min(from - 1, static_cast<int>(std::ceil(centre + radius)) - 1);
    Taps& tap = taps[static_cast<size_t>(i)];
    tap.first = first;
    float total = 0;
    for (int u = first; u <= last; ++u) {
      const float weight = 1 - std::abs(static_cast<float>(u) + 0.5F - centre) / radius;
      tap.weights.push_back(std::max(0.0F, weight));
      total += tap.weights.back();
    }
    for (auto& weight : tap.weights) weight /= total;
  }
  return taps;
}

// Rows of the image, each scaled to the target width: floats, interleaved.
std::vector<float> scale_rows(const RgbImage& image, const std::vector<Taps>& columns) {
  const size_t width = columns.size(), stride = static_cast<size_t>(image.width) * 3;
  std::vector<float> rows(static_cast<size_t>(image.height) * width * 3);
  for (size_t y = 0; y < static_cast<size_t>(image.height); ++y)
    for (size_t x = 0; x < width; ++x) {
      const uint8_t* from = &image.pixels[y * stride + static_cast<size_t>(columns[x].first) * 3];
      float* to = &rows[(y * width + x) * 3];
      for (const float weight : columns[x].weights) {
        for (size_t c = 0; c < 3; ++c) to[c] += weight * static_cast<float>(from[c]);
        from += 3;
      }
    }
  return rows;
}

}  // namespace

void letterbox(const RgbImage& image, Box part, int side, std::span<uint8_t> square) {
  const int part_width = part.right - part.left, part_height = part.bottom - part.top;
  CHECK(part_width > 0 && part_height > 0 && part.left >= 0 && part.top >= 0);
  CHECK(part.right <= image.width && part.bottom <= image.height);
  CHECK(square.size() == static_cast<size_t>(side) * static_cast<size_t>(side) * 3);
  const float scale = static_cast<float>(side) / static_cast<float>(std::max(part_width, part_height));
  const auto fit = [&](int length) {
    return std::clamp(static_cast<int>(std::lround(static_cast<float>(length) * scale)), 1, side);
  };
  const int width = fit(part_width), height = fit(part_height);
  const auto columns = triangle_taps(image.width, part.left, part.right, width);
  const auto lines = triangle_taps(image.height, part.top, part.bottom, height);
  const auto rows = scale_rows(image, columns);

  std::fill(square.begin(), square.end(), uint8_t{255});
  const size_t row_floats = static_cast<size_t>(width) * 3;
  const auto left = static_cast<size_t>((side - width) / 2), top = static_cast<size_t>((side - height) / 2);
  std::vector<float> line(row_floats);
  for (size_t y = 0; y < lines.size(); ++y) {
    std::fill(line.begin(), line.end(), 0.5F);  // rounds to nearest
    const float* from = &rows[static_cast<size_t>(lines[y].first) * row_floats];
    for (const float weight : lines[y].weights) {
      for (size_t i = 0; i < row_floats; ++i) line[i] += weight * from[i];
      from += row_floats;
    }
    uint8_t* to = &square[((top + y) * static_cast<size_t>(side) + left) * 3];
    for (size_t i = 0; i < row_floats; ++i) to[i] = static_cast<uint8_t>(line[i]);
  }
}

}  // namespace modiste
