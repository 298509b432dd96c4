// Which pixels of a photo are the garment.
//
// The photo's colours are gathered in a few CIELAB clusters. A cluster that lives on the border is
// background, one that lives in the centre is garment; each pixel then weighs its cluster's evidence with its
// own place. No learned model: a stand-in that holds for shop photos and for clothes laid on beds and floors.
#pragma once

#include <vector>

#include "embedding/encoder.h"
#include "embedding/image_fit.h"
#include "embedding/lab.h"

namespace modiste {

// A small copy of the photo, rows from the top.
struct Foreground {
  int width = 0, height = 0;
  std::vector<Lab> colours;   // by pixel
  std::vector<float> weight;  // by pixel, 0 background to 1 garment
  // False when nothing stood out, as white on white does: weight is then the place alone.
  bool found = false;
};

inline constexpr int kForegroundSideMax = 72;  // of the small copy; 4 ms would be too many for 200

[[nodiscard]] Foreground find_foreground(const RgbImage& image);

// The part of the photo that the garment fills, with a little margin; the whole photo when nothing was found.
// Looking closer is worth 5 points of retrieval precision to the raw image tower on clothing_cc0.
[[nodiscard]] Box garment_box(const Foreground& foreground, const RgbImage& image);

// The photo with its background faded to white; unchanged when nothing was found. Worth another point.
[[nodiscard]] RgbImage fade_background(const RgbImage& image, const Foreground& foreground);

}  // namespace modiste
