#include "embedding/foreground.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "embedding/lab_clusters.h"

namespace modiste {
namespace {

constexpr uint64_t kForegroundSeed = 1;
constexpr size_t kForegroundClusters = 10;
constexpr float kBorder = 0.07F;       // ring of background evidence, as a share of each side
constexpr float kCentreWidth = 0.26F;  // standard deviations of the garment's place, as shares of the sides
constexpr float kCentreHeight = 0.32F;
constexpr float kColourWeight = 2.5F;                   // weight of the colour's log-odds against the place's
constexpr float kPlaceLow = 0.03F, kPlaceHigh = 0.75F;  // the place alone is never proof
constexpr float kPlaceBias = 0.4F;                      // log-odds: most of a photo shows the garment
constexpr float kFoundShareMin = 0.08F;                 // a smaller share is noise
constexpr float kSkinWeight = 0.25F;  // factor for skin of models; not lower, so that tan garments remain

// Mean colour of each cell of a grid at most kForegroundSideMax wide and high.
Foreground shrink(const RgbImage& image) {
  const int side = std::max(image.width, image.height);
  const float scale = std::min(1.0F, static_cast<float>(kForegroundSideMax) / static_cast<float>(side));
  Foreground small;
  small.width = std::max(1, static_cast<int>(static_cast<float>(image.width) * scale));
  small.height = std::max(1, static_cast<int>(static_cast<float>(image.height) * scale));
  small.colours.reserve(static_cast<size_t>(small.width) * static_cast<size_t>(small.height));
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x) {
      const int left = x * image.width / small.width, right = (x + 1) * image.width / small.width;
      const int top = y * image.height / small.height, bottom = (y + 1) * image.height / small.height;
      uint32_t sum[3] = {}, count = 0;
      for (int v = top; v < bottom; ++v)
        for (int u = left; u < right; ++u, ++count)
          for (int c = 0; c < 3; ++c)
            sum[c] += image.pixels[(static_cast<size_t>(v) * static_cast<size_t>(image.width) +
                                    static_cast<size_t>(u)) *
                                       3 +
                                   static_cast<size_t>(c)];
      small.colours.push_back(
          to_lab({static_cast<uint8_t>(sum[0] / count), static_cast<uint8_t>(sum[1] / count),
                  static_cast<uint8_t>(sum[2] / count)}));
    }
  return small;
}

struct Place {
  std::vector<float> centre;  // by pixel, 1 in the middle
  std::vector<float> border;  // by pixel, 1 on the ring
};

Place places(int width, int height) {
  Place place;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const float u = (static_cast<float>(x) + 0.5F) / static_cast<float>(width);
      const float v = (static_cast<float>(y) + 0.5F) / static_cast<float>(height);
      const float du = (u - 0.5F) / kCentreWidth, dv = (v - 0.5F) / kCentreHeight;
      place.centre.push_back(std::exp(-0.5F * (du * du + dv * dv)));
      place.border.push_back(std::min({u, v, 1 - u, 1 - v}) < kBorder ? 1.0F : 0.0F);
    }
  return place;
}

// Log-odds that a cluster is garment: how much more of the centre than of the border it covers.
std::vector<float> cluster_evidence(const LabClusters& clusters, const Place& place) {
  const size_t k = clusters.centres.size();
  std::vector<float> centre(k), border(k);
  float centre_total = 0, border_total = 0;
  for (size_t i = 0; i < clusters.nearest.size(); ++i) {
    centre[clusters.nearest[i]] += place.centre[i];
    border[clusters.nearest[i]] += place.border[i];
    centre_total += place.centre[i];
    border_total += place.border[i];
  }
  std::vector<float> evidence(k);
  constexpr float kSmoothing = 0.02F;
  for (size_t c = 0; c < k; ++c)
    evidence[c] = std::log((centre[c] / centre_total + kSmoothing) /
                           (border[c] / std::max(1.0F, border_total) + kSmoothing));
  return evidence;
}

// Hue and lightness of human skin, all complexions, in studio light.
bool is_skin(const Lab& lab) {
  const float chroma = std::hypot(lab.a, lab.b);
  const float hue = std::atan2(lab.b, lab.a);
  return lab.l > 30 && lab.l < 88 && chroma > 12 && chroma < 42 && hue > 0.55F && hue < 1.25F;
}

// First and last cell that contain the middle 97% of the mass, widened by the margin.
std::pair<float, float> extent(const std::vector<float>& mass, float total) {
  constexpr float kTail = 0.015F, kMargin = 0.06F;
  const auto cells = static_cast<float>(mass.size());
  float before = 0, first = 0, last = cells;
  for (size_t i = 0; i < mass.size(); ++i) {
    if (before <= kTail * total) first = static_cast<float>(i);
    before += mass[i];
    if (before < (1 - kTail) * total) last = static_cast<float>(i + 2);
  }
  last = std::min(last, cells);
  const float margin = (last - first) * kMargin + 1;
  return {std::max(0.0F, first - margin) / cells, std::min(cells, last + margin) / cells};
}

// The largest weight in each cell's neighbourhood, so that seams and thin straps keep their surroundings.
std::vector<float> dilate(const Foreground& foreground) {
  std::vector<float> out(foreground.weight.size());
  const int width = foreground.width, height = foreground.height;
  const auto cell = [&](int x, int y) {
    return static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
  };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      float largest = 0;
      for (int v = std::max(0, y - 1); v <= std::min(height - 1, y + 1); ++v)
        for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u)
          largest = std::max(largest, foreground.weight[cell(u, v)]);
      out[cell(x, y)] = largest;
    }
  return out;
}

// The position of a pixel between two cells of the small copy.
struct Between {
  size_t low = 0, high = 0;
  float share = 0;  // of high
};

std::vector<Between> positions(int pixels, int cells) {
  std::vector<Between> out;
  for (int i = 0; i < pixels; ++i) {
    const float at = std::max(
        0.0F, (static_cast<float>(i) + 0.5F) * static_cast<float>(cells) / static_cast<float>(pixels) - 0.5F);
    const auto low = std::min(static_cast<size_t>(at), static_cast<size_t>(cells - 1));
    out.push_back({low, std::min(low + 1, static_cast<size_t>(cells - 1)), at - static_cast<float>(low)});
  }
  return out;
}

float logistic(float x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

Foreground find_foreground(const RgbImage& image) {
  CHECK(image.width > 0 && image.height > 0);
  Foreground found = shrink(image);
  const Place place = places(found.width, found.height);
  const std::vector<float> even(found.colours.size(), 1.0F);
  Rng rng(kForegroundSeed);
  const auto clusters = cluster_colours(found.colours, even, kForegroundClusters, rng);
  const auto evidence = cluster_evidence(clusters, place);

  float share = 0;
  found.weight.resize(found.colours.size());
  for (size_t i = 0; i < found.weight.size(); ++i) {
    const float centre = std::clamp(place.centre[i], kPlaceLow, kPlaceHigh);
    found.weight[i] = logistic(kColourWeight * evidence[clusters.nearest[i]] +
                               std::log(centre / (1 - centre)) + kPlaceBias);
    share += found.weight[i] > 0.5F ? 1.0F : 0.0F;
  }
  found.found = share >= kFoundShareMin * static_cast<float>(found.weight.size());
  if (!found.found) found.weight = place.centre;
  for (size_t i = 0; i < found.weight.size(); ++i)
    if (is_skin(found.colours[i])) found.weight[i] *= kSkinWeight;
  return found;
}

Box garment_box(const Foreground& foreground, const RgbImage& image) {
  if (!foreground.found) return {0, 0, image.width, image.height};
  std::vector<float> columns(static_cast<size_t>(foreground.width)),
      rows(static_cast<size_t>(foreground.height));
  float total = 0;
  for (size_t y = 0, i = 0; y < rows.size(); ++y)
    for (size_t x = 0; x < columns.size(); ++x, ++i) {
      if (foreground.weight[i] <= 0.5F) continue;
      ++columns[x], ++rows[y], ++total;
    }
  if (total == 0) return {0, 0, image.width, image.height};
  const auto [left, right] = extent(columns, total);
  const auto [top, bottom] = extent(rows, total);
  const auto width = static_cast<float>(image.width), height = static_cast<float>(image.height);
  const Box box{static_cast<int>(left * width), static_cast<int>(top * height),
                static_cast<int>(right * width), static_cast<int>(bottom * height)};
  if (box.right <= box.left || box.bottom <= box.top) return {0, 0, image.width, image.height};
  return box;
}

RgbImage fade_background(const RgbImage& image, const Foreground& foreground) {
  constexpr float kGain = 1.6F;  // uncertain pixels are mostly kept
  RgbImage faded = image;
  if (!foreground.found) return faded;
  const auto weight = dilate(foreground);
  const auto columns = positions(image.width, foreground.width);
  const auto rows = positions(image.height, foreground.height);
  const auto stride = static_cast<size_t>(foreground.width);
  uint8_t* pixel = faded.pixels.data();
  for (const auto& row : rows)
    for (const auto& column : columns) {
      const auto across = [&](size_t cells) {
        const float low = weight[cells + column.low];
        return low + column.share * (weight[cells + column.high] - low);
      };
      const float above = across(row.low * stride), below = across(row.high * stride);
      const float keep = std::min(1.0F, kGain * (above + row.share * (below - above)));
      for (int c = 0; c < 3; ++c, ++pixel)
        *pixel = static_cast<uint8_t>(255.5F - keep * (255.0F - static_cast<float>(*pixel)));
    }
  return faded;
}

}  // namespace modiste
