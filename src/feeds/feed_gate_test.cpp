// What holds of every format: the currency of a row, blanks around cells, prices of nothing, barcodes.
#include <gtest/gtest.h>

#include <algorithm>

#include "catalog/garment_attributes.h"
#include "feeds/feed_testing.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

std::string currency_of(std::string_view text, std::string_view reader) {
  const auto feed = read_text(text, reader, {"EUR", {}});
  return feed.garments.size() == 1 ? feed.garments.front().currency : "refused: " + feed.refusals();
}

TEST(FeedCurrency, AColumnOfItsOwnSaysTheCurrencyOfTheRow) {
  for (const char* column : {"currency", "price_currency", "Price Currency", "currency_code"})
    EXPECT_EQ(currency_of(fmt::format("id\ttitle\tavailability\tprice\t{}\nd1\tDress\tin stock\t89.00\tUSD\n",
                                      column),
                          "google-merchant-tsv"),
              "USD")
        << column;
  EXPECT_EQ(currency_of("<rss><item><id>1</id><title>Dress</title><price>89.00</price>"
                        "<g:currency>GBP</g:currency></item></rss>",
                        "google-merchant-xml"),
            "GBP");
  EXPECT_EQ(
      currency_of("Handle,Title,Variant SKU,Variant Price,Currency\na,Dress,A,89.00,gbp\n", "shopify-csv"),
      "GBP");
  EXPECT_EQ(currency_of("Type,SKU,Name,Published,Regular price,Currency\nsimple,A,Dress,1,89.00,USD\n",
                        "woocommerce-csv"),
            "USD");
}

TEST(FeedCurrency, APriceThatNamesItsOwnKeepsIt) {
  const auto feed = read_text(
      "id\ttitle\tavailability\tprice\tsale_price\tcurrency\n"
      "a\tDress\tin stock\t89.00 EUR\t79.00\tUSD\n"
      "b\tDress\tin stock\t89.00\t\tdollars of old\n",
      "google-merchant-tsv", {"EUR", {}});
  ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
  EXPECT_EQ(feed.garments[0].currency, "EUR");
  EXPECT_EQ(feed.garments[0].variants[0].price, 79);
  EXPECT_EQ(feed.garments[1].currency, "EUR");
  EXPECT_NE(feed.notes().find("'currency' says USD"), std::string::npos) << feed.notes();
  EXPECT_NE(feed.notes().find("'dollars of old' in 'currency'"), std::string::npos) << feed.notes();
}

TEST(FeedCurrency, TheDecimalsAreThoseOfTheRowsCurrency) {
  const auto feed = read_text("id\ttitle\tavailability\tprice\tcurrency\na\tDress\tin stock\t12.500\tKWD\n",
                              "google-merchant-tsv", {"EUR", {}});
  EXPECT_EQ(feed.variants(), "a '' '' 12.5 1") << feed.refusals();
}

TEST(FeedBlanks, AreTrimmedInEveryScript) {
  EXPECT_EQ(trim_blanks("\u00A0 S \u202F\u3000"), "S");
  EXPECT_EQ(trim_blanks("\uFEFF\u200Bd1\u200B"), "d1");
  EXPECT_EQ(trim_blanks("a\u00A0b"), "a\u00A0b");
  EXPECT_EQ(trim_blanks(" \u200B "), "");
  EXPECT_EQ(trim_blanks("größe"), "größe");
}

TEST(FeedBlanks, CostNoSizeColourOrId) {
  const auto shopify = read_text(
      "Handle,Title,Vendor,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price\n"
      "d1\u00A0,Dress\u00A0,Moda\u00A0,Size,S\u00A0,Color,Olive\u00A0,\u200BA-S,89\n"
      "d1,,,,M\u3000,,Olive,A-M\u202F,89\n",
      "shopify-csv");
  EXPECT_EQ(shopify.ids(), "d1");
  EXPECT_EQ(shopify.variants(), "A-S 'S' 'Olive' 89 1; A-M 'M' 'Olive' 89 1");
  ASSERT_EQ(shopify.garments.size(), 1U);
  EXPECT_EQ(shopify.garments[0].brand, "Moda");
  EXPECT_EQ(shopify.garments[0].title, "Dress");
  const auto lines = read_text(
      R"({"id":"\u200bd1","title":"Dress","variants":[{"sku":"A\u00a0","size":"S\u00a0","price":89,"stock":1}]})",
      "json-lines");
  EXPECT_EQ(lines.ids(), "d1") << lines.refusals();
  EXPECT_EQ(lines.variants(), "A 'S' '' 89 1");
  EXPECT_TRUE(lines.report.mentioned.contains("d1"));
  const auto xml = read_text(
      "<rss><item><id>\u00A0d1\u00A0</id><title>Dress</title><size>S\u00A0</size><price>8 USD</price>"
      "</item></rss>",
      "google-merchant-xml");
  EXPECT_EQ(xml.variants(), "d1 'S' '' 8 1") << xml.refusals();
}

TEST(FeedPrice, WhatCostsNothingIsNotForSale) {
  const auto feed = read_text(
      "id\ttitle\tavailability\tprice\tsale_price\titem_group_id\n"
      "sample\tSample\tin stock\t0.00 EUR\t\t\n"
      "sale\tDress\tin stock\t0.00 EUR\t59.00 EUR\t\n"
      "t1\tTee\tin stock\t0 EUR\t\ttee\n"
      "t2\tTee\tin stock\t25 EUR\t\ttee\n",
      "google-merchant-tsv");
  EXPECT_EQ(feed.ids(), "sale tee");
  EXPECT_EQ(feed.variants(), "sale '' '' 59 1; t2 '' '' 25 1");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"sample"}));
  EXPECT_EQ(feed.report.rows_refused, 2U) << feed.refusals();
}

TEST(FeedPrice, OfPhotosIsNotKnown) {
  const auto photos = read_text("image,label\na,Shirt\n", "photo-folder-csv");
  EXPECT_EQ(photos.ids(), "a") << photos.refusals();
  const auto exported =
      read_text(R"({"id":"a","title":"Shirt","variants":[{"sku":"a","price":0,"stock":1}]})", "json-lines");
  EXPECT_EQ(exported.ids(), "a") << exported.refusals();
}

std::vector<std::string> ids_of_barcode(std::string_view written) {
  std::map<std::string, std::vector<std::string>> attributes;
  know_as_barcode(attributes, written, "A");
  return attributes[std::string(kPlatformIds)];
}

TEST(FeedBarcode, IsAnIdWithAndWithoutZerosAhead) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids_of_barcode("4006381333931"), (Ids{"4006381333931", "04006381333931"}));
  EXPECT_EQ(ids_of_barcode("04006381333931"), (Ids{"4006381333931", "04006381333931"}));
  EXPECT_EQ(ids_of_barcode("'4006381333931"), (Ids{"4006381333931", "04006381333931"}));
  EXPECT_EQ(ids_of_barcode("036000291452"), (Ids{"036000291452", "0036000291452", "00036000291452"}));
  for (const char* wrong : {"", "4006381333932", "0000000000000", "4.00638E+12", "A-1", "12345"})
    EXPECT_EQ(ids_of_barcode(wrong), Ids()) << wrong;
}

TEST(FeedBarcode, OfSeveralVariantsNamesTheGarment) {
  const auto feed = read_text(
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n"
      "tee,Tee,Size,S,T-S,10,4006381333931\ntee,,,M,T-M,10,036000291452\n"
      "cap,Cap,Size,S,C-S,10,73513537\ncap,,,M,C-M,10,73513537\n",
      "shopify-csv");
  ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
  EXPECT_EQ(also_known_as(feed.garments[0].variants[0]).front(), "4006381333931");
  EXPECT_EQ(also_known_as(feed.garments[0].variants[1]).front(), "036000291452");
  for (const auto& variant : feed.garments[1].variants) EXPECT_TRUE(also_known_as(variant).empty());
  EXPECT_EQ(also_known_as(feed.garments[1]).front(), "73513537");
}

TEST(FeedBarcode, AMakersPartNumberIsAnotherIdOfTheVariant) {
  const auto feed = read_text(
      "id\ttitle\tlink\tprice\tavailability\tmpn\n"
      "a\tTee\thttps://s.example/a\t10 EUR\tin_stock\tLD-100\n"
      "b\tTee\thttps://s.example/b\t10 EUR\tin_stock\tn/a\n"
      "c\tTee\thttps://s.example/c\t10 EUR\tin_stock\tc\n",
      "google-merchant-tsv");
  ASSERT_EQ(feed.garments.size(), 3U) << feed.refusals();
  EXPECT_EQ(also_known_as(feed.garments[0].variants[0]), std::vector<std::string>{"LD-100"});
  EXPECT_TRUE(also_known_as(feed.garments[1].variants[0]).empty());
  EXPECT_TRUE(also_known_as(feed.garments[2].variants[0]).empty());
}

TEST(FeedBarcode, IsReadInEveryFormatThatHasAColumn) {
  const std::pair<const char*, const char*> kFeeds[] = {
      {"google-merchant-tsv", "id\ttitle\tavailability\tprice\tgtin\na\tTee\tin stock\t9\t4006381333931\n"},
      {"woocommerce-csv",
       "Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,Regular price\nsimple,A,4006381333931,Tee,1,9\n"},
      {"prestashop-csv",
       "Product ID;Name;Price tax included;Quantity;Reference #;EAN13\n1;Tee;9.00;3;A;4006381333931\n"},
      {"bigcommerce-csv", "Item,ID,Name,SKU,Price,GTIN\nProduct,1,Tee,A,9,4006381333931\n"},
      {"shopify-json",
       R"({"id":1,"title":"Tee","body_html":"","variants":[{"id":2,"sku":"A","price":"9.00","barcode":"4006381333931"}]})"},
  };
  for (const auto& [reader, text] : kFeeds) {
    const auto feed = read_text(text, reader);
    ASSERT_EQ(feed.garments.size(), 1U) << reader << ": " << feed.refusals();
    const auto& ids = also_known_as(feed.garments[0].variants.at(0));
    EXPECT_NE(std::find(ids.begin(), ids.end(), "4006381333931"), ids.end()) << reader;
  }
}

}  // namespace
}  // namespace modiste
