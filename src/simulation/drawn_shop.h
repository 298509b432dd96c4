// A whole shop drawn by program: garments of eight invented brands as vector pictures, described as a
// merchant would, and outfits curated by stated rules (drawn_outfits.h).
//
// Pure: the same options give the same shop, byte by byte. Threads: any. About 15 KB of SVG per picture
// and 2.3 pictures per garment; 2,000 garments take about 2 s on one core.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "catalog/garment.h"
#include "simulation/drawn_outfits.h"

namespace modiste {

struct DrawnShopOptions {
  size_t garments = 2'000;  // at most kDrawnGarmentsMax
  uint64_t seed = 7;
  // The newest garment's created_at; the shop has no clock of its own.
  TimePoint newest = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 1));
  int days_span = 540;  // oldest to newest: three seasons, so that some stock is old and on sale
  double outfits_per_garment = 0.6;
};
inline constexpr size_t kDrawnGarmentsMax = 200'000;

struct DrawnPicture {
  std::string file;    // the url of the garment's image: "NV0001-sage.svg"
  std::string colour;  // joins the variants of that colour
  std::string svg;     // 480 x 600
};

struct DrawnGarment {
  Garment garment;
  std::vector<DrawnPicture> pictures;  // one per colour, in the garment's order
};

struct DrawnShop {
  std::vector<DrawnGarment> garments;
  std::vector<CuratedOutfit> outfits;
};

[[nodiscard]] DrawnShop draw_shop(const DrawnShopOptions& options);

}  // namespace modiste
