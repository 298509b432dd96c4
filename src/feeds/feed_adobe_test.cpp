#include <gtest/gtest.h>

#include "feeds/feed_adobe_text.h"
#include "feeds/feed_directory.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kHeader =
    "sku,store_view_code,product_type,categories,name,description,product_online,visibility,price,special_"
    "price,"
    "special_price_to_date,created_at,base_image,additional_images,additional_attributes,qty,is_in_stock,"
    "configurable_variations,related_skus\n";

std::string simple(const std::string& sku, const std::string& attributes, const std::string& price = "52",
                   const std::string& image = "") {
  return sku + ",,simple,Default Category/Men,Hoodie-" + sku + ",,1,Not Visible Individually," + price +
         ",,,," + image + ",,\"" + attributes + "\",100.0000,1,,\n";
}

std::string configurable(const std::string& sku, const std::string& variations,
                         const std::string& image = "") {
  return sku +
         ",,configurable,\"Default Category/Men/Tops/Hoodies & Sweatshirts,Default Category/Collections/Eco "
         "Friendly,"
         "Default Category\",Chaz Hoodie,\"<p>Warm.</p>\n<p>&bull; Two-tone.</p>\",1,\"Catalog, "
         "Search\",52,,,"
         "\"11/21/14, 3:27 PM\"," +
         image + ",,\"has_options=1,material=Wool|LumaTech&trade;,pattern=Solid\",0,1,\"" + variations +
         "\",\"MP01,MP02\"\n";
}

ReadText read(const std::string& rows) {
  return read_text(std::string(kHeader) + rows, "adobe-commerce-csv");
}

TEST(Adobe, AConfigurableClaimsTheSimplesBeforeIt) {
  const auto feed =
      read(simple("MH01-XS-Black", "size=XS,color=Black", "52", "/b.jpg") +
           simple("MH01-XS-Gray", "size=XS,color=Gray", "50.5", "/g.jpg") +
           configurable("MH01", "sku=MH01-XS-Black,size=XS,color=Black|sku=MH01-XS-Gray,size=XS,color=Gray",
                        "/g.jpg"));
  ASSERT_EQ(feed.ids(), "MH01") << feed.refusals();
  const Garment& hoodie = feed.garments[0];
  EXPECT_EQ(hoodie.title, "Chaz Hoodie");
  EXPECT_EQ(hoodie.description, "Warm.\n• Two-tone.");
  EXPECT_EQ(hoodie.category, "Men/Tops/Hoodies & Sweatshirts");
  EXPECT_EQ(hoodie.supplier_attributes.at("collection"), std::vector<std::string>{"Eco Friendly"});
  EXPECT_EQ(hoodie.supplier_attributes.at("material"), (std::vector<std::string>{"Wool", "LumaTech™"}));
  EXPECT_EQ(hoodie.supplier_attributes.count("has_options"), 0U);
  EXPECT_EQ(hoodie.goes_with, (std::vector<std::string>{"MP01", "MP02"}));
  ASSERT_EQ(hoodie.variants.size(), 2U);
  EXPECT_EQ(hoodie.variants[0].colour, "Black");
  EXPECT_EQ(hoodie.variants[0].size, "XS");
  EXPECT_EQ(hoodie.variants[0].stock, 100);
  EXPECT_EQ(hoodie.variants[1].price, 50.5);
  ASSERT_EQ(hoodie.images.size(), 2U);
  EXPECT_EQ(hoodie.images[0].url, "/g.jpg");  // the configurable's own photo first, as the colour it shows
  EXPECT_EQ(hoodie.images[0].colour, "Gray");
  ASSERT_TRUE(hoodie.created_at);
  EXPECT_EQ(to_rfc3339(*hoodie.created_at).substr(0, 16), "2014-11-21T15:27");
}

TEST(Adobe, OrSimplesThatFollowIt) {
  const auto feed = read(simple("A", "size=S,color=Red") +
                         configurable("X", "sku=A,size=S,color=Red|sku=B,size=M,color=Red") +
                         configurable("Y", "sku=C,size=S,color=Red") + simple("C", "size=S,color=Red") +
                         simple("B", "size=M,color=Red"));
  EXPECT_EQ(feed.ids(), "Y X");
  EXPECT_EQ(feed.garments[1].variants.size(), 2U);
  EXPECT_EQ(feed.report.rows_refused, 0U) << feed.refusals();
}

TEST(Adobe, OneBadVariantCostsOnlyItself) {
  const auto feed = read(simple("A", "size=S,color=Red", "NaN") + simple("B", "size=M,color=Red", "-4") +
                         simple("C", "size=L,color=Red", "1e999") + simple("D", "size=XL,color=Red") +
                         configurable("X", "sku=A,size=S|sku=B,size=M|sku=C,size=L|sku=D,size=XL"));
  ASSERT_EQ(feed.ids(), "X");
  EXPECT_EQ(feed.garments[0].variants.size(), 1U);
  EXPECT_EQ(feed.refusals(),
            "2:price 3:price 4:price 6:configurable_variations 6:configurable_variations "
            "6:configurable_variations");
}

TEST(Adobe, SimplesStandAloneOnlyWhenVisible) {
  const auto feed = read(
      "CAP,,simple,Default Category/Hats,Cap,,1,\"Catalog, Search\",20,15,,,,,color=Navy,3,1,,\n"
      "TIE,,simple,Default Category/Ties,Tie,,1,\"Catalog, Search\",20,15,2020-01-01,,,,color=Navy,3,0,,\n" +
      simple("LOST", "size=S"));
  ASSERT_EQ(feed.ids(), "CAP TIE");
  EXPECT_EQ(feed.garments[0].variants[0].price, 15);
  EXPECT_EQ(feed.garments[0].variants[0].list_price, 20);
  EXPECT_EQ(feed.garments[0].variants[0].colour, "Navy");
  EXPECT_EQ(feed.garments[1].variants[0].price, 20);  // the special price has an end, and there is no clock
  EXPECT_EQ(feed.garments[1].variants[0].stock, 0);   // is_in_stock = 0
  EXPECT_EQ(feed.refusals(), "4:sku");
}

TEST(Adobe, RefusesWhatIsNotAGarment) {
  const auto feed = read(
      "B1,,bundle,,Bundle,,1,\"Catalog, Search\",20,,,,,,,3,1,,\n"
      "C1,fr,simple,,Casquette,,1,\"Catalog, Search\",20,,,,,,,3,1,,\n"
      "D1,,simple,,Old,,2,\"Catalog, Search\",20,,,,,,,3,1,,\n"
      ",,simple,,Nameless,,1,\"Catalog, Search\",20,,,,,,,3,1,,\n"
      "E1,,configurable,,Empty,,1,\"Catalog, Search\",20,,,,,,,3,1,,\n"
      "F1,,simple,,Fine,,1,\"Catalog, Search\",20,,,,,,,lots,1,,\n" +
      simple("G", "size=S") + simple("G", "size=S"));
  EXPECT_EQ(feed.ids(), "F1") << "a quantity that cannot be read is not known";
  EXPECT_EQ(feed.refusals(),
            "2:product_type 3:store_view_code 4:product_online 5: 6:configurable_variations 9:sku 8:sku");
}

TEST(Adobe, TheSeparatorIsTheMerchantsChoice) {
  for (const std::string separator : {",", ";", "|||", " ; ", "~"}) {
    const auto list = [&](std::initializer_list<std::string> parts) {
      std::string all;
      for (const auto& part : parts) all += (all.empty() ? "" : separator) + part;
      return '"' + all + '"';
    };
    const std::string text =
        "sku,product_type,categories,name,price,visibility,base_image,additional_images,additional_"
        "attributes,qty,"
        "configurable_variations\n"
        "P-M,simple," +
        list({"Default Category/Women/Tops", "Default Category/Sale"}) +
        ",P M,19.90,Not Visible Individually,/1.jpg," + list({"/2.jpg", "/3.jpg"}) + "," +
        list({"color=White, Cream", "size=M", "material=Cotton|Linen"}) +
        ",4,\n"
        "P,configurable," +
        list({"Default Category/Women/Tops", "Default Category/Sale"}) +
        ",Pleat,,\"Catalog, Search\",/1.jpg,,material=Cotton,," +
        list({"sku=P-M", "size=M", "color=White, Cream"}) + "\n";
    const auto feed = read_text(text, "adobe-commerce-csv");
    ASSERT_EQ(feed.ids(), "P") << separator << ' ' << feed.refusals();
    EXPECT_EQ(feed.variants(), "P-M 'M' 'White, Cream' 19.9 4") << separator;
    EXPECT_EQ(feed.garments[0].category, "Women/Tops") << separator;
    EXPECT_EQ(feed.garments[0].images.size(), 3U) << separator;
  }
}

TEST(Adobe, EnclosedValuesLoseTheirQuotationMarks) {
  const auto feed = read_text(
      "sku,product_type,categories,name,price,additional_attributes,qty\n"
      "S,simple,Default Category/Scarves,Scarf,29.90,\"color=\"\"Ivory, "
      "Sand\"\",size=\"\"S/M\"\",material=\"\"Silk\"\"|\"\"Wool\"\"\",4\n",
      "adobe-commerce-csv");
  EXPECT_EQ(feed.variants(), "S 'S/M' 'Ivory, Sand' 29.9 4");
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("material"), (std::vector<std::string>{"Silk", "Wool"}));
}

TEST(Adobe, StatusVisibilitySalesAndBackordersAreHonoured) {
  const FeedOptions options{"EUR", *parse_rfc3339("2026-03-10T12:00:00Z")};
  const auto feed = read_text(
      "sku,product_type,name,product_online,visibility,price,special_price,special_price_from_date,special_"
      "price_to_date,qty,"
      "is_in_stock,allow_backorders,use_config_backorders,manage_stock\n"
      "A,simple,A,1,4,20,15,3/1/26,3/31/26,1.0000,1,0,0,1\n"
      "B,simple,B,1,\"Catalog, Search\",20,15,2026-04-01 00:00:00,,0,1,1,0,1\n"
      "C,simple,C,1,Catalog,20,,,,-2,1,0,1,0\n"
      "D,simple,D,2,4,20,,,,1,1,0,0,1\n"
      "E,simple,E,1,1,20,,,,1,1,0,0,1\n"
      "F,simple,F,1,Search,20,15,,3/9/26,3,0,1,0,1\n",
      "adobe-commerce-csv", options);
  EXPECT_EQ(feed.variants(), "A '' '' 15<20 1; B '' '' 20 1; C '' '' 20 1; F '' '' 20 0");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"D"});
}

TEST(AdobeText, SplitsAttributesOnlyBeforeAnotherName) {
  const auto pairs = parse_adobe_attributes("material=Wool|Fleece,note=soft, warm, light,color=Red");
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].second, (std::vector<std::string>{"Wool", "Fleece"}));
  EXPECT_EQ(pairs[1].second, std::vector<std::string>{"soft, warm, light"});
  EXPECT_TRUE(parse_adobe_attributes("").empty());
  EXPECT_TRUE(parse_adobe_attributes("no pairs at all").empty());
}

TEST(FeedDirectory, JoinsPhotosAndLinksByHeader) {
  MemoryInput products("products_bags.csv",
                       "category,name,sku,price,qty,description,material,new,special_price,attribute_set\n"
                       "\"Gear\nBags\nCollections\nErin "
                       "Recommends\",\"Tote\",B1,34,100,\"<p>Big.<p>\",\"Nylon\nMesh\",1,30,Bag\n"
                       "Gear,Bad,B2,free,1,,,,,Bag\n");
  MemoryInput photos("photos.csv", "sku,image\nB1,/m/b/1.jpg\nB1,/m/b/2.jpg\n");
  MemoryInput related("related.csv", "sku,linked_sku\n\"B1\",\"S1\nS2\nB1\"\n");
  MemoryInput upsell("upsell.csv", "sku,linked_sku\nB1,B9\n");
  MemoryInput reviews("reviews.csv", "sku,rating\nB1,5\n");
  FeedInput* inputs[] = {&upsell, &related, &products, &photos, &reviews};
  std::vector<Garment> garments;
  const auto report = read_feed_directory(inputs, {"USD", {}}, [&](Garment&& garment) -> Result<Done> {
    garments.push_back(std::move(garment));
    return kOk;
  });
  ASSERT_TRUE(report.ok()) << report.error().message();
  ASSERT_EQ(garments.size(), 1U);
  EXPECT_EQ(garments[0].category, "Gear/Bags");
  EXPECT_EQ(garments[0].supplier_attributes.at("collection"), std::vector<std::string>{"Erin Recommends"});
  EXPECT_EQ(garments[0].supplier_attributes.at("material"), (std::vector<std::string>{"Nylon", "Mesh"}));
  EXPECT_EQ(garments[0].variants[0].price, 30);
  EXPECT_EQ(garments[0].variants[0].list_price, 34);
  EXPECT_EQ(garments[0].images.size(), 2U);
  EXPECT_EQ(garments[0].goes_with, (std::vector<std::string>{"S1", "S2"}));
  EXPECT_EQ(report->total.images, 2U);
  EXPECT_EQ(report->total.garments, 1U);
  ASSERT_EQ(report->total.refusals.size(), 1U);
  EXPECT_EQ(report->total.refusals[0].file, "products_bags.csv");
  EXPECT_EQ(report->total.refusals[0].line, 7U);
  EXPECT_EQ(report->total.refusals[0].column, "price");
  EXPECT_EQ(report->files[0].role, "upsell links, not read");
  EXPECT_EQ(report->files[4].role, "unsupported format");
}

TEST(FeedDirectory, WithoutAProductFeedIsAnError) {
  MemoryInput reviews("reviews.csv", "sku,rating\nB1,5\n");
  FeedInput* inputs[] = {&reviews};
  const auto report = read_feed_directory(inputs, {"USD", {}}, [](Garment&&) -> Result<Done> { return kOk; });
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kInvalid);
}

TEST(FeedDirectory, ImageReferencesStayInsideTheFolder) {
  EXPECT_EQ(image_file_candidates("/m/h/a.jpg"),
            (std::vector<std::string>{"m/h/a.jpg", "images/m/h/a.jpg", "images/a.jpg", "a.jpg"}));
  EXPECT_EQ(image_file_candidates("images/a.jpg").front(), "images/a.jpg");
  for (const char* outside :
       {"https://x/a.jpg", "//x/a.jpg", "../a.jpg", "a/../../b.jpg", "a\\..\\b.jpg", "/", ""})
    EXPECT_TRUE(image_file_candidates(outside).empty()) << outside;
}

TEST(Adobe, NoSelectionIsNoPhoto) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty,base_image,additional_images\n"
      "A,simple,A,20,1,no_selection,\"/a/1.jpg,no_selection\"\n"
      "B,simple,B,20,1,no_selection,\n",
      "adobe-commerce-csv");
  ASSERT_EQ(feed.ids(), "A B") << feed.refusals();
  ASSERT_EQ(feed.garments[0].images.size(), 1U);
  EXPECT_EQ(feed.garments[0].images[0].url, "/a/1.jpg");
  EXPECT_TRUE(feed.garments[1].images.empty());
}

// A slash of a category's name is written "\/".
TEST(Adobe, ASlashOfANameIsNoStep) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty,categories\n"
      "A,simple,A,20,1,\"Default Category/Women/Tops,Default Category/Tops\\/Tees\\/Tanks\"\n"
      "B,simple,B,20,1,Default Category/Women/Skirts\\/Skorts\n",
      "adobe-commerce-csv");
  ASSERT_EQ(feed.ids(), "A B") << feed.refusals();
  EXPECT_EQ(feed.garments[0].category, "Women/Tops");
  EXPECT_EQ(feed.garments[1].category, "Women/Skirts/Skorts");
}

TEST(Adobe, AConfigurableThatIsOutOfStockSellsNothing) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty,is_in_stock,configurable_variations\n"
      "A-S,simple,A S,20,5,1,\n"
      "A,configurable,A,,0,0,\"sku=A-S,size=S,color=Red\"\n"
      "B-S,simple,B S,20,5,1,\n"
      "B,configurable,B,,0,1,\"sku=B-S,size=S,color=Red\"\n",
      "adobe-commerce-csv");
  EXPECT_EQ(feed.variants(), "A-S 'S' 'Red' 20 0; B-S 'S' 'Red' 20 5") << feed.refusals();
}

TEST(Adobe, WhatIsNothingToWearIsNotForSale) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty\n"
      "A,virtual,Warranty,20,1\n"
      "B,downloadable,Yoga course,20,1\n"
      "C,giftcard,Card,20,1\n"
      "D,simple,Tee,20,1\n",
      "adobe-commerce-csv");
  EXPECT_EQ(feed.ids(), "D");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"A", "B", "C"}));
}

TEST(Adobe, SizeAndColourAreTheAttributesOfThatName) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty,additional_attributes\n"
      "A,simple,A,20,1,\"base_color=Blue,color=Navy,fit_and_size=Runs small,manufacturer=Fjord,size=M\"\n"
      "B,simple,B,20,1,\"brand=Moda,fashion_color=Sage,fashion_size=38,manufacturer=Factory 7\"\n",
      "adobe-commerce-csv");
  EXPECT_EQ(feed.variants(), "A 'M' 'Navy' 20 1; B '38' 'Sage' 20 1") << feed.refusals();
  EXPECT_EQ(feed.garments.at(0).brand, "Fjord");
  EXPECT_EQ(feed.garments.at(1).brand, "Moda");
}

TEST(Adobe, DirectivesOfAPageAreNoText) {
  const auto feed = read_text(
      "sku,product_type,name,price,qty,description,short_description\n"
      "A,simple,A,20,1,\"{{widget type=\"\"Magento\\Cms\\Block\\Widget\\Block\"\" "
      "block_id=\"\"7\"\"}}<style>#html-body "
      "[data-pb-style=A]{color:red}</style><p>Warm <img src=\"\"{{media "
      "url=wysiwyg/a.jpg}}\"\"/> wool</p>\",\n"
      "B,simple,B,20,1,,{{block id=care}}Soft {cotton\n",
      "adobe-commerce-csv");
  ASSERT_EQ(feed.ids(), "A B") << feed.refusals();
  EXPECT_EQ(feed.garments[0].description, "Warm wool");
  EXPECT_EQ(feed.garments[1].description, "Soft {cotton");
}

TEST(Adobe, LocalMoneyAndDatesOfAMerchantsFile) {
  const FeedOptions options{"EUR", *parse_rfc3339("2026-03-10T12:00:00Z")};
  const auto feed = read_text(
      "sku;product_type;name;price;special_price;special_price_from_date;special_price_to_date;msrp_price;"
      "qty;"
      "is_in_stock;additional_attributes\n"
      "A;simple;A;1.299,00;999,00;01.03.2026;31.03.2026;;3,0000;1;color=Rot,size=38\n"
      "B;simple;B;49,9000;;;;59,9000;0,0000;0;color=Blau\n"
      "C;simple;C;49,9000;39,9000;2026-03-01 00:00:00;2026-03-09 00:00:00;;12;1;\n"
      "D;simple;D;49,9000;39,9000;;\"3/10/26, 12:00 AM\";;12;1;\n",
      "adobe-commerce-csv", options);
  EXPECT_EQ(feed.variants(),
            "A '38' 'Rot' 999<1299 3; B '' 'Blau' 49.9<59.9 0; C '' '' 49.9 12; D '' '' 39.9<49.9 12")
      << feed.refusals();
}

TEST(Adobe, TheViewOfAllShopsIsTheProduct) {
  const auto read = read_text(
      "sku,store_view_code,product_type,name,price,qty,is_in_stock,additional_attributes\n"
      "a,default,simple,Tee,20,5,1,size=M\n"
      "b,,simple,Top,20,5,1,size=S\n"
      "b,default,simple,Oberteil,,,,\n",
      "adobe-commerce-csv");
  EXPECT_EQ(read.refusals(), "4:store_view_code");
  EXPECT_EQ(read.variants(), "a 'M' '' 20 5; b 'S' '' 20 5");
}

TEST(Adobe, WhatIsNotCountedIsNotSoldOut) {
  const auto read = read_text(
      "sku,product_type,name,price,qty,is_in_stock,manage_stock,additional_attributes\n"
      "a,simple,Tee,20,0,0,0,\"size_chart=Women's tops,size_eu=38\"\n"
      "b,simple,Top,20,0,0,1,size=S\n",
      "adobe-commerce-csv");
  EXPECT_EQ(read.variants(), "a 'EU 38' '' 20 1; b 'S' '' 20 0");
}

}  // namespace
}  // namespace modiste
