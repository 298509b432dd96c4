#include "vocabulary/colour_difference.h"

#include <cmath>
#include <numbers>

namespace modiste {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kPow25To7 = 6103515625.0;

double radians(double degrees) { return degrees * kPi / 180; }

// Chroma's weight against 25: 0 for greys, 1 for vivid colours.
double saturation(double chroma) {
  const double c7 = std::pow(chroma, 7);
  return std::sqrt(c7 / (c7 + kPow25To7));
}

double hue(double a, double b) {
  if (a == 0 && b == 0) return 0;
  const double h = std::atan2(b, a);
  return h < 0 ? h + 2 * kPi : h;
}

// From h1 to h2 the short way round; greys have no hue.
double hue_step(double h1, double h2, double chroma_product) {
  if (chroma_product == 0) return 0;
  const double step = h2 - h1;
  if (step > kPi) return step - 2 * kPi;
  if (step < -kPi) return step + 2 * kPi;
  return step;
}

double mean_hue(double h1, double h2, double chroma_product) {
  if (chroma_product == 0) return h1 + h2;
  if (std::abs(h1 - h2) <= kPi) return (h1 + h2) / 2;
  return h1 + h2 < 2 * kPi ? (h1 + h2 + 2 * kPi) / 2 : (h1 + h2 - 2 * kPi) / 2;
}

}  // namespace

double colour_difference(const Lab& one, const Lab& two) {
  const double g = 0.5 * (1 - saturation((std::hypot(one.a, one.b) + std::hypot(two.a, two.b)) / 2));
  const double a1 = one.a * (1 + g), a2 = two.a * (1 + g);
  const double c1 = std::hypot(a1, one.b), c2 = std::hypot(a2, two.b);
  const double h1 = hue(a1, one.b), h2 = hue(a2, two.b);

  const double delta_l = two.l - one.l;
  const double delta_c = c2 - c1;
  const double delta_h = 2 * std::sqrt(c1 * c2) * std::sin(hue_step(h1, h2, c1 * c2) / 2);

  const double mean_l = (one.l + two.l) / 2, mean_c = (c1 + c2) / 2;
  const double mean_h = mean_hue(h1, h2, c1 * c2);
  const double t = 1 - 0.17 * std::cos(mean_h - radians(30)) + 0.24 * std::cos(2 * mean_h) +
                   0.32 * std::cos(3 * mean_h + radians(6)) - 0.20 * std::cos(4 * mean_h - radians(63));
  const double off_middle = (mean_l - 50) * (mean_l - 50);
  const double scale_l = 1 + 0.015 * off_middle / std::sqrt(20 + off_middle);
  const double scale_c = 1 + 0.045 * mean_c;
  const double scale_h = 1 + 0.015 * mean_c * t;
  const double blue = (mean_h - radians(275)) / radians(25);
  const double rotation = -std::sin(radians(60) * std::exp(-blue * blue)) * 2 * saturation(mean_c);

  const double l = delta_l / scale_l, c = delta_c / scale_c, h = delta_h / scale_h;
  return std::sqrt(std::max(0.0, l * l + c * c + h * h + rotation * c * h));
}

}  // namespace modiste
