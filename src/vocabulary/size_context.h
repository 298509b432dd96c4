// What a size means beside its chart: where the garment is sold, and which part of the body its number is of.
// "12" is American 12 in a shop of dollars and British 12 in one of pounds; a man's "40" is the waist of
// trousers, the collar of a shirt or the chest of a blazer.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/size.h"

namespace modiste {

// Whose numbers a bare number is. Elsewhere small numbers are read as American ones, since no others are so
// small.
enum class SizeHome : uint8_t {
  kElsewhere,
  kAmerican,    // USD, CAD
  kBritish,     // GBP, ZAR
  kAustralian,  // AUD, NZD: British but for women's shoes
  kIndian,      // INR: shoes are British
  kJapanese,    // JPY: a woman's number is Japanese
  kKorean,      // KRW: likewise
  kBrazilian    // BRL: shoes are counted from another number
};
[[nodiscard]] SizeHome size_home_of(std::string_view currency);

// What the numbers of men's clothes measure. Of clothes that nobody knows it is the waist, unless a system is
// named: "US 40" is a chest.
enum class MensNumber : uint8_t { kUnknown, kWaist, kCollar, kChest };

struct SizeContext {
  SizeChart chart = SizeChart::kWomen;
  SizeHome home = SizeHome::kElsewhere;
  MensNumber mens_number = MensNumber::kUnknown;
};

// As parse_sizes() of a chart alone, which knows neither home nor number.
[[nodiscard]] std::vector<SizeId> parse_sizes(std::string_view word, const SizeContext& context);
[[nodiscard]] std::optional<SizeId> parse_size(std::string_view word, const SizeContext& context);

// As size_with_system(), of a garment whose chart is known: a man's "32" + EU stays "32", since no man's EU
// size is so small, and a woman's "32/34" + EU is a double size.
[[nodiscard]] std::string size_with_system(std::string_view size, std::string_view system, SizeChart chart);

// The system that the name of an option says, as size_with_system() takes it: "UK Size", "Größe (EU)",
// "Italian size", "USサイズ". Empty: none, or several.
[[nodiscard]] std::string_view system_in_name(std::string_view name);

}  // namespace modiste
