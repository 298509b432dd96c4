#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <regex>
#include <set>

#include "drawn_shop/drawing/design.h"

namespace modiste::drawn_shop::drawing {
namespace {

// Of any combination, also those no shop would sell (a tartan trench with every trim); drawn_shop_test holds
// the shop to 40 KB.
constexpr size_t kSvgBytesMax = 48'000;

Colourway colours() {
  return {Ink("#39518a"), Ink("#ece4d2"), Ink("#9a4a2c"), Ink("#b99a55"), Ink("#e9e8e4")};
}

Design design_of(Kind kind, uint64_t seed) {
  Design d;
  d.kind = kind, d.seed = seed, d.variant = static_cast<int>(seed % 60);
  d.material = Material::kCotton, d.sleeve = Sleeve::kLong, d.neckline = Neckline::kCrew;
  d.silhouette = Silhouette::kStraight, d.length = Length::kKnee;
  return d;
}

// Every id that is used is defined, once.
void expect_references_resolve(const std::string& svg) {
  std::set<std::string> defined, used;
  const std::regex define(" id='([^']+)'"), use("(?:url\\(#|href='#)([^')]+)");
  for (std::sregex_iterator i(svg.begin(), svg.end(), define), end; i != end; ++i)
    EXPECT_TRUE(defined.insert((*i)[1]).second) << "defined twice: " << (*i)[1];
  for (std::sregex_iterator i(svg.begin(), svg.end(), use), end; i != end; ++i) used.insert((*i)[1]);
  for (const auto& id : used) EXPECT_TRUE(defined.contains(id)) << "not defined: " << id;
}

class EveryKind : public ::testing::TestWithParam<int> {};

TEST_P(EveryKind, IsWellFormedXmlWithResolvedReferences) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const std::string svg = draw_garment(design_of(static_cast<Kind>(GetParam()), seed), colours());
    pugi::xml_document document;
    const auto parsed = document.load_string(svg.c_str(), pugi::parse_full);
    ASSERT_TRUE(parsed) << parsed.description() << " at " << parsed.offset << ": "
                        << svg.substr(parsed.offset, 60);
    EXPECT_STREQ(document.document_element().name(), "svg");
    EXPECT_STREQ(document.document_element().attribute("viewBox").value(), "0 0 480 600");
    expect_references_resolve(svg);
  }
}

TEST_P(EveryKind, HoldsOnlyFiniteNumbersAndNoForeignThings) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const std::string svg = draw_garment(design_of(static_cast<Kind>(GetParam()), seed), colours());
    for (const char* word : {"nan", "inf", "<script", "foreignObject", "<text", "<image",
                             "http://www.w3.org/1999", "feTurbulence"})
      EXPECT_EQ(svg.find(word), std::string::npos) << word;
  }
}

TEST_P(EveryKind, StaysSmallInEveryPrint) {
  for (int print = 0; print <= static_cast<int>(Print::kGeometric); ++print) {
    Design d = design_of(static_cast<Kind>(GetParam()), 5);
    d.print = static_cast<Print>(print);
    EXPECT_LT(draw_garment(d, colours()).size(), kSvgBytesMax) << "print " << print;
  }
}

TEST_P(EveryKind, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const Kind kind = static_cast<Kind>(GetParam());
  EXPECT_EQ(draw_garment(design_of(kind, 3), colours()), draw_garment(design_of(kind, 3), colours()));
  Design other = design_of(kind, 3);
  other.seed = 4;
  EXPECT_NE(draw_garment(design_of(kind, 3), colours()), draw_garment(other, colours()));
}

INSTANTIATE_TEST_SUITE_P(Draw, EveryKind, ::testing::Range(0, static_cast<int>(kKindCount)));

TEST(Draw, DrawsEverySilhouetteNecklineAndSleeveOfADress) {
  for (int silhouette = 0; silhouette <= static_cast<int>(Silhouette::kBoxy); ++silhouette)
    for (int neckline = 0; neckline <= static_cast<int>(Neckline::kWrap); ++neckline)
      for (int sleeve = 0; sleeve <= static_cast<int>(Sleeve::kBalloon); ++sleeve) {
        Design d = design_of(Kind::kDress, 9);
        d.silhouette = static_cast<Silhouette>(silhouette), d.neckline = static_cast<Neckline>(neckline),
        d.sleeve = static_cast<Sleeve>(sleeve);
        pugi::xml_document document;
        ASSERT_TRUE(document.load_string(draw_garment(d, colours()).c_str()))
            << silhouette << " " << neckline << " " << sleeve;
      }
}

TEST(Draw, TheColoursOfOneGarmentShareTheirOutline) {
  const Design d = design_of(Kind::kTee, 11);
  Colourway red = colours();
  red.ground = Ink("#a32638");
  const std::string a = draw_garment(d, colours()), b = draw_garment(d, red);
  const auto outline = [](const std::string& svg) {
    const size_t from = svg.find("<path id=");
    return svg.substr(from, svg.find("/>", from) - from);
  };
  EXPECT_EQ(outline(a), outline(b));
  EXPECT_NE(a, b);
}

TEST(Ink, ShadesAreDarkerAndTintsLighterOfTheSameHue) {
  const Ink ink("#2c7078");
  EXPECT_LT(ink.shade(0.3).lab.l, ink.lab.l);
  EXPECT_GT(ink.tint(0.3).lab.l, ink.lab.l);
  EXPECT_NEAR(ink.tint(0.3).hue_degrees(), ink.hue_degrees(), 1);
  EXPECT_EQ(Ink("#2c7078").hex(), "#2c7078");
}

}  // namespace
}  // namespace modiste::drawn_shop::drawing
