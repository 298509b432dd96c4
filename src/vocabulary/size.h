// Sizes as a closed list over the systems in use, so that "M", "EU 38" and "US 8" can be compared and
// filtered.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace modiste {

enum class SizeSystem : uint8_t {
  kOneSize,
  kAlpha,
  kEu,
  kUk,
  kUs,
  kIt,
  kWaistLength,
  kShoeEu,
  kShoeUk,
  kShoeUs
};

template <>
struct EnumNames<SizeSystem> {
  static constexpr std::array<std::string_view, 10> kNames{
      "one_size", "alpha", "eu", "uk", "us", "it", "waist_length", "shoe_eu", "shoe_uk", "shoe_us"};
};

// Dense index over all sizes of all systems, below kSizeCountMax.
using SizeId = uint16_t;
inline constexpr size_t kSizeCountMax = 512;
using SizeSet = std::bitset<kSizeCountMax>;

struct Size {
  SizeId id = 0;
  SizeSystem system{};
  std::string name;  // "M", "38", "32/34"
};

// Charts differ by department and by what is worn; unisex reads as men's.
enum class SizeChart : uint8_t { kWomen, kMen, kShoesWomen, kShoesMen };

[[nodiscard]] std::span<const Size> all_sizes();

// "Medium", "m", "EU 38", "38 EU", "W32 L34", "UK 6.5", "One Size", "" -> a size. The chart decides what a
// bare number means.
[[nodiscard]] std::optional<SizeId> parse_size(std::string_view word, SizeChart chart);

// Sizes of another system that fit the same body, nearest first (sizes of two names, "S/M", last); empty when
// the chart does not say.
[[nodiscard]] std::vector<SizeId> convert_size(SizeId size, SizeSystem to, SizeChart chart);

// The size itself and all its conversions: what a shopper who said "M" may be offered.
[[nodiscard]] SizeSet equivalent_sizes(SizeId size, SizeChart chart);

// Where a size stands on its chart, in rows from the smallest: clothes step by one full size (women US 8 is
// 5, US 10 is 6), shoes by half a size. A size of several rows ("M") stands in their middle; empty when the
// chart does not know it.
[[nodiscard]] std::optional<double> size_position(SizeId size, SizeChart chart);

}  // namespace modiste
