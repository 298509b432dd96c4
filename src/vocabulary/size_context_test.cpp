// Sizes whose meaning depends on where a garment is sold, on what it is, or on a system named elsewhere.
#include "vocabulary/size_context.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

// "uk 12", "alpha M, L": all that a cell says.
std::string parsed(std::string_view word, const SizeContext& context) {
  std::string names;
  for (const SizeId id : parse_sizes(word, context)) {
    const Size& size = all_sizes()[id];
    names += (names.empty() ? std::string(name_of(size.system)) + " " : ", ") + size.name;
  }
  return names.empty() ? "none" : names;
}

TEST(SizeContext, ABareNumberIsThatOfTheCountry) {
  const auto at = [](std::string_view word, SizeChart chart, std::string_view currency) {
    return parsed(word, {.chart = chart, .home = size_home_of(currency)});
  };
  constexpr auto kW = SizeChart::kWomen, kF = SizeChart::kShoesWomen, kMF = SizeChart::kShoesMen;
  for (const char* currency : {"GBP", "AUD", "NZD"}) {
    EXPECT_EQ(at("12", kW, currency), "uk 12") << currency;
    EXPECT_EQ(at("8-10", kW, currency), "uk 8, 10") << currency;
    EXPECT_EQ(at("10 Petite", kW, currency), "uk 10") << currency;
    EXPECT_EQ(at("Size 16", kW, currency), "uk 16") << currency;
    EXPECT_EQ(at("9", kMF, currency), "shoe_uk 9") << currency;
    EXPECT_EQ(at("38", kW, currency), "eu 38") << "a number that no British size has";
    EXPECT_EQ(at("US 8", kW, currency), "us 8") << "what is written counts";
    EXPECT_EQ(at("38", kF, currency), "shoe_eu 38") << currency;
  }
  EXPECT_EQ(at("6", kF, "GBP"), "shoe_uk 6");
  EXPECT_EQ(at("6", kF, "AUD"), "shoe_us 6") << "as AU 6 is";
  EXPECT_EQ(at("10", SizeChart::kShoesKids, "GBP"), "shoe_uk 10K");
  for (const char* currency : {"USD", "EUR", ""}) {
    EXPECT_EQ(at("12", kW, currency), "us 12") << currency;
    EXPECT_EQ(at("6", kF, currency), "shoe_us 6") << currency;
  }
}

TEST(SizeContext, AMansNumberIsOfWhatTheGarmentMeasures) {
  const auto of = [](std::string_view word, MensNumber number, std::string_view currency = "EUR") {
    return parsed(word, {.chart = SizeChart::kMen, .home = size_home_of(currency), .mens_number = number});
  };
  EXPECT_EQ(of("39/40", MensNumber::kCollar), "alpha M");
  EXPECT_EQ(of("41/42", MensNumber::kCollar), "alpha L");
  EXPECT_EQ(of("37-38", MensNumber::kCollar), "alpha S");
  EXPECT_EQ(of("41", MensNumber::kCollar), "alpha L");
  EXPECT_EQ(of("39-42", MensNumber::kCollar), "alpha M, L");
  EXPECT_EQ(of("15.5", MensNumber::kCollar), "alpha M");
  EXPECT_EQ(of("16 1/2 - 34", MensNumber::kCollar), "alpha L") << "collar and sleeve";
  EXPECT_EQ(of("50", MensNumber::kCollar), "eu 50");
  EXPECT_EQ(of("40", MensNumber::kChest, "USD"), "us 40");
  EXPECT_EQ(of("44", MensNumber::kChest, "GBP"), "us 44") << "where sizes are inches";
  EXPECT_EQ(of("44", MensNumber::kChest, "EUR"), "eu 44");
  EXPECT_EQ(of("32", MensNumber::kWaist), "waist_length 32");
  EXPECT_EQ(of("US 32", MensNumber::kWaist), "waist_length 32");
  EXPECT_EQ(of("US 40", MensNumber::kUnknown), "us 40");
  EXPECT_EQ(of("EU 32", MensNumber::kWaist), "waist_length 32") << "a feed whose every size has the mark";
  EXPECT_EQ(of("EU 32/34", MensNumber::kWaist), "waist_length 32/34");
  EXPECT_EQ(of("EU 50", MensNumber::kWaist), "eu 50");
}

TEST(SizeContext, ACutOrAWidthBesideASystemIsRead) {
  const SizeContext women{.chart = SizeChart::kWomen}, men{.chart = SizeChart::kMen};
  EXPECT_EQ(parsed("UK 10 Petite", women), "uk 10");
  EXPECT_EQ(parsed("US 8 Long", women), "us 8");
  EXPECT_EQ(parsed("EU 38 Short", women), "eu 38");
  EXPECT_EQ(parsed("UK Petite 10", women), "uk 10");
  EXPECT_EQ(parsed("10 Tall UK", women), "uk 10");
  EXPECT_EQ(parsed("US 40R", men), "us 40");
  EXPECT_EQ(parsed("EU 50R", men), "eu 50");
  EXPECT_EQ(parsed("UK 9 Wide", {.chart = SizeChart::kShoesMen}), "shoe_uk 9");
  EXPECT_EQ(parsed("US 8 Slim", {.chart = SizeChart::kKids}), "age 8Y");
  EXPECT_EQ(parsed("CN 170/92", men), parsed("170/92", men));
}

TEST(SizeContext, ASystemBesideASizeIsPutBeforeWhatItIsSaidOf) {
  const std::tuple<const char*, const char*, const char*> kCells[] = {{"10 Petite", "UK", "UK 10 Petite"},
                                                                      {"12 Tall", "UK", "UK 12 Tall"},
                                                                      {"10P", "UK", "UK 10P"},
                                                                      {"14 Long", "US", "US 14 Long"},
                                                                      {"40R", "US", "US 40R"},
                                                                      {"9 D", "UK", "UK 9 D"},
                                                                      {"2T", "US", "2T"},
                                                                      {"24M", "US", "24M"},
                                                                      {"75B", "EU", "75B"},
                                                                      {"2XL", "US", "2XL"},
                                                                      {"32/34", "EU", "32/34"},
                                                                      {"36/32", "EU", "36/32"},
                                                                      {"170/92", "CN", "170/92"},
                                                                      {"36/38", "EU", "EU 36/38"},
                                                                      {"32", "EU", "EU 32"}};
  for (const auto& [size, system, word] : kCells) EXPECT_EQ(size_with_system(size, system), word) << size;
  EXPECT_EQ(size_with_system("32", "EU", SizeChart::kMen), "32") << "no man's EU size is so small";
  EXPECT_EQ(size_with_system("50", "EU", SizeChart::kMen), "EU 50");
  EXPECT_EQ(size_with_system("34/36", "DE", SizeChart::kMen), "34/36");
  EXPECT_EQ(size_with_system("9", "UK", SizeChart::kMen), "UK 9") << "shoes";
  EXPECT_EQ(size_with_system("32/34", "DE", SizeChart::kWomen), "DE 32/34") << "a double size";
}

TEST(SizeContext, TheNameOfAnOptionSaysTheSystem) {
  const std::pair<const char*, const char*> kNames[] = {
      {"UK Size", "UK"},       {"Size (UK)", "UK"},      {"US Size", "US"},         {"FR Größe", "FR"},
      {"IT Size", "IT"},       {"EU-Größe", "EU"},       {"Size UK Women", "UK"},   {"Talla ES", "ES"},
      {"USサイズ", "US"},      {"Italian size", "IT"},   {"Australian Size", "AU"}, {"size", ""},
      {"Talla de zapato", ""}, {"Tailles au choix", ""}, {"Does it fit", ""},       {"EU/UK size", ""},
      {"uk_size", "UK"}};
  for (const auto& [name, mark] : kNames) EXPECT_EQ(system_in_name(name), mark) << name;
}

TEST(SizeContext, RangesOfAgesAreWrittenWithWordsToo) {
  const SizeContext kids{.chart = SizeChart::kKids};
  for (const auto& [word, size] :
       std::initializer_list<std::pair<const char*, const char*>>{{"5 to 6 years", "age 5-6Y"},
                                                                  {"3 à 4 ans", "age 3-4Y"},
                                                                  {"5 bis 6 Jahre", "age 5-6Y"},
                                                                  {"de 3 a 4 años", "age 3-4Y"},
                                                                  {"da 4 a 5 anni", "age 4-5Y"},
                                                                  {"3 до 4 лет", "age 3-4Y"},
                                                                  {"5 to 6", "age 5-6Y"},
                                                                  {"3 months to 6 months", "age 3-6M"},
                                                                  {"6 months to 1 year", "age 6-12M"},
                                                                  {"up to 3 months", "age 0-3M"},
                                                                  {"bis 3 Monate", "age 0-3M"},
                                                                  {"hasta 3 meses", "age 0-3M"},
                                                                  {"jusqu'à 3 mois", "age 0-3M"}})
    EXPECT_EQ(parsed(word, kids), size) << word;
  EXPECT_EQ(parsed("38 bis 40", {.chart = SizeChart::kWomen}), "eu 38, 40");
}

}  // namespace
}  // namespace modiste
