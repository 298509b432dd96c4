#include "catalog/garment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "catalog/feed_testing.h"

namespace modiste {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

Garment good() {
  Garment garment;
  garment.id = "MH01";
  garment.title = "Hoodie";
  garment.variants.emplace_back().sku = "MH01-S";
  garment.variants.back().price = 52;
  return garment;
}

std::string refused(const std::function<void(Garment&)>& spoil) {
  Garment garment = good();
  spoil(garment);
  const auto result = validate(garment);
  return result.ok() ? "accepted" : result.error().where;
}

TEST(Validate, AcceptsAPlainGarment) { EXPECT_TRUE(validate(good()).ok()); }

TEST(Validate, RefusesWhatNoShopCanMean) {
  EXPECT_EQ(refused([](Garment& g) { g.id.clear(); }), "/id");
  EXPECT_EQ(refused([](Garment& g) { g.id = std::string(201, 'x'); }), "/id");
  EXPECT_EQ(refused([](Garment& g) { g.title.clear(); }), "/title");
  EXPECT_EQ(refused([](Garment& g) { g.description = std::string(20'001, 'x'); }), "/description");
  EXPECT_EQ(refused([](Garment& g) { g.brand = "caf\xE9"; }), "/brand");
  EXPECT_EQ(refused([](Garment& g) { g.supplier_attributes["\xED\xA0\x80"] = {}; }), "/supplier_attributes");
  EXPECT_EQ(refused([](Garment& g) { g.variants.clear(); }), "/variants");
  EXPECT_EQ(refused([](Garment& g) { g.variants.resize(kVariantsMax + 1); }), "/variants");
  EXPECT_EQ(refused([](Garment& g) { g.variants.push_back(g.variants[0]); }), "/variants/1/sku");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].sku.clear(); }), "/variants/0/sku");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = -0.01; }), "/variants/0/price");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = kNan; }), "/variants/0/price");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = 1e8; }), "/variants/0/price");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].list_price = kInfinite; }), "/variants/0/list_price");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].margin = 1.5; }), "/variants/0/margin");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].stock = -1; }), "/variants/0/stock");
  EXPECT_EQ(refused([](Garment& g) { g.currency = "DOLLARS"; }), "/currency");
  EXPECT_EQ(refused([](Garment& g) { g.images.resize(kImagesMax + 1, {"a.jpg", ""}); }), "/images");
  EXPECT_EQ(refused([](Garment& g) { g.images.resize(1); }), "/images/0/url");
  EXPECT_EQ(refused([](Garment& g) { g.supplier_attributes["a/b"] = {std::string(501, 'x')}; }),
            "/supplier_attributes/a~1b/0");
  EXPECT_EQ(refused([](Garment& g) { g.goes_with.resize(201, "x"); }), "/goes_with");
  EXPECT_EQ(refused([](Garment& g) {
              g.attributes.push_back(
                  {Facet::kColour, "red", "", AttributeSource::kPhoto, static_cast<float>(kNan)});
            }),
            "/attributes/0/confidence");
}

TEST(Validate, AcceptsTheLimitsThemselves) {
  EXPECT_EQ(refused([](Garment& g) { g.id = std::string(200, 'x'); }), "accepted");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = 0; }), "accepted");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = 1e7; }), "accepted");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].margin = 1; }), "accepted");
}

// --- export and import ---

rc::Gen<std::string> any_text() {
  return rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange<int>(0x01, 0x80), [](int c) { return static_cast<char>(c); }));
}

rc::Gen<std::string> any_name() {  // with letters beyond ASCII, quotes and control characters
  return rc::gen::map(
      rc::gen::pair(any_text(), rc::gen::element<std::string>("é", "😀", "\"", "\\", "\n", "x")),
      [](std::pair<std::string, std::string> parts) { return parts.second + parts.first; });
}

rc::Gen<double> any_price() {
  return rc::gen::map(rc::gen::inRange<int>(0, 1'000'000), [](int cents) { return cents / 100.0; });
}

Garment any_garment() {
  Garment garment;
  garment.id = *any_name();
  garment.title = *any_name();
  garment.description = *any_text();
  garment.brand = *any_text();
  garment.category = *any_text();
  garment.supplier_attributes[*any_name()] = {*any_text(), *any_name()};
  const auto variants = *rc::gen::inRange(1, 6);
  for (int i = 0; i < variants; ++i) {
    Variant& variant = garment.variants.emplace_back();
    variant.sku = *any_name() + std::to_string(i);
    variant.size = *any_text();
    variant.colour = *any_name();
    variant.price = *any_price();
    if (*rc::gen::arbitrary<bool>()) variant.list_price = *any_price();
    if (*rc::gen::arbitrary<bool>()) variant.margin = *rc::gen::inRange(0, 101) / 100.0;
    variant.stock = *rc::gen::inRange(0, 1'000'000);
  }
  if (*rc::gen::arbitrary<bool>()) garment.images.push_back({*any_name(), *any_text()});
  garment.attributes.push_back({static_cast<Facet>(*rc::gen::inRange<int>(0, kFacetCount)), *any_name(),
                                *any_text(), static_cast<AttributeSource>(*rc::gen::inRange(0, 2)),
                                static_cast<float>(*rc::gen::inRange(0, 1001)) / 1000});
  if (*rc::gen::arbitrary<bool>()) garment.goes_with.push_back(*any_name());
  if (*rc::gen::arbitrary<bool>())
    garment.created_at =
        TimePoint(std::chrono::microseconds(*rc::gen::inRange<int64_t>(0, 4'000'000'000'000'000)));
  return garment;
}

RC_GTEST_PROP(JsonLine, WhatIsExportedIsImportedTheSame, ()) {
  const Garment garment = any_garment();
  RC_PRE(validate(garment).ok());
  const std::string line = to_json_line(garment);
  RC_ASSERT(line.find('\n') == std::string::npos);
  const auto feed = read_text(line + "\n", FeedFormat::kJsonLines);
  RC_ASSERT(feed.garments.size() == 1U);
  RC_ASSERT(to_json_line(feed.garments[0]) == line);
  RC_ASSERT(feed.garments[0].title == garment.title);
  RC_ASSERT(feed.garments[0].variants.back().price == garment.variants.back().price);
  RC_ASSERT(feed.garments[0].attributes.back().confidence == garment.attributes.back().confidence);
  RC_ASSERT(feed.garments[0].created_at == garment.created_at);
}

}  // namespace
}  // namespace modiste
