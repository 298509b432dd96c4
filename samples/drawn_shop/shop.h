// A whole shop drawn by program: garments of eight invented brands as vector pictures, described as a
// merchant would, and outfits curated by stated rules (outfits.h).
//
// Pure: the same options give the same shop, byte by byte. Threads: any. About 15 KB of SVG per picture
// and 2.3 pictures per garment; 2,000 garments take about 2 s on one core.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "catalog/garment.h"
#include "drawn_shop/outfits.h"

namespace modiste::drawn_shop {

struct ShopOptions {
  size_t garments = 2'000;  // at most kGarmentsMax
  uint64_t seed = 7;
  // The newest garment's created_at; the shop has no clock of its own.
  TimePoint newest = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 1));
  int days_span = 540;  // oldest to newest: three seasons, so that some stock is old and on sale
  double outfits_per_garment = 0.6;
};
inline constexpr size_t kGarmentsMax = 200'000;

struct Picture {
  std::string file;    // the url of the garment's image: "NV0001-sage.svg"
  std::string colour;  // joins the variants of that colour
  std::string svg;     // 480 x 600
};

struct DrawnGarment {
  Garment garment;
  std::vector<Picture> pictures;  // one per colour, in the garment's order
};

struct Shop {
  std::vector<DrawnGarment> garments;
  std::vector<outfits::CuratedOutfit> outfits;
  std::vector<DrawnItem> items;  // of each garment, what the rules of outfits read
};

[[nodiscard]] Shop draw_shop(const ShopOptions& options);

}  // namespace modiste::drawn_shop
