#include "outfits/body_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste::outfits {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }
TermId term(Facet facet, std::string_view name) { return vocabulary().find(facet, name)->id; }

BodyProfile tall_as(double height_cm) {
  BodyProfile body;
  body.height_cm = height_cm;
  return body;
}

bool has_rule(const std::vector<const BodyRule*>& rules, std::string_view name) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const BodyRule* rule) { return rule->row.name == name; });
}

TEST(BodyRules, HoldByHeightBuildAndWish) {
  const BodyRules rules(vocabulary());
  EXPECT_TRUE(rules.of({}).empty()) << "nothing is known, nothing is said";
  EXPECT_TRUE(has_rule(rules.of(tall_as(158)), "short_layer"));
  EXPECT_FALSE(has_rule(rules.of(tall_as(170)), "short_layer"));
  EXPECT_TRUE(has_rule(rules.of(tall_as(180)), "long_coat"));
  BodyProfile petite;
  petite.body_type = "petite";
  EXPECT_TRUE(has_rule(rules.of(petite), "petite_layer"));
  BodyProfile loose;
  loose.fit_wish = FitWish::kLoose;
  EXPECT_TRUE(has_rule(rules.of(loose), "likes_loose"));
  BodyProfile heavy;
  heavy.weight_kg = 120;
  EXPECT_TRUE(rules.of(heavy).empty()) << "no rule reads a weight";
}

TEST(BodyRules, AreSwitchedOff) {
  BodyProfile body = tall_as(158);
  body.proportions = false;
  EXPECT_TRUE(BodyRules(vocabulary()).of(body).empty());
}

TEST(BodyRules, JudgeAGarmentByItsCut) {
  const BodyRules rules(vocabulary());
  const auto held = rules.of(tall_as(158));
  const TermId women = term(Facet::kDepartment, "women"), men = term(Facet::kDepartment, "men");
  const TermId cropped = term(Facet::kLength, "cropped"), knee = term(Facet::kLength, "knee");
  const std::vector<TermId> short_jacket{cropped}, long_jacket{knee};
  const auto good = body_verdict(held, OutfitRole::kOuter, women, short_jacket);
  ASSERT_NE(good.preferred_by, nullptr);
  EXPECT_EQ(good.preferred_by->row.name, "short_layer");
  EXPECT_EQ(good.preferred, cropped);
  EXPECT_TRUE(body_verdict(held, OutfitRole::kOuter, women, long_jacket).avoided);
  EXPECT_EQ(body_verdict(held, OutfitRole::kOuter, men, short_jacket).preferred_by, nullptr)
      << "the source speaks of women's clothes";
  EXPECT_EQ(body_verdict(held, OutfitRole::kOuter, {}, short_jacket).preferred_by, nullptr)
      << "of nobody's garment they say nothing";
  EXPECT_EQ(body_verdict(held, OutfitRole::kShoes, women, short_jacket).preferred_by, nullptr);
}

TEST(BodyRules, EachHasASourceAndSpeaksOfTheGarment) {
  for (const BodyRule& rule : BodyRules(vocabulary()).rules()) {
    EXPECT_FALSE(rule.row.source.empty()) << rule.row.name;
    EXPECT_FALSE(rule.prefers.empty()) << rule.row.name << ": what is only avoided could not be said";
    for (const std::string_view word : {"short person", "fat", "hide", "flaw", "problem", "slimming", "too "})
      EXPECT_EQ(rule.row.says.find(word), std::string::npos) << rule.row.says;
  }
}

TEST(BodyRules, RefuseNamesThatTheVocabularyLacks) {
  const auto parsed = BodyRules::parse(R"(
[[rule]]
name = "x"
roles = ["top"]
prefers = ["length/very-long"]
says = "x"
source = "x"
)",
                                       vocabulary());
  ASSERT_FALSE(parsed.ok());
  EXPECT_NE(parsed.error().what.find("length/very-long"), std::string::npos);
}

}  // namespace
}  // namespace modiste::outfits
