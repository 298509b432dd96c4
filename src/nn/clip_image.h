// CLIP's image preprocessing.
#pragma once

#include <cstdint>
#include <vector>

#include "nn/clip.h"

namespace modiste {

// 3 x side x side floats: shortest side resized to `side` by Pillow's bicubic filter, centre cropped, scaled
// by CLIP's mean and deviation.
[[nodiscard]] std::vector<float> clip_pixels(const RgbView& image, int64_t side);

}  // namespace modiste
