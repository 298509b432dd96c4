#include "catalog/garment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = kPriceMax * 2; }), "/variants/0/price");
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
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].price = kPriceMax; }), "accepted");
  EXPECT_EQ(refused([](Garment& g) { g.variants[0].margin = 1; }), "accepted");
}

}  // namespace
}  // namespace modiste
