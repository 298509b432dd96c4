#include "vocabulary/size.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace modiste {
namespace {

std::string parsed(std::string_view word, SizeChart chart) {
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
  EXPECT_EQ(parsed("Medium", kWomen), "alpha M");
  EXPECT_EQ(parsed(" m ", kWomen), "alpha M");
  EXPECT_EQ(parsed("X-Large", kWomen), "alpha XL");
  EXPECT_EQ(parsed("2XL", kWomen), "alpha XXL");
  EXPECT_EQ(parsed("XXXL", kWomen), "alpha 3XL");
  EXPECT_EQ(parsed("S/M", kWomen), "alpha S/M");
  EXPECT_EQ(parsed("EU 38", kWomen), "eu 38");
  EXPECT_EQ(parsed("38 EU", kWomen), "eu 38");
  EXPECT_EQ(parsed("IT 42", kWomen), "it 42");
  EXPECT_EQ(parsed("US 00", kWomen), "us 00");
  EXPECT_EQ(parsed("W32 L34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed("32x34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed("32/34", SizeChart::kMen), "waist_length 32/34");
  EXPECT_EQ(parsed("UK 6.5", SizeChart::kShoesWomen), "shoe_uk 6.5");
  EXPECT_EQ(parsed("37,5", SizeChart::kShoesWomen), "shoe_eu 37.5");
  EXPECT_EQ(parsed("One Size", kWomen), "one_size One size");
  EXPECT_EQ(parsed("", kWomen), "one_size One size");
  EXPECT_EQ(parsed("M (US 8)", kWomen), "alpha M");
  EXPECT_EQ(parsed("Size 12", kWomen), "us 12");
}

TEST(Size, TheChartDecidesWhatABareNumberMeans) {
  EXPECT_EQ(parsed("8", SizeChart::kWomen), "us 8");
  EXPECT_EQ(parsed("29", SizeChart::kWomen), "waist_length 29");
  EXPECT_EQ(parsed("38", SizeChart::kWomen), "eu 38");
  EXPECT_EQ(parsed("32", SizeChart::kMen), "waist_length 32");
  EXPECT_EQ(parsed("50", SizeChart::kMen), "eu 50");
  EXPECT_EQ(parsed("9", SizeChart::kShoesMen), "shoe_us 9");
  EXPECT_EQ(parsed("43", SizeChart::kShoesMen), "shoe_eu 43");
}

TEST(Size, RefusesWhatIsNoSize) {
  for (const char* word : {"banana", "-5", "1000", "EU", "W", "nan", "inf", "XXXXXXXXXL", "38-40-42", "é"})
    EXPECT_EQ(parsed(word, SizeChart::kWomen), "none") << word;
  EXPECT_EQ(parsed(std::string(100'000, '9'), SizeChart::kWomen), "none");
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
  const auto chart = static_cast<SizeChart>(*rc::gen::inRange(0, 4));
  const auto from = static_cast<SizeId>(*rc::gen::inRange<size_t>(0, all_sizes().size()));
  const auto to = static_cast<SizeSystem>(*rc::gen::inRange(0, 10));
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
    const bool shoe = size.system >= SizeSystem::kShoeEu;
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
      case SizeSystem::kWaistLength:
        word = word.find('/') == std::string::npos ? "W" + word : word;
        break;
      default:
        break;
    }
    EXPECT_EQ(parse_size(word, shoe ? SizeChart::kShoesMen : SizeChart::kMen), size.id) << word;
  }
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
