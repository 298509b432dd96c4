// What a row can do without, and what cells and files lack or have too much of.
#include <gtest/gtest.h>

#include "feeds/feed_testing.h"
#include "feeds/feed_time.h"

namespace modiste {
namespace {

TEST(LooseCells, WhatMayBeAbsentCostsNoRow) {
  const auto feed = read_text(
      "id\ttitle\tlink\tprice\tsale_price\tquantity\n"
      "a\tA\tl\t89 EUR\tN/A\t5 pcs\n"
      "b\tB\tl\t89 EUR\t-\t1-3\n"
      "c\tC\tl\t89 EUR\tTBD\tauf Anfrage\n"
      "d\tD\tl\t89 EUR\t59 USD\t1\n",
      "google-merchant-tsv");
  EXPECT_EQ(feed.ids(), "a b c") << feed.notes();
  EXPECT_EQ(feed.refusals(), "5:sale_price") << "another currency is a mistake";
  EXPECT_EQ(feed.variants(), "a '' '' 89 1; b '' '' 89 1; c '' '' 89 1");
  EXPECT_NE(feed.notes().find("'TBD' in 'sale_price' was left out"), std::string::npos) << feed.notes();
  EXPECT_NE(feed.notes().find("'1-3' in 'quantity' was left out"), std::string::npos) << feed.notes();
}

TEST(LooseCells, FormulasThatKeepANumberAsTextAreTheText) {
  for (const char* row :
       {R"(="00124",Tee,l,"59,00 EUR",="38")", R"("=""00124""",Tee,l,"59,00 EUR","=""38""")"}) {
    const auto feed = read_text(fmt::format("id,title,link,price,size\n{}\n", row), "meta-catalog-csv");
    EXPECT_EQ(feed.variants(), "00124 '38' '' 59 1") << row << feed.refusals();
  }
  EXPECT_EQ(read_text("id\ttitle\tlink\tprice\n=\"00124\"\tTee\tl\t9 EUR\n", "google-merchant-tsv").ids(),
            "00124");
}

TEST(LooseCells, JsonLinesAreAsForgiving) {
  const auto feed = read_text(
      R"({"id":"a","title":"A","variants":[{"sku":"1","price":9,"stock":-3},{"sku":"2","price":9,"stock":"sold out"}]})"
      "\n"
      R"({"id":"b","title":"B","variants":[{"sku":"3","price":9,"list_price":"n/a","stock":"some"}]})"
      "\n"
      R"({"id":"c","title":"C","variants":[{"sku":"4","price":9,"list_price":-1,"stock":4.0}]})"
      "\n",
      "json-lines");
  EXPECT_EQ(feed.ids(), "a b c") << feed.refusals();
  EXPECT_EQ(feed.variants(), "1 '' '' 9 0; 2 '' '' 9 0; 3 '' '' 9 1; 4 '' '' 9 4");
}

TEST(LooseCells, EmptyCellsAtTheEndOfARowMayBeMissing) {
  const auto tabs = read_text(
      "id\ttitle\tprice\tlink\tbrand\tcolor\n"
      "a\tA\t9 EUR\tl\tLuma\n"
      "b\tB\t9 EUR\n"
      "c\tC\n",
      "google-merchant-tsv");
  EXPECT_EQ(tabs.ids(), "a b");
  EXPECT_EQ(tabs.garments[0].brand, "Luma");
  EXPECT_EQ(tabs.refusals(), "4:") << "without a price it may be a piece of a torn row";
  EXPECT_NE(tabs.notes().find("2:a row's last cells are missing: taken as empty x 2"), std::string::npos);
  EXPECT_EQ(read_text("id,title,price,link,brand\na,A,9 EUR,l\n", "meta-catalog-csv").ids(), "a");
}

TEST(LooseCells, DatesWithSlashesAreReadAsTheShopWritesThem) {
  const auto price = [](const char* currency, const char* window) {
    const auto feed =
        read_text(std::string("id\ttitle\tlink\tprice\tsale_price\tsale_price_effective_date\n") +
                      "a\tA\tl\t89 " + currency + "\t59 " + currency + "\t" + window + "\n",
                  "google-merchant-tsv", {"USD", *parse_rfc3339("2026-12-10T12:00:00Z")});
    const bool told = feed.notes().find("05/12/2026") != std::string::npos;
    return fmt::format("{}{}", feed.garments.at(0).variants.at(0).price, told ? " told" : "");
  };
  EXPECT_EQ(price("EUR", "05/12/2026 - 24/12/2026"), "59") << "the other date shows it";
  EXPECT_EQ(price("GBP", "05/12/2026 - 12/12/2026"), "59 told");
  EXPECT_EQ(price("USD", "05/12/2026 - 06/12/2026"), "89 told");
  EXPECT_EQ(price("USD", "12/05/2026 - 12/24/2026"), "59");
  EXPECT_EQ(slash_order_of("2/4/26, 3:27 PM", "", "EUR").order, SlashOrder::kMonthFirst) << "Adobe's";
}

TEST(LooseCells, ADollarOfAnotherShopIsSaid) {
  const auto feed = read_text("id\ttitle\tlink\tprice\na\tA\tl\t$89\n", "google-merchant-tsv", {"EUR", {}});
  EXPECT_EQ(feed.garments.at(0).currency, "USD");
  EXPECT_NE(feed.notes().find("'$' in 'price' was read as USD"), std::string::npos) << feed.notes();
  EXPECT_EQ(read_text("id\ttitle\tlink\tprice\na\tA\tl\t$89\n", "google-merchant-tsv", {"CAD", {}})
                .notes()
                .find("was read as"),
            std::string::npos);
}

// Plugins send the platform's own numbers, whatever the feed's ids are.
TEST(PlatformIds, NumbersBesideSkusAndHandlesAreKept) {
  const auto woo = read_text(
      "ID,Type,SKU,Name,Published,Stock,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n"
      "20,variable,LIVE,Dress,1,,,,Size,\"S, M\"\n"
      "21,variation,LIVE-S,Dress,1,3,49,LIVE,Size,S\n"
      "22,variation,LIVE-M,Dress,1,3,49,LIVE,Size,M\n"
      "30,simple,,Scarf,1,3,19,,,\n",
      "woocommerce-csv");
  ASSERT_EQ(woo.ids(), "LIVE 30") << woo.refusals();
  const std::string name = "also_known_as";
  EXPECT_EQ(woo.garments[0].supplier_attributes.at(name), std::vector<std::string>{"20"});
  EXPECT_EQ(woo.garments[0].variants[1].supplier_attributes.at(name), std::vector<std::string>{"22"});
  EXPECT_FALSE(woo.garments[1].supplier_attributes.contains(name)) << "it is the id";
  const auto shopify = read_text(
      R"({"products":[{"id":7982301938,"handle":"dress","title":"Dress","body_html":"","options":[{"name":"Size"}],
      "variants":[{"id":41,"sku":"D-S","option1":"S","price":"49.00"},
                  {"id":42,"sku":"D-M","option1":"M","price":"49.00"}]}]})",
      "shopify-json");
  ASSERT_EQ(shopify.ids(), "dress") << shopify.refusals();
  EXPECT_EQ(shopify.garments[0].supplier_attributes.at(name), std::vector<std::string>{"7982301938"});
  EXPECT_EQ(shopify.garments[0].variants[0].supplier_attributes.at(name), std::vector<std::string>{"41"});
}

TEST(GoogleXml, GooglesOwnMembersComeBeforeAtoms) {
  const auto feed = read_text(
      R"(<feed><entry><id>https://shop.example/p/1</id><title>Shop | Linen Dress</title><g:id>D1</g:id>
      <g:title>Linen Dress</g:title><g:price>89 EUR</g:price><link href="l"/></entry></feed>)",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "D1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].title, "Linen Dress");
}

TEST(MetaCatalog, MetasOwnCategoryAndTextCountWhereNoOtherIsGiven) {
  const auto feed = read_text(
      "id,title,link,price,description,rich_text_description,google_product_category,fb_product_category\n"
      "a,Florence,l,89 EUR,,<p>Soft &amp; light</p>,,clothing & accessories > clothing > women's clothing > "
      "dresses\n"
      "b,Siena,l,89 EUR,Plain,,Apparel > Skirts,112\n"
      "c,Pisa,l,89 EUR,Plain,,,112\n",
      "meta-catalog-csv");
  ASSERT_EQ(feed.ids(), "a b c") << feed.refusals();
  EXPECT_EQ(feed.garments[0].category, "clothing & accessories > clothing > women's clothing > dresses");
  EXPECT_EQ(feed.garments[0].description, "Soft & light");
  EXPECT_EQ(feed.garments[1].category, "Apparel > Skirts");
  EXPECT_EQ(feed.garments[2].category, "") << "Meta's numbers are not Google's";
}

TEST(Adobe, AQuoteWithinAValueMeansInches) {
  const auto feed = read_text(
      "sku,product_type,name,price,visibility,additional_attributes,qty\n"
      "B,simple,Bag,49,\"Catalog, Search\",\"bag_height=12\"\",color=Red,size=M,note=\"\"Soft, "
      "warm\"\",material=Silk\",5\n",
      "adobe-commerce-csv");
  ASSERT_EQ(feed.ids(), "B") << feed.refusals();
  const Garment& bag = feed.garments[0];
  EXPECT_EQ(bag.variants[0].colour, "Red");
  EXPECT_EQ(bag.variants[0].size, "M");
  EXPECT_EQ(bag.supplier_attributes.at("bag_height"), std::vector<std::string>{"12\""});
  EXPECT_EQ(bag.supplier_attributes.at("note"), std::vector<std::string>{"Soft, warm"});
  EXPECT_EQ(bag.supplier_attributes.at("material"), std::vector<std::string>{"Silk"});
}

}  // namespace
}  // namespace modiste
