// sRGB and CIELAB (D65, 2 degrees), as in IEC 61966-2-1 and CIE 15.
#pragma once

#include <cstdint>
#include <string>

#include "vocabulary/vocabulary.h"

namespace modiste {

struct Rgb {
  uint8_t r = 0, g = 0, b = 0;
};

[[nodiscard]] Lab to_lab(Rgb colour);
// The sRGB colour with each channel clipped to the gamut.
[[nodiscard]] Rgb to_rgb(const Lab& lab);
// "#rrggbb"
[[nodiscard]] std::string to_hex(Rgb colour);
// kInvalid unless "#rrggbb" in either case.
Result<Rgb> parse_hex(std::string_view hex);

// Squared CIE76 difference, which k-means minimises. Colour families are compared by CIEDE2000 in Vocabulary.
[[nodiscard]] inline float distance_squared(const Lab& x, const Lab& y) {
  const float l = x.l - y.l, a = x.a - y.a, b = x.b - y.b;
  return l * l + a * a + b * b;
}

}  // namespace modiste
