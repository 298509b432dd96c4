#include "vocabulary/size.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace modiste {
namespace {

std::string parsed_size(std::string_view word, SizeChart chart) {
  const auto id = parse_size(word, chart);
  if (!id) return "none";
  const Size& size = all_sizes()[*id];
  return std::string(name_of(size.system)) + " " + size.name;
}

std::vector<std::string> converted(std::string_view word, SizeSystem to, SizeChart chart) {
  std::vector<std::string> names;
  for (const SizeId id : convert_size(*parse_size(word, chart), to, chart))
    names.push_back(all_sizes()[id].name);
  return names;
}

TEST(Size, IdsAreDenseAndWithinTheLimit) {
  EXPECT_LE(all_sizes().size(), kSizeCountMax);
  std::set<std::pair<SizeSystem, std::string>> seen;
  for (size_t i = 0; i < all_sizes().size(); ++i) {
    EXPECT_EQ(all_sizes()[i].id, i);
    EXPECT_TRUE(seen.emplace(all_sizes()[i].system, all_sizes()[i].name).second) << all_sizes()[i].name;
  }
}

TEST(Size, ReadsTheWaysShopsWriteThem) {
  constexpr auto kWomen = SizeChart::kWomen;
  EXPECT_EQ(parsed_size("Medium", kWomen), "alpha M");
  EXPECT_EQ(parsed_size(" m ", kWomen), "alpha M");
  EXPECT_EQ(parsed_size("X-Large", kWomen), "alpha XL");
  EXPECT_EQ(parsed_size("2XL", kWomen), "alpha XXL");
  EXPECT_EQ(parsed_size("XXXL", kWomen), "alpha 3XL");
  EXPECT_EQ(parsed_size("S/M", kWomen), "alpha S/M");
  EXPECT_EQ(parsed_size("EU 38", kWomen), "eu 38");
  EXPECT_EQ(parsed_size("38 EU", kWomen), "eu 38");
  EXPECT_EQ(parsed_size("IT 42", kWomen), "it 42");
  EXPECT_EQ(parsed_size("US 00", kWomen), "us 00");
  EXPECT_EQ(parsed_size("W32 L34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed_size("32x34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed_size("32/34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed_size("UK 6.5", SizeChart::kShoesWomen), "shoe_uk 6.5");
  EXPECT_EQ(parsed_size("37,5", SizeChart::kShoesWomen), "shoe_eu 37.5");
  EXPECT_EQ(parsed_size("One Size", kWomen), "one_size One size");
  EXPECT_EQ(parsed_size("", kWomen), "one_size One size");
  EXPECT_EQ(parsed_size("M (US 8)", kWomen), "alpha M");
  EXPECT_EQ(parsed_size("Size 12", kWomen), "us 12");
}

TEST(Size, TheChartDecidesWhatABareNumberMeans) {
  EXPECT_EQ(parsed_size("8", SizeChart::kWomen), "us 8");
  EXPECT_EQ(parsed_size("29", SizeChart::kWomen), "waist_length 29");
  EXPECT_EQ(parsed_size("38", SizeChart::kWomen), "eu 38");
  EXPECT_EQ(parsed_size("32", SizeChart::kMen), "waist_length 32");
  EXPECT_EQ(parsed_size("50", SizeChart::kMen), "eu 50");
  EXPECT_EQ(parsed_size("9", SizeChart::kShoesMen), "shoe_us 9");
  EXPECT_EQ(parsed_size("43", SizeChart::kShoesMen), "shoe_eu 43");
}

TEST(Size, RefusesWhatIsNoSize) {
  EXPECT_EQ(parsed_size("RU 44", SizeChart::kWomen), "none") << "of a country that is not known: EU 38";
  for (const char* word : {"banana", "-5", "1000", "EU", "W", "nan", "inf", "XXXXXXXXXL", "38-40-42", "é"})
    EXPECT_EQ(parsed_size(word, SizeChart::kWomen), "none") << word;
  EXPECT_EQ(parsed_size(std::string(100'000, '9'), SizeChart::kWomen), "none");
}

TEST(Size, ConvertsNearestFirst) {
  EXPECT_EQ(converted("M", SizeSystem::kEu, SizeChart::kWomen), (std::vector<std::string>{"40", "38", "42"}));
  EXPECT_EQ(converted("EU 40", SizeSystem::kUs, SizeChart::kWomen), std::vector<std::string>{"8"});
  EXPECT_EQ(converted("US 8", SizeSystem::kAlpha, SizeChart::kWomen).front(), "M");
  EXPECT_EQ(converted("UK 8", SizeSystem::kIt, SizeChart::kWomen), std::vector<std::string>{"40"});
  EXPECT_EQ(converted("EU 50", SizeSystem::kUk, SizeChart::kMen), std::vector<std::string>{"40"});
  EXPECT_EQ(converted("32/34", SizeSystem::kAlpha, SizeChart::kMen).front(), "M");
  EXPECT_EQ(converted("UK 9", SizeSystem::kShoeEu, SizeChart::kShoesMen), std::vector<std::string>{"43"});
  EXPECT_EQ(converted("EU 39", SizeSystem::kShoeUs, SizeChart::kShoesWomen), std::vector<std::string>{"8"});
  EXPECT_TRUE(converted("EU 43", SizeSystem::kAlpha, SizeChart::kWomen).empty());  // no such row
}

TEST(Size, OffersWhatFitsTheSameBody) {
  const auto offered = [](std::string_view own, std::string_view other, SizeChart chart) {
    return equivalent_sizes(*parse_size(own, chart), chart).test(*parse_size(other, chart));
  };
  EXPECT_TRUE(offered("M", "EU 40", SizeChart::kWomen));
  EXPECT_TRUE(offered("M", "S/M", SizeChart::kWomen));
  EXPECT_FALSE(offered("M", "S", SizeChart::kWomen));
  EXPECT_FALSE(offered("M", "EU 48", SizeChart::kWomen));
  EXPECT_TRUE(offered("32", "32/34", SizeChart::kMen));
  EXPECT_FALSE(offered("32/30", "32/34", SizeChart::kMen));
  EXPECT_FALSE(offered("32", "31", SizeChart::kMen));
}

RC_GTEST_PROP(Size, ConversionGoesBothWays, ()) {
  const auto chart = static_cast<SizeChart>(*rc::gen::inRange<size_t>(0, kSizeChartCount));
  const auto from = static_cast<SizeId>(*rc::gen::inRange<size_t>(0, all_sizes().size()));
  const auto to = static_cast<SizeSystem>(*rc::gen::inRange<size_t>(0, EnumNames<SizeSystem>::kNames.size()));
  for (const SizeId other : convert_size(from, to, chart)) {
    RC_ASSERT(all_sizes()[other].system == to);
    const auto back = convert_size(other, all_sizes()[from].system, chart);
    RC_ASSERT(std::find(back.begin(), back.end(), from) != back.end());
  }
  RC_ASSERT(equivalent_sizes(from, chart).test(from));
}

// What we print, we read.
TEST(Size, ReadsItsOwnNames) {
  for (const auto& size : all_sizes()) {
    const bool shoe = is_shoe_size(size.system);
    const bool of_child = size.system == SizeSystem::kAge || size.system == SizeSystem::kHeight ||
                          (shoe && std::isalpha(static_cast<unsigned char>(size.name.back())) != 0);
    std::string word = size.name;
    switch (size.system) {
      case SizeSystem::kEu:
      case SizeSystem::kShoeEu:
        word = "EU " + word;
        break;
      case SizeSystem::kUk:
      case SizeSystem::kShoeUk:
        word = "UK " + word;
        break;
      case SizeSystem::kUs:
      case SizeSystem::kShoeUs:
        word = "US " + word;
        break;
      case SizeSystem::kIt:
        word = "IT " + word;
        break;
      case SizeSystem::kShoeCm:
        word += " cm";
        break;
      case SizeSystem::kWaistLength:
        word = word.find('/') == std::string::npos ? "W" + word : word;
        break;
      default:
        break;
    }
    const SizeChart chart = shoe ? (of_child ? SizeChart::kShoesKids : SizeChart::kShoesMen)
                                 : (of_child ? SizeChart::kKids : SizeChart::kMen);
    EXPECT_EQ(parse_size(word, chart), size.id) << word;
  }
}

// All that a cell says, in the order of the list.
std::string all_parsed(std::string_view word, SizeChart chart) {
  std::string names;
  for (const SizeId id : parse_sizes(word, chart))
    names +=
        (names.empty() ? std::string(name_of(all_sizes()[id].system)) + " " : ", ") + all_sizes()[id].name;
  return names.empty() ? "none" : names;
}

struct Reading {
  const char* word;
  SizeChart chart;
  const char* sizes;
};

TEST(Size, ReadsListsRangesAndFractions) {
  constexpr auto kW = SizeChart::kWomen, kM = SizeChart::kMen, kF = SizeChart::kShoesWomen;
  for (const auto& [word, chart, sizes] :
       std::initializer_list<Reading>{{"36/38", kW, "eu 36, 38"},
                                      {"38 - 42", kW, "eu 38, 40, 42"},
                                      {"EU 40/42", kW, "eu 40, 42"},
                                      {"UK 8-10", kW, "uk 8, 10"},
                                      {"S, M, L", kW, "alpha S, M, L"},
                                      {"S-M", kW, "alpha S/M"},
                                      {"S - L", kW, "alpha S, M, L"},
                                      {"46/48", kM, "eu 46, 48"},
                                      {"W34/L32", kM, "waist_length 34/32"},
                                      {"34x32", kM, "waist_length 34/32"},
                                      {"39-42", kF, "shoe_eu 39, 39.5, 40, 40.5, 41, 41.5, 42"},
                                      {"38 1/2", kF, "shoe_eu 38.5"},
                                      {"38½", kF, "shoe_eu 38.5"},
                                      {"38 2/3", kF, "shoe_eu 38.5"},
                                      {"6,5", kF, "shoe_us 6.5"},
                                      {"EU 38 (US 6)", kW, "eu 38"},
                                      {"T38", kW, "eu 38"},
                                      {"Gr. 40", kW, "eu 40"},
                                      {"Größe M", kW, "alpha M"},
                                      {"talla M", kW, "alpha M"},
                                      {"40R", kM, "us 40"},
                                      {"9 D", SizeChart::kShoesMen, "shoe_us 9"},
                                      {"3-4", kW, "none"},
                                      {"5-6", kM, "none"}})
    EXPECT_EQ(all_parsed(word, chart), sizes) << word;
}

TEST(Size, ReadsTheSystemsOfManyCountries) {
  constexpr auto kW = SizeChart::kWomen, kM = SizeChart::kMen, kF = SizeChart::kShoesWomen;
  for (const auto& [word, chart, sizes] :
       std::initializer_list<Reading>{{"FR 40", kW, "eu 38"},
                                      {"FR 50", kM, "eu 50"},
                                      {"AU 10", kW, "uk 10"},
                                      {"JP 9", kW, "eu 38"},
                                      {"BR 40", kW, "eu 40"},
                                      {"BR 37", kF, "shoe_eu 39"},
                                      {"MEX M", kW, "alpha M"},
                                      {"MEX 6", kW, "us 6"},
                                      {"CN 38", kW, "eu 38"},
                                      {"165/88A", kW, "alpha M"},
                                      {"KR 66", kW, "eu 38"},
                                      {"DE 42", kW, "eu 42"},
                                      {"JP 24.5", kF, "shoe_cm 24.5"},
                                      {"245 mm", kF, "shoe_cm 24.5"},
                                      {"27cm", SizeChart::kShoesMen, "shoe_cm 27"},
                                      {"AU 8", kF, "shoe_us 8"},
                                      {"75B", kW, "bra 75B"},
                                      {"34B", kW, "bra 75B"},
                                      {"34DD", kW, "bra 75E"},
                                      {"FR 90C", kW, "bra 75C"},
                                      {"Einheitsgröße", kW, "one_size One size"},
                                      {"Taille unique", kW, "one_size One size"},
                                      {"talla única", kW, "one_size One size"},
                                      {"T.U.", kW, "one_size One size"},
                                      {"フリーサイズ", kW, "one_size One size"},
                                      {"GG", kW, "alpha XL"},
                                      {"57", SizeChart::kAccessories, "none"},
                                      {"M", SizeChart::kAccessories, "alpha M"}})
    EXPECT_EQ(all_parsed(word, chart), sizes) << word;
}

TEST(Size, ReadsChildrensAgesAndHeights) {
  constexpr auto kK = SizeChart::kKids, kF = SizeChart::kShoesKids;
  for (const auto& [word, chart, sizes] :
       std::initializer_list<Reading>{{"Newborn", kK, "age newborn"},
                                      {"0-3M", kK, "age 0-3M"},
                                      {"3-6 months", kK, "age 3-6M"},
                                      {"3-6 mois", kK, "age 3-6M"},
                                      {"6-12 Monate", kK, "age 6-12M"},
                                      {"18 mesi", kK, "age 18M"},
                                      {"2T", kK, "age 2Y"},
                                      {"6X", kK, "age 6-7Y"},
                                      {"4-5 Years", kK, "age 4-5Y"},
                                      {"4-5Y", kK, "age 4-5Y"},
                                      {"5-6", kK, "age 5-6Y"},
                                      {"Age 7-8", kK, "age 7-8Y"},
                                      {"12 ans", kK, "age 12Y"},
                                      {"4 Jahre", kK, "age 4Y"},
                                      {"8 años", kK, "age 8Y"},
                                      {"10 lat", kK, "age 10Y"},
                                      {"6歳", kK, "age 6Y"},
                                      {"5 років", kK, "age 5Y"},
                                      {"3-4 роки", kK, "age 3-4Y"},
                                      {"1 рік", kK, "age 1Y"},
                                      {"6-9 місяців", kK, "age 6-9M"},
                                      {"9-12 міс.", kK, "age 9-12M"},
                                      {"5 ЛЕТ", kK, "age 5Y"},
                                      {"6-9 мес", kK, "age 6-9M"},
                                      {"4-5 ετών", kK, "age 4-5Y"},
                                      {"8 Ετών", kK, "age 8Y"},
                                      {"3 χρονών", kK, "age 3Y"},
                                      {"3-6 μηνών", kK, "age 3-6M"},
                                      {"5-6 ปี", kK, "age 5-6Y"},
                                      {"อายุ 5-6 ปี", kK, "age 5-6Y"},
                                      {"6-12 เดือน", kK, "age 6-12M"},
                                      {"2-3 ani", kK, "age 2-3Y"},
                                      {"6 luni", kK, "age 6M"},
                                      {"5 éves", kK, "age 5Y"},
                                      {"4 tuổi", kK, "age 4Y"},
                                      {"104", kK, "height 104"},
                                      {"98/104", kK, "height 98/104"},
                                      {"110 cm", kK, "height 110"},
                                      {"EU 116", kK, "height 116"},
                                      {"XS (5-6)", kK, "alpha XS"},
                                      {"3-6", kK, "none"},
                                      {"28", kF, "shoe_eu 28"},
                                      {"UK 10", kF, "shoe_uk 10K"},
                                      {"US 1", kF, "shoe_us 1Y"},
                                      {"10C", kF, "shoe_us 10C"},
                                      {"UK 4", kF, "none"},
                                      {"104", SizeChart::kMen, "none"},
                                      {"98/104", SizeChart::kMen, "none"},
                                      {"4-5 Years", SizeChart::kMen, "age 4-5Y"}})
    EXPECT_EQ(all_parsed(word, chart), sizes) << word;
  const auto heights = converted("4-5Y", SizeSystem::kHeight, kK);
  ASSERT_GE(heights.size(), 2U);
  EXPECT_EQ(heights[0] + " " + heights[1], "104 110");
  EXPECT_EQ(converted("12 ans", SizeSystem::kHeight, kK).front(), "152");
  const auto offered = [](std::string_view own, std::string_view other) {
    return equivalent_sizes(*parse_size(own, kK), kK).test(*parse_size(other, kK));
  };
  EXPECT_TRUE(offered("104", "98/104"));
  EXPECT_TRUE(offered("104", "4-5 years"));
  EXPECT_TRUE(offered("2T", "24 months"));
  EXPECT_FALSE(offered("104", "116"));
  EXPECT_FALSE(offered("4-5Y", "5-6Y"));
}

TEST(Size, TakesASystemThatStandsBesideIt) {
  const std::tuple<const char*, const char*, const char*> kCells[] = {
      {"M", "US", "M"},       {"XL", "EU", "XL"},          {"One Size", "US", "One Size"},
      {"US 8", "US", "US 8"}, {"8", "US", "US 8"},         {"38", "FR", "FR 38"},
      {"9", "JP", "JP 9"},    {"36/38", "EU", "EU 36/38"}, {"32/34", "US", "32/34"},
      {"38", "", "38"},       {"38", "XX", "38"},          {"", "US", ""},
      {"10", "au", "AU 10"},  {"3-6M", "US", "3-6M"}};
  for (const auto& [size, system, word] : kCells) EXPECT_EQ(size_with_system(size, system), word);
}

TEST(Size, WhoWearsItAndTheCutAreNotTheSize) {
  EXPECT_EQ(parsed_size("US Women's 8", SizeChart::kShoesWomen), "shoe_us 8");
  EXPECT_EQ(parsed_size("US Women 8", SizeChart::kWomen), "us 8");
  EXPECT_EQ(parsed_size("Men's L", SizeChart::kMen), "alpha L");
  EXPECT_EQ(parsed_size("Youth L", SizeChart::kKids), "alpha L");
  EXPECT_EQ(parsed_size("Petite 6", SizeChart::kWomen), "us 6");
  EXPECT_EQ(parsed_size("XL Short", SizeChart::kMen), "alpha XL");
  EXPECT_EQ(parsed_size("Sサイズ", SizeChart::kWomen), "alpha S");
  EXPECT_EQ(parsed_size("M サイズ", SizeChart::kMen), "alpha M");
  EXPECT_EQ(parsed_size("110호", SizeChart::kKids), parsed_size("110", SizeChart::kKids));
  EXPECT_EQ(parsed_size("9号", SizeChart::kWomen), "eu 38");
}

TEST(Size, StandsOnALine) {
  const auto at = [](std::string_view word, SizeChart chart) {
    return size_position(*parse_size(word, chart), chart);
  };
  EXPECT_EQ(at("US 8", SizeChart::kWomen), 5);
  EXPECT_EQ(at("EU 40", SizeChart::kWomen), 5);
  EXPECT_EQ(at("UK 14", SizeChart::kWomen), 6);
  EXPECT_EQ(at("S", SizeChart::kWomen), 3.5);
  EXPECT_LT(*at("S/M", SizeChart::kWomen), *at("M", SizeChart::kWomen));
  EXPECT_EQ(*at("UK 7", SizeChart::kShoesMen) - *at("UK 6", SizeChart::kShoesMen), 2);
  EXPECT_FALSE(at("One size", SizeChart::kWomen).has_value());
  EXPECT_FALSE(at("US 60", SizeChart::kWomen).has_value());
}

}  // namespace
}  // namespace modiste
