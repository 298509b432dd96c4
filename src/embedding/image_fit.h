// Fits photos into the square input of the image tower.
#pragma once

#include <cstdint>
#include <span>

#include "embedding/encoder.h"

namespace modiste {

// Pixels [left, right) x [top, bottom).
struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
};

// Scales a part of the image to fit into side x side, keeping proportions, centred on white. Triangle filter,
// widened when shrinking to avoid aliasing. square: side * side * 3 bytes.
void letterbox(const RgbImage& image, Box part, int side, std::span<uint8_t> square);

}  // namespace modiste
