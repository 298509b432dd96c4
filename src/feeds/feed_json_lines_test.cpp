#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "catalog/garment.h"
#include "feeds/feed.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"
#include "feeds/feed_text.h"
#include "vocabulary/google_taxonomy.h"

namespace modiste {
namespace {

// As it is kept: without markup, and without blanks around it.
rc::Gen<std::string> any_text() {
  const auto letters =
      rc::gen::container<std::string>(rc::gen::map(rc::gen::inRange<int>(0x01, 0x80), [](int c) {
        return c == '<' || c == '&' || c == '[' ? 'm' : static_cast<char>(c);
      }));
  return rc::gen::map(letters, [](const std::string& text) { return std::string(trim_blanks(text)); });
}

rc::Gen<std::string> any_name() {  // with letters beyond ASCII, quotes and control characters
  return rc::gen::map(
      rc::gen::pair(any_text(), rc::gen::element<std::string>("é", "😀", "\"", "\\", "a\nb", "x")),
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
  garment.currency = "EUR";
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
  if (*rc::gen::arbitrary<bool>()) garment.goes_with.push_back("not " + *any_name());
  if (*rc::gen::arbitrary<bool>())
    garment.created_at =
        TimePoint(std::chrono::microseconds(*rc::gen::inRange<int64_t>(0, 4'000'000'000'000'000)));
  return garment;
}

RC_GTEST_PROP(JsonLine, WhatIsExportedIsImportedTheSame, ()) {
  const Garment garment = any_garment();
  RC_PRE(validate(garment).ok());
  RC_PRE(!google_category(garment.category));  // Google's 53 would be a gift card
  const std::string line = to_json_line(garment);
  RC_ASSERT(line.find('\n') == std::string::npos);
  const auto feed = read_text(line + "\n", "json-lines");
  RC_ASSERT(feed.garments.size() == 1U);
  RC_ASSERT(to_json_line(feed.garments[0]) == line);
  RC_ASSERT(feed.garments[0].title == garment.title);
  RC_ASSERT(feed.garments[0].variants.back().price == garment.variants.back().price);
  RC_ASSERT(feed.garments[0].attributes.back().confidence == garment.attributes.back().confidence);
  RC_ASSERT(feed.garments[0].created_at == garment.created_at);
}

TEST(JsonLines, AGarmentHasOneCurrency) {
  const auto read = read_text(
      R"({"id":"n1","title":"Jupe","currency":"EUR","variants":[{"sku":"a","price":"$45.50","stock":4}]}
{"id":"n2","title":"Tee","currency":"EUR","variants":[{"sku":"b","price":"9,00 €","stock":1}]})",
      "json-lines");
  EXPECT_EQ(read.refusals(), "1:/variants/0/price");
  EXPECT_EQ(read.variants(), "b '' '' 9 1");
}

TEST(JsonLines, AmountsAndCountsMayBeText) {
  const auto read = read_text(
      R"({"id":"n1","title":"Jupe","variants":[{"sku":"a","price":"45,50 €","list_price":"","stock":"4"},{"sku":"b","price":39,"stock":null}]}
{"id":"n2","title":"Tee","variants":[{"sku":"c","price":"from 9 EUR","stock":1}]})",
      "json-lines");
  ASSERT_EQ(read.garments.size(), 1u);
  EXPECT_EQ(read.garments[0].currency, "EUR");
  EXPECT_EQ(read.variants(), "a '' '' 45.5 4; b '' '' 39 1");
  EXPECT_EQ(read.refusals(), "2:/variants/0/price");
}

constexpr std::string_view kLoose =
    R"({"id":1,"title":"Linen Tee","category":["Women","Tops"],"currency":"EUR",
    "variants":[{"sku":11,"size":38,"color":"Blue","price":10,"listPrice":12,"stock":3}],"images":[{"url":"a.jpg","color":"Blue"}]})";

TEST(JsonLines, NamesAndTypesMayDiffer) {
  std::string line(kLoose);
  std::erase(line, '\n');
  const auto feed = read_text(line, "json-lines");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.variants(), "11 '38' 'Blue' 10<12 3");
  EXPECT_EQ(feed.garments[0].category, "Women > Tops");
  EXPECT_EQ(feed.garments[0].images.at(0).colour, "Blue");
}

TEST(Json, AListAndAnObjectOverSeveralLinesAreRead) {
  for (const std::string& text : {"[" + std::string(kLoose) + "]", "[\n  " + std::string(kLoose) + "\n]\n",
                                  "{\n" + std::string(kLoose).substr(1)}) {
    const auto reader = detect_feed(text);
    ASSERT_TRUE(reader.ok()) << text;
    EXPECT_EQ((*reader)->name, "json") << text;
    EXPECT_EQ(read_text(text, "json").ids(), "1") << text;
  }
  EXPECT_EQ((*detect_feed(R"({"id":"1","title":"x","variants":[]})"))->name, "json-lines");
  for (const char* name : {"products", "garments", "data"}) {
    const auto wrapped = "{\"total\":1,\"" + std::string(name) + "\":[" + std::string(kLoose) + "]}";
    EXPECT_EQ((*detect_feed(wrapped))->name, "json") << name;
    EXPECT_EQ(read_text(wrapped, "json").ids(), "1") << name;
  }
}

TEST(JsonLines, AnAttributeOfOneValueNeedsNoList) {
  const auto feed =
      read_text(R"({"id":"1","title":"Linen Tee","currency":"EUR","supplier_attributes":{"mpn":"A-1"},)"
                R"("variants":[{"sku":"1","price":10,"stock":3,"supplier_attributes":{"origin":7}}]})",
                "json-lines");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("mpn"), std::vector<std::string>{"A-1"});
  const auto& variant = feed.garments[0].variants[0].supplier_attributes;
  const auto& all = variant.contains("origin") ? variant : feed.garments[0].supplier_attributes;
  ASSERT_TRUE(all.contains("origin"));
  EXPECT_EQ(all.at("origin"), std::vector<std::string>{"7"});
}

TEST(JsonLines, ReadsNamesInCapitals) {
  const auto read =
      read_text(R"({"ID":"t1","Title":"Tee","currency":"EUR","images":[{"URL":"https://x/1.jpg"}],)"
                R"("variants":[{"SKU":"t1-m","size":"M","price":20,"listPrice":25,"stock":3}]})",
                "json-lines");
  EXPECT_EQ(read.refusals(), "");
  EXPECT_EQ(read.variants(), "t1-m 'M' '' 20<25 3");
}

}  // namespace
}  // namespace modiste
