#include "vocabulary/size_numbers.h"

#include <array>
#include <cmath>

#include "vocabulary/size_children.h"
#include "vocabulary/size_text.h"

namespace modiste {
namespace {

using namespace size_text;  // NOLINT(google-build-using-namespace)

// Germany's short sizes are half of the regular ones, a woman's long ones twice, a man's two less than twice:
// 25 is a short 50, 98 a long one, 76 a woman's long 38.
std::optional<double> regular_of_german(double value, SizeChart chart) {
  const bool women = chart == SizeChart::kWomen;
  const double short_from = women ? 16 : 22, short_below = women ? kWomensWaistFrom : kGermanShortBelow;
  if (value != std::floor(value)) return std::nullopt;
  if (value >= short_from && value < short_below) return 2 * value;
  constexpr double kWomensLongFrom = 68, kMensLongFrom = 86, kLongTo = 122, kLongStep = 4;
  if (value < (women ? kWomensLongFrom : kMensLongFrom) || value > kLongTo) return std::nullopt;
  if (women && std::fmod(value, kLongStep) == 0) return value / 2;
  if (!women && std::fmod(value, kLongStep) == 2) return (value + 2) / 2;
  return std::nullopt;
}

// Systems without rows of their own fall back to a neighbour: AU = UK, FR = EU + 2 for women, JP 9 = EU 38.
std::optional<SizeId> clothes_number(const SizeMark& mark, double value, SizeChart chart) {
  const bool women = chart == SizeChart::kWomen;
  if (mark.text == "DE")
    if (const auto regular = regular_of_german(value, chart)) return find_number(SizeSystem::kEu, *regular);
  if (mark.text == "FR" || mark.text == "ES") return find_number(SizeSystem::kEu, women ? value - 2 : value);
  if (mark.text == "JP" || mark.text == "JPN") {
    constexpr double kOfEu = 29;
    return women && value < 30 ? find_number(SizeSystem::kEu, value + kOfEu) : std::nullopt;
  }
  if (mark.text == "KR")  // 44, 55, 66 ... are EU 34, 36, 38 ...
    return women && std::fmod(value, 11) == 0 ? find_number(SizeSystem::kEu, 26 + 2 * value / 11)
                                              : std::nullopt;
  if ((mark.text == "MEX" || mark.text == "MX") && value >= 23)
    return find_number(SizeSystem::kWaistLength, value);
  if (mark.clothes == SizeSystem::kAlpha) return std::nullopt;
  return find_number(mark.clothes, value);
}

std::optional<SizeId> shoe_number(const SizeMark& mark, double value, SizeChart chart) {
  constexpr double kEuFrom = 34;
  if (mark.shoes == SizeSystem::kShoeCm) {
    if (value >= kEuFrom && value < 60) return find_number(SizeSystem::kShoeEu, value);
    return foot_length(value);
  }
  if (mark.text == "BR") return find_number(SizeSystem::kShoeEu, value + 2);
  if (chart == SizeChart::kShoesKids) return child_shoe(mark.shoes, value);
  // Australian women's shoes carry American numbers.
  if (mark.text == "AU" && chart == SizeChart::kShoesWomen) return find_number(SizeSystem::kShoeUs, value);
  return find_number(mark.shoes, value);
}

bool has_british_numbers(const SizeContext& of) {
  if (of.home == SizeHome::kBritish) return true;
  if (of.home == SizeHome::kIndian) return is_shoe_chart(of.chart);
  return of.home == SizeHome::kAustralian && of.chart != SizeChart::kShoesWomen;  // those carry American ones
}

// Women's clothes of Japan and Korea, shoes of Brazil: as if the country's mark stood there.
const SizeMark* home_mark(double value, const SizeContext& of) {
  constexpr double kJapaneseFrom = 5, kJapaneseBelow = 23, kKoreanFrom = 44, kKoreanTo = 99, kKoreanStep = 11;
  constexpr double kBrazilianFrom = 16, kBrazilianBelow = 48;
  const bool women = of.chart == SizeChart::kWomen;
  if (of.home == SizeHome::kJapanese && women && value >= kJapaneseFrom && value < kJapaneseBelow)
    return find_size_mark("JP");
  if (of.home == SizeHome::kKorean && women && value >= kKoreanFrom && value <= kKoreanTo &&
      std::fmod(value, kKoreanStep) == 0)
    return find_size_mark("KR");
  if (of.home == SizeHome::kBrazilian && is_shoe_chart(of.chart) && value >= kBrazilianFrom &&
      value < kBrazilianBelow)
    return find_size_mark("BR");
  return nullptr;
}

std::optional<SizeId> bare_shoe_number(double value, const SizeContext& of) {
  constexpr double kFootFrom = 21, kShoeEuFrom = 33, kMillimetresFrom = 200;
  if (value >= kMillimetresFrom || (value >= kFootFrom && value < kShoeEuFrom)) return foot_length(value);
  if (value >= kFootFrom) return find_number(SizeSystem::kShoeEu, value);
  return find_number(has_british_numbers(of) ? SizeSystem::kShoeUk : SizeSystem::kShoeUs, value);
}

std::optional<SizeId> bare_mens_number(double value, const SizeContext& of) {
  constexpr double kEuFrom = 43;
  // American and British chests run to where EU sizes are usual.
  const bool inches =
      of.home == SizeHome::kAmerican || of.home == SizeHome::kBritish || of.home == SizeHome::kAustralian;
  const double chest_max = inches ? 46 : kEuFrom - 1;
  constexpr double kChestMin = 32;
  if (of.mens_number == MensNumber::kChest && value >= kChestMin && value <= chest_max)
    return find_number(SizeSystem::kUs, value);
  if (of.mens_number == MensNumber::kCollar)
    if (const auto collar = collar_number(value)) return collar;
  return find_number(value < kEuFrom ? SizeSystem::kWaistLength : SizeSystem::kEu, value);
}

}  // namespace

// The foot's length in cm or, as Mondopoint, in mm.
std::optional<SizeId> foot_length(double value) {
  constexpr double kMillimetresFrom = 90;
  return find_number(SizeSystem::kShoeCm, value >= kMillimetresFrom ? value / 10 : value);
}

// The collar of a shirt in cm, or in inches, as letters.
std::optional<SizeId> collar_number(double value) {
  constexpr double kInchesMin = 14, kInchesMax = 18.5, kCmMin = 35, kCmMax = 46;
  static constexpr std::array<std::string_view, 6> kOfCm{"XS", "S", "M", "L", "XL", "XXL"};
  static constexpr std::array<std::string_view, 5> kOfInches{"S", "M", "L", "XL", "XXL"};
  if (value >= kInchesMin && value <= kInchesMax)
    return charts().find(SizeSystem::kAlpha, kOfInches[static_cast<size_t>(value - kInchesMin)]);
  if (value < kCmMin || value > kCmMax) return std::nullopt;
  return charts().find(SizeSystem::kAlpha, kOfCm[static_cast<size_t>((value - kCmMin) / 2)]);
}

std::optional<SizeId> marked_number(const SizeMark& mark, std::string_view rest, SizeChart chart) {
  if (rest == "00" && mark.clothes == SizeSystem::kUs && !is_shoe_chart(chart))
    return charts().find(SizeSystem::kUs, rest);
  const auto value = number(rest);
  if (!value) return std::nullopt;
  if (chart == SizeChart::kKids) return child_number(*value);
  if (chart == SizeChart::kAccessories) return std::nullopt;
  return is_shoe_chart(chart) ? shoe_number(mark, *value, chart) : clothes_number(mark, *value, chart);
}

// A number alone means what most labels of the chart mean by it where the garment is sold.
std::optional<SizeId> read_bare_number(std::string_view word, const SizeContext& of) {
  const auto value = number(word);
  if (!value || of.chart == SizeChart::kAccessories) return std::nullopt;
  if (of.chart == SizeChart::kKids) return child_number(*value);
  if (const SizeMark* mark = home_mark(*value, of)) return marked_number(*mark, word, of.chart);
  constexpr double kEuOfChildFrom = 15;
  if (of.chart == SizeChart::kShoesKids) {
    if (*value >= kEuOfChildFrom) return find_number(SizeSystem::kShoeEu, *value);
    return has_british_numbers(of) ? child_shoe(SizeSystem::kShoeUk, *value) : std::nullopt;
  }
  if (is_shoe_chart(of.chart)) return bare_shoe_number(*value, of);
  if (of.chart == SizeChart::kMen) return bare_mens_number(*value, of);
  // Dresses run to 22 and EU from 32 on; between them stand the waists of jeans.
  if (word == "00" || *value < kWomensWaistFrom) {
    if (has_british_numbers(of))
      if (const auto british = find_number(SizeSystem::kUk, *value)) return british;
    return charts().find(SizeSystem::kUs, word == "00" ? "00" : size_number(*value));
  }
  return find_number(*value < kWomensEuFrom ? SizeSystem::kWaistLength : SizeSystem::kEu, *value);
}

}  // namespace modiste
