#include "base/toml.h"

#include <gtest/gtest.h>

namespace modiste {

struct Oven {
  int heat_c = 180;
  std::vector<std::string> trays;
};
struct Kitchen {
  Oven oven;
  std::vector<Oven> spares;
};
template <>
struct Contract<Oven> {
  static constexpr std::string_view kName = "Oven";
  static constexpr auto kFields = Fields{
      field("heat_c", &Oven::heat_c, {.doc = "Air", .min = 50, .max = 300}), field("trays", &Oven::trays)};
};
template <>
struct Contract<Kitchen> {
  static constexpr std::string_view kName = "Kitchen";
  static constexpr auto kFields = Fields{field("oven", &Kitchen::oven), field("spares", &Kitchen::spares)};
};

namespace {

std::string refusal_of(std::string_view text) { return from_toml<Kitchen>(text, "k.toml").error().message(); }

TEST(Toml, IsReadByContract) {
  const auto read = from_toml<Kitchen>(
      "[oven]\nheat_c = 200\ntrays = [\"top\", \"bottom\"]\n[[spares]]\n[[spares]]\nheat_c = 60\n", "k.toml");
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->oven.heat_c, 200);
  EXPECT_EQ(read->oven.trays, (std::vector<std::string>{"top", "bottom"}));
  ASSERT_EQ(read->spares.size(), 2U);
  EXPECT_EQ(read->spares[0].heat_c, 180);
  EXPECT_EQ(read->spares[1].heat_c, 60);
}

TEST(Toml, MistakesAreNamedByFileLineAndKey) {
  EXPECT_EQ(refusal_of("[oven]\n\nheat_c = 900\n"),
            "900 is out of range (k.toml line 3, oven.heat_c); expected 50 to 300");
  EXPECT_EQ(refusal_of("[oven]\nheat_c = \"hot\"\n"),
            "wrong type: a string (k.toml line 2, oven.heat_c); expected an integer");
  EXPECT_EQ(refusal_of("[oven]\ntrays = [\"a\", 5]\n"),
            "wrong type: a number (k.toml line 2, oven.trays.1); expected a string");
  EXPECT_NE(refusal_of("[[spares]]\n[[spares]]\nheat = 5\n").find("k.toml line 3, spares.1.heat"),
            std::string::npos);
  EXPECT_NE(refusal_of("[oven]\n\"a/b~\" = 5\n").find("k.toml line 2, oven.a/b~"), std::string::npos);
}

TEST(Toml, WhatIsNotTomlOrHasNoPlaceInJsonIsRefused) {
  for (const char* text : {"[oven\n", "[@", "[oven]\nheat_c = 1979-05-27\n", "[oven]\nheat_c = nan\n"})
    EXPECT_NE(refusal_of(text).find("k.toml line"), std::string::npos) << text;
}

}  // namespace
}  // namespace modiste
