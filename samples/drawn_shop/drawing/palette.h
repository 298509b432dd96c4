// Colours as a dyer and a painter think of them: a base in CIELAB and the shadows and lights it throws.
#pragma once

#include <string>

#include "embedding/lab.h"

namespace modiste::drawn_shop::drawing {

struct Ink {
  Lab lab{};

  Ink() = default;
  Ink(Lab value) : lab(value) {}  // NOLINT(google-explicit-constructor)
  explicit Ink(const char* hex);  // our own tables only: CHECKs that it parses

  // k from 0 (itself) to 1. Shadows keep the hue and cool a little; lights lose chroma.
  [[nodiscard]] Ink shade(double k) const;
  [[nodiscard]] Ink tint(double k) const;
  [[nodiscard]] Ink mixed(const Ink& other, double k) const;
  [[nodiscard]] std::string hex() const;
  [[nodiscard]] double chroma() const;
  [[nodiscard]] double hue_degrees() const;  // 0 to 360
  [[nodiscard]] bool dark() const { return lab.l < 38; }
};

}  // namespace modiste::drawn_shop::drawing
