// Sizes as the shops of one country write them, and as those of several do.
#include <gtest/gtest.h>

#include "vocabulary/size_context.h"
#include "vocabulary/size_tables.h"
#include "vocabulary/size_text.h"

namespace modiste {
namespace {

constexpr auto kW = SizeChart::kWomen, kM = SizeChart::kMen, kK = SizeChart::kKids;
constexpr auto kF = SizeChart::kShoesWomen, kMF = SizeChart::kShoesMen;

// "uk 12", "alpha M, L": all that a cell says.
std::string parsed_in(std::string_view word, const SizeContext& context) {
  std::string names;
  for (const SizeId id : parse_sizes(word, context)) {
    const Size& size = all_sizes()[id];
    names += (names.empty() ? std::string(name_of(size.system)) + " " : ", ") + size.name;
  }
  return names.empty() ? "none" : names;
}

std::string parsed_in(std::string_view word, SizeChart chart) {
  return parsed_in(word, SizeContext{.chart = chart});
}

struct ReadingThere {
  const char* word;
  SizeChart chart;
  const char* sizes;
};

void expect_read(std::initializer_list<ReadingThere> readings) {
  for (const auto& [word, chart, sizes] : readings) EXPECT_EQ(parsed_in(word, chart), sizes) << word;
}

TEST(SizeCountries, TheWordsOfTheTablesAreAsACellIsCleaned) {
  using namespace size_tables;  // NOLINT(google-build-using-namespace)
  const auto expect_clean = [](std::string_view word) {
    EXPECT_EQ(size_text::compact(size_text::clean(word)), word);
  };
  for (const auto& alias : kAlphaAliases) expect_clean(alias.word);
  for (const auto& alias : kJapaneseLetters) expect_clean(alias.word);
  for (const auto word : kOneSizeWords) expect_clean(word);
  for (const auto word : kSizeWords) expect_clean(word);
  for (const auto word : kMonthWords) expect_clean(word);
  for (const auto word : kYearWords) expect_clean(word);
}

TEST(SizeCountries, LettersOfManyCountries) {
  expect_read({{"SS", kW, "alpha XS"},
               {"LL", kW, "alpha XL"},
               {"3L", kW, "alpha XXL"},
               {"5L", kM, "alpha 4XL"},
               {"3L", SizeChart::kAccessories, "none"},  // litres
               {"XG", kW, "alpha XXL"},
               {"XXG", kW, "alpha 3XL"},
               {"G2", kW, "alpha 3XL"},
               {"XCH", kW, "alpha XS"},
               {"TM", kW, "alpha M"},
               {"TXL", kM, "alpha XL"},
               {"Groot", kW, "alpha L"},
               {"Mellan", kW, "alpha M"},
               {"Duży", kW, "alpha L"},
               {"Küçük", kW, "alpha S"},
               {"Büyük", kW, "alpha L"},
               {"小", kW, "alpha S"},
               {"大号", kW, "alpha L"},
               {"XL码", kW, "alpha XL"},
               {"Большой", kW, "alpha L"},
               {"كبير", kW, "alpha L"},
               {"YM", kK, "alpha M"},
               {"YXL", kK, "alpha XL"},
               {"Tek Beden", kW, "one_size One size"},
               {"均碼", kW, "one_size One size"},
               {"مقاس واحد", kW, "one_size One size"},
               {"Egyméretű", kW, "one_size One size"},
               {"Единый размер", kW, "one_size One size"},
               {"Универсальный размер", kW, "one_size One size"},
               {"Semua ukuran", kW, "one_size One size"},
               {"Satu ukuran", kW, "one_size One size"},
               {"מידה אחידה", kW, "one_size One size"},
               {"Strl. M", kW, "alpha M"},
               {"stl 38", kW, "eu 38"},
               {"D 38", kW, "eu 38"},
               {"F 40", kW, "eu 38"},
               {"I 42", kW, "it 42"},
               {"Euro 38", kW, "eu 38"},
               {"F", kW, "one_size One size"},
               {"Tamaño M", kW, "alpha M"},
               {"Numara 38", kF, "shoe_eu 38"},
               {"Talle 40", kW, "eu 40"},
               {"размер 42", kW, "eu 42"},
               {"サイズM", kW, "alpha M"}});
}

TEST(SizeCountries, HalfYearsAreMonths) {
  expect_read({{"1½ years", kK, "age 18M"},
               {"1,5 Jahre", kK, "age 18M"},
               {"1.5 år", kK, "age 18M"},
               {"1.5 years", kM, "age 18M"},
               {"1½-2Y", kK, "age 18-24M"},
               {"1,5-2 år", kK, "age 18-24M"},
               {"2.5 Y", kK, "age 30M"},
               {"3½-4 years", kK, "age 3-4Y"},
               {"9-12 міс.", kK, "age 9-12M"},
               {"3-6 أشهر", kK, "age 3-6M"},
               {"2-3.years", kK, "age 2-3Y"}});
}

TEST(SizeCountries, AnAgeMayStandBesideAHeight) {
  expect_read({{"3 ans - 98 cm", kK, "age 3Y"},
               {"4A - 102 cm", kK, "age 4Y"},
               {"4 Jahre - 104 cm", kK, "age 4Y"},
               {"12M-74CM", kK, "age 12M"},
               {"3-4 ans - 98-104 cm", kK, "age 3-4Y"},
               {"98 cm - 3 ans", kK, "age 3Y"}});
}

TEST(SizeCountries, AWomansWaistHasNoSystem) {
  expect_read({{"EU 27", kW, "waist_length 27"},
               {"EU 27/32", kW, "waist_length 27/32"},
               {"EU 30/32", kW, "waist_length 30/32"},
               {"DE 31", kW, "waist_length 31"},
               {"34/32", kW, "waist_length 34/32"},
               {"32/34", kW, "waist_length 32/34"},
               {"DE 32/34", kW, "eu 32, 34"},
               {"EU 38/40", kW, "eu 38, 40"},
               {"JP 23", kW, "eu 52"}});
  EXPECT_EQ(size_with_system("27", "EU", kW), "27");
  EXPECT_EQ(size_with_system("27/32", "EU", kW), "27/32");
  EXPECT_EQ(size_with_system("36/32", "EU", kW), "36/32");
  EXPECT_EQ(size_with_system("32/34", "DE", kW), "DE 32/34");
  EXPECT_EQ(size_with_system("36", "EU", kW), "EU 36");
}

TEST(SizeCountries, ABareNumberIsThatOfTheCountry) {
  const auto at = [](std::string_view word, SizeChart chart, std::string_view currency) {
    return parsed_in(word, {.chart = chart, .home = size_home_of(currency)});
  };
  EXPECT_EQ(at("44", kW, "KRW"), "eu 34");
  EXPECT_EQ(at("66", kW, "KRW"), "eu 38");
  EXPECT_EQ(at("9", kW, "JPY"), "eu 38");
  EXPECT_EQ(at("11", kW, "JPY"), "eu 40");
  EXPECT_EQ(at("24.5", kF, "JPY"), "shoe_cm 24.5");
  EXPECT_EQ(at("36", kF, "BRL"), "shoe_eu 38");
  EXPECT_EQ(at("35/36", kF, "EUR"), "shoe_eu 35, 35.5, 36") << "no waist";
  EXPECT_EQ(at("35/36", kF, "BRL"), "shoe_eu 37, 37.5, 38");
  EXPECT_EQ(at("8", kMF, "INR"), "shoe_uk 8");
  EXPECT_EQ(at("12", kW, "INR"), "us 12");
  EXPECT_EQ(at("12", kW, "ZAR"), "uk 12");
  EXPECT_EQ(at("8", kMF, "ZAR"), "shoe_uk 8");
}

TEST(SizeCountries, TheLengthOfALegStandsBehindTheNumber) {
  EXPECT_EQ(parsed_in("10R", {.chart = kW, .home = SizeHome::kBritish}), "uk 10");
  EXPECT_EQ(parsed_in("12L", {.chart = kW, .home = SizeHome::kBritish}), "uk 12");
  EXPECT_EQ(parsed_in("14S", {.chart = kW, .home = SizeHome::kBritish}), "uk 14");
  EXPECT_EQ(size_with_system("10R", "UK", kW), "UK 10R");
  expect_read({{"UK 10R", kW, "uk 10"}, {"UK 10R", kMF, "none"}, {"8R", kK, "age 8Y"}, {"40R", kM, "us 40"}});
  EXPECT_EQ(size_with_system("3L", "JP"), "3L");
}

TEST(SizeCountries, GermanShortAndLongSizes) {
  expect_read({{"DE 25", kM, "eu 50"},
               {"DE 98", kM, "eu 50"},
               {"DE 106", kM, "eu 54"},
               {"DE 20", kW, "eu 40"},
               {"DE 76", kW, "eu 38"},
               {"DE 50", kM, "eu 50"}});
  EXPECT_EQ(size_with_system("25", "DE", kM), "DE 25");
  EXPECT_EQ(size_with_system("32", "DE", kM), "32");
}

TEST(SizeCountries, UnisexShoesSayTwoSizes) {
  expect_read({{"M9/W11", kMF, "shoe_us 9"},
               {"M9/W11", kF, "shoe_us 11"},
               {"M 8 / W 9.5", kF, "shoe_us 9.5"},
               {"M7 W9", kMF, "shoe_us 7"},
               {"Men's 9 / Women's 10.5", kF, "shoe_us 10.5"},
               {"Men's 9 / Women's 10.5", kMF, "shoe_us 9"},
               {"Little Kids 6", kK, "age 6Y"}});
}

}  // namespace
}  // namespace modiste
