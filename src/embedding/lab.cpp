#include "embedding/lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace modiste {
namespace {

// White point D65; the matrix rows are scaled by it.
constexpr float kWhiteX = 0.95047F, kWhiteZ = 1.08883F;
constexpr float kEpsilon = 216.0F / 24389.0F, kKappa = 24389.0F / 27.0F;

const std::array<float, 256>& linear_of_srgb() {
  static const auto table = [] {
    std::array<float, 256> linear{};
    for (size_t i = 0; i < linear.size(); ++i) {
      const double c = static_cast<double>(i) / 255.0;
      linear[i] = static_cast<float>(c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return linear;
  }();
  return table;
}

uint8_t srgb_of_linear(float linear) {
  const float c = std::clamp(linear, 0.0F, 1.0F);
  const float encoded = c <= 0.0031308F ? 12.92F * c : 1.055F * std::pow(c, 1 / 2.4F) - 0.055F;
  return static_cast<uint8_t>(std::lround(encoded * 255));
}

float lab_f(float t) { return t > kEpsilon ? std::cbrt(t) : (kKappa * t + 16) / 116; }
float lab_f_inverse(float t) { return t * t * t > kEpsilon ? t * t * t : (116 * t - 16) / kKappa; }

}  // namespace

Lab to_lab(Rgb colour) {
  const auto& linear = linear_of_srgb();
  const float r = linear[colour.r], g = linear[colour.g], b = linear[colour.b];
  const float x = lab_f((0.4124564F * r + 0.3575761F * g + 0.1804375F * b) / kWhiteX);
  const float y = lab_f(0.2126729F * r + 0.7151522F * g + 0.0721750F * b);
  const float z = lab_f((0.0193339F * r + 0.1191920F * g + 0.9503041F * b) / kWhiteZ);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Rgb to_rgb(const Lab& lab) {
  const float fy = (lab.l + 16) / 116;
  const float x = kWhiteX * lab_f_inverse(fy + lab.a / 500);
  const float y = lab_f_inverse(fy);
  const float z = kWhiteZ * lab_f_inverse(fy - lab.b / 200);
  return {srgb_of_linear(3.2404542F * x - 1.5371385F * y - 0.4985314F * z),
          srgb_of_linear(-0.9692660F * x + 1.8760108F * y + 0.0415560F * z),
          srgb_of_linear(0.0556434F * x - 0.2040259F * y + 1.0572252F * z)};
}

std::string to_hex(Rgb colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b); }

Result<Rgb> parse_hex(std::string_view hex) {
  const Error refused{Code::kInvalid, "'" + std::string(hex) + "' is not a colour", "", "#rrggbb"};
  if (hex.size() != 7 || hex[0] != '#') return refused;
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(hex.data() + 1, hex.data() + 7, value, 16);
  if (error != std::errc() || end != hex.data() + 7) return refused;
  return Rgb{static_cast<uint8_t>(value >> 16), static_cast<uint8_t>(value >> 8),
             static_cast<uint8_t>(value)};
}

}  // namespace modiste
