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
  kShoeUs,
  kShoeCm,  // the foot's length: Japan, China, Mexico, Mondopoint
  kAge,     // of children: "3-6M", "4Y", "4-5Y"
  kHeight,  // of children, in cm: "104", "98/104"
  kBra      // girth in cm and cup: "75B"; other countries' numbers are converted when read
};

template <>
struct EnumNames<SizeSystem> {
  static constexpr std::array<std::string_view, 14> kNames{
      "one_size", "alpha",   "eu",      "uk",      "us",  "it",     "waist_length",
      "shoe_eu",  "shoe_uk", "shoe_us", "shoe_cm", "age", "height", "bra"};
};

// Dense index over all sizes of all systems, below kSizeCountMax.
using SizeId = uint16_t;
inline constexpr size_t kSizeCountMax = 1024;
using SizeSet = std::bitset<kSizeCountMax>;

struct Size {
  SizeId id = 0;
  SizeSystem system{};
  std::string name;  // "M", "38", "32/34"
};

// Charts differ by who wears it and where. Unisex reads as men's. Accessories have letters or one size only:
// the number of a hat or a ring does not compare with clothes.
enum class SizeChart : uint8_t { kWomen, kMen, kShoesWomen, kShoesMen, kKids, kShoesKids, kAccessories };
inline constexpr size_t kSizeChartCount = 7;

[[nodiscard]] std::span<const Size> all_sizes();
// Sizes of shoes and socks.
[[nodiscard]] bool is_shoe_size(SizeSystem system);
[[nodiscard]] bool is_shoe_chart(SizeChart chart);

// What a cell says, as shops of many countries write it: "Medium", "EU 38", "38 EU", "W32 L34", "38 1/2",
// "FR 40", "JP 9", "24.5 cm", "75B", "One Size", "TU", "4-5 Years", "12 ans", "2T", "98/104", "Gr. 38". A
// range or a list ("36/38", "39-42", "S, M, L") is all its sizes; of several systems ("EU 38 (US 6)") the
// first counts. The chart decides what a bare number means. Empty: not understood.
[[nodiscard]] std::vector<SizeId> parse_sizes(std::string_view word, SizeChart chart);
// The first of them.
[[nodiscard]] std::optional<SizeId> parse_size(std::string_view word, SizeChart chart);

// A size and the system that a feed names beside it (Google's AU, BR, CN, DE, EU, FR, IT, JP, MEX, UK, US) as
// one word. Only numbers need a system: "38" + EU is "EU 38", "M" + US stays "M", "US 8" + US stays "US 8".
[[nodiscard]] std::string size_with_system(std::string_view size, std::string_view system);

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
