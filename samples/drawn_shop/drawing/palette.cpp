#include "drawn_shop/drawing/palette.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace modiste::drawn_shop::drawing {

Ink::Ink(const char* hex) {
  const auto parsed = parse_hex(hex);
  CHECK(parsed.ok());
  lab = to_lab(*parsed);
}

Ink Ink::shade(double k) const {
  const auto f = static_cast<float>(k);
  const float keep = 1 - 0.35F * f;
  // Sky light fills the shadows of pale cloth with a little blue.
  const float cool = lab.l > 70 ? 5 * f : 1.5F * f;
  return Lab{lab.l * (1 - f), lab.a * keep, lab.b * keep - cool};
}

Ink Ink::tint(double k) const {
  const auto f = static_cast<float>(k);
  return Lab{lab.l + (100 - lab.l) * f, lab.a * (1 - 0.6F * f), lab.b * (1 - 0.6F * f)};
}

Ink Ink::mixed(const Ink& other, double k) const {
  const auto f = static_cast<float>(k);
  return Lab{lab.l + (other.lab.l - lab.l) * f, lab.a + (other.lab.a - lab.a) * f,
             lab.b + (other.lab.b - lab.b) * f};
}

std::string Ink::hex() const { return to_hex(to_rgb(lab)); }

double Ink::chroma() const { return std::hypot(lab.a, lab.b); }

double Ink::hue_degrees() const {
  const double degrees = std::atan2(lab.b, lab.a) * 180 / std::numbers::pi;
  return degrees < 0 ? degrees + 360 : degrees;
}

}  // namespace modiste::drawn_shop::drawing
