#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(Shopify, GathersTheRowsOfAHandle) {
  const auto feed = read_text(
      "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 "
      "Value,"
      "Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At "
      "Price,Image Src,"
      "Variant Image,Status,Fabric (product.metafields.shopify.fabric)\n"
      "linen-shirt,Linen Shirt,<p>Airy &amp; light.</p>,Moda,Shirts,\"summer, "
      "linen\",true,Size,S,Color,White,LS-S-W,"
      "shopify,3,49.90,69.90,https://x/1.jpg,https://x/w.jpg,active,linen; cotton\n"
      "linen-shirt,,,,,,,,M,,White,,shopify,-2,49.90,,,https://x/w.jpg,,\n"
      "linen-shirt,,,,,,,,S,,Sky,LS-S-B,,,49.90,,,https://x/b.jpg,,\n"
      "linen-shirt,,,,,,,,,,,,,,,,https://x/2.jpg,,,\n"
      "old,Old Hat,,Moda,Hats,,true,Title,Default Title,,,OLD,shopify,1,10,,,,draft,\n"
      "cap,Cap,,Moda,Hats,,true,Title,Default Title,,,,shopify,1,NaN,,,,active,\n"
      "belt,Belt,,Moda,Belts,,true,Title,Default Title,,,,shopify,4,20,15,,,active,\n",
      "shopify-csv");
  ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
  const Garment& shirt = feed.garments[0];
  EXPECT_EQ(shirt.title, "Linen Shirt");
  EXPECT_EQ(shirt.description, "Airy & light.");
  EXPECT_EQ(shirt.brand, "Moda");
  EXPECT_EQ(shirt.supplier_attributes.at("tags"), (std::vector<std::string>{"summer", "linen"}));
  EXPECT_EQ(shirt.supplier_attributes.at("fabric"), (std::vector<std::string>{"linen", "cotton"}));
  ASSERT_EQ(shirt.variants.size(), 3U);
  EXPECT_EQ(shirt.variants[0].price, 49.90);
  EXPECT_EQ(shirt.variants[0].list_price, 69.90);
  EXPECT_EQ(shirt.variants[0].stock, 3);
  EXPECT_EQ(shirt.variants[1].sku, "linen-shirt/M/White");  // none was given
  EXPECT_EQ(shirt.variants[1].stock, 0);                    // oversold
  EXPECT_EQ(shirt.variants[2].stock, 1);                    // not tracked: always there
  EXPECT_EQ(shirt.variants[2].colour, "Sky");
  ASSERT_EQ(shirt.images.size(), 4U);
  EXPECT_EQ(shirt.images[0].url, "https://x/1.jpg");
  EXPECT_EQ(shirt.images[1].colour, "White");
  const Garment& belt = feed.garments[1];
  EXPECT_EQ(belt.variants[0].size, "");
  EXPECT_EQ(belt.variants[0].list_price, std::nullopt);  // "compare at" is below the price: no reduction
  EXPECT_EQ(feed.refusals(), "6:status 7:price 7:/variants");
}

// Many shops give a style one sku for all its sizes, or use one twice.
TEST(Shopify, ARepeatedSkuCostsNoVariant) {
  const auto feed = read_text(
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
      "tee,Tee,Size,S,STYLE,10\ntee,,,M,STYLE,10\ntee,,,M,STYLE,10\n"
      "shirt,Shirt,Size,M,STYLE,20\ncap,Cap,Title,Default Title,STYLE,5\n",
      "shopify-csv");
  ASSERT_EQ(feed.garments.size(), 3U) << feed.refusals();
  ASSERT_EQ(feed.garments[0].variants.size(), 2U);
  EXPECT_EQ(feed.garments[0].variants[0].sku, "STYLE");
  EXPECT_EQ(feed.garments[0].variants[1].sku, "tee/M");
  EXPECT_EQ(feed.garments[1].variants[0].sku, "shirt/M");
  EXPECT_EQ(feed.garments[2].variants[0].sku, "cap");
  EXPECT_EQ(feed.refusals(), "4:sku");  // the same size twice
  ASSERT_EQ(feed.report.notes.size(), 2U);
  EXPECT_NE(feed.report.notes[1].text.find("stands at several variants"), std::string::npos);
}

TEST(Shopify, ComplementaryProductsGoWithTheProduct) {
  const auto feed = read_text(
      "Handle,Title,Variant SKU,Variant Price,"
      "Complementary products "
      "(product.metafields.shopify--discovery--product_recommendation.complementary_products),"
      "Related products (product.metafields.shopify--discovery--product_recommendation.related_products),"
      "Related products settings "
      "(product.metafields.shopify--discovery--product_recommendation.related_products_display)\n"
      "shirt,Shirt,S1,40,\"chinos; loafers, shirt;chinos\",tunic,only manual\n"
      "chinos,Chinos,C1,50,gid://shopify/Product/7,,\n",
      "shopify-csv");
  ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
  EXPECT_EQ(feed.garments[0].goes_with, (std::vector<std::string>{"chinos", "loafers"}));
  EXPECT_TRUE(feed.garments[0].supplier_attributes.empty()) << "links do not describe it";
  EXPECT_TRUE(feed.garments[1].goes_with.empty());
}

constexpr std::string_view kOld =
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 "
    "Value,Variant SKU,"
    "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare "
    "At Price,"
    "Image Src,Variant Image,Status\n";
constexpr std::string_view kNew =
    "URL handle,Title,Description,Vendor,Type,Published on online store,Option1 name,Option1 value,Option2 "
    "name,Option2 "
    "value,SKU,Inventory tracker,Inventory quantity,Continue selling when out of stock,Price,Compare-at "
    "price,Product "
    "image URL,Variant image URL,Status\n";

TEST(Shopify, BothGenerationsOfColumnNamesMeanTheSame) {
  constexpr std::string_view kRows =
      "tunic,Tunic,<p>Airy &amp; light</p>,Fjord,Tops,TRUE,Size,S,Color,White,T-S,shopify,3,DENY,49.90,69.90,"
      "https://x/1.jpg,https://x/w.jpg,Active\n"
      "tunic,,,,,,,M,,White,T-M,shopify,0,deny,49.90,,,,\n"
      "tunic,,,,,,,L,,White,T-L,shopify,0,CONTINUE,49.90,,,,\n";
  for (const auto header : {kOld, kNew}) {
    const auto feed = read_text(std::string(header) + std::string(kRows), "shopify-csv");
    ASSERT_EQ(feed.ids(), "tunic") << header;
    EXPECT_EQ(feed.garments[0].description, "Airy & light");
    EXPECT_EQ(feed.garments[0].brand, "Fjord");
    EXPECT_EQ(feed.variants(), "T-S 'S' 'White' 49.9<69.9 3; T-M 'M' 'White' 49.9 0; T-L 'L' 'White' 49.9 1");
    EXPECT_EQ(feed.garments[0].images.size(), 2U);
    EXPECT_EQ(feed.notes(), "");
  }
}

TEST(Shopify, AnUnknownQuantityIsNotSoldOutAndIsSaidOnce) {
  const auto blank = read_text(std::string(kOld) +
                                   "a,A,,,,true,Size,S,,,A-S,shopify,,deny,10,,,,active\n"
                                   "a,,,,,,,M,,,A-M,shopify,,deny,10,,,,\n",
                               "shopify-csv");
  EXPECT_EQ(blank.variants(), "A-S 'S' '' 10 1; A-M 'M' '' 10 1");
  EXPECT_EQ(blank.notes(), "2:no quantity is given: taken as one piece in stock x 2");
  const auto absent = read_text(
      "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Price\nb,B,B1,shopify,10\n", "shopify-csv");
  EXPECT_EQ(absent.variants(), "B1 '' '' 10 1");
}

TEST(Shopify, WhatIsNotForSaleIsWithdrawn) {
  const auto feed = read_text(std::string(kNew) +
                                  "a,A,,,,TRUE,,,,,A,,,,10,,,,Draft\n"
                                  "b,B,,,,TRUE,,,,,B,,,,10,,,,archived\n"
                                  "b,,,,,,,,,,B2,,,,10,,,,\n"
                                  "c,C,,,,FALSE,,,,,C,,,,10,,,,active\n"
                                  "d,D,,,,TRUE,,,,,D,,,,10,,,,Unlisted\n"
                                  "e,E,,,,,,,,,E,,,,10,,,,active\n",
                              "shopify-csv");
  EXPECT_EQ(feed.ids(), "e");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_EQ(feed.report.mentioned.size(), 5U);
  EXPECT_EQ(feed.report.rows_refused, 5U);
}

TEST(Shopify, OptionsAreUnderstoodInAnyLanguage) {
  struct {
    const char *size, *colour;
  } const names[] = {{"Size", "Colour"},
                     {"GRÖSSE", "FARBE"},
                     {"Pointure", "Coloris"},
                     {"Talla", "Color"},
                     {"Taglia", "Colore"},
                     {"Maat", "Kleur"},
                     {"Tamanho", "Cor"},
                     {"Storlek", "Färg"},
                     {"Størrelse", "Farve"},
                     {"Størrelse", "Farge"},
                     {"Koko", "Väri"},
                     {"Rozmiar", "Kolor"},
                     {"サイズ", "カラー"},
                     {"사이즈", "색상"},
                     {"尺码", "颜色"},
                     {"尺寸", "顏色"},
                     {"Beden", "Renk"},
                     {"Velikost", "Barva"},
                     {"Méret", "Szín"},
                     {"Mărime", "Culoare"},
                     {"Размер", "Цвет"},
                     {"Розмір", "Колір"},
                     {"Μέγεθος", "Χρώμα"},
                     {"מידה", "צבע"},
                     {"المقاس", "اللون"},
                     {"Ukuran", "Warna"},
                     {"Kích cỡ", "Màu sắc"},
                     {"ขนาด", "สี"},
                     {"Schuhgröße", "Hauptfarbe"},
                     {"Shoe Size (EU)", "Colour:"}};
  for (const auto& [size, colour] : names) {
    const auto feed = read_text(
        std::string(kOld) + "a,A,,,,true," + size + ",M," + colour + ",Blau,A1,shopify,3,deny,10,,,,active\n",
        "shopify-csv");
    EXPECT_EQ(feed.variants(), "A1 'M' 'Blau' 10 3") << size << ' ' << colour;
    EXPECT_EQ(feed.notes(), "") << size << ' ' << colour;
  }
}

TEST(Shopify, AnOptionNobodyUnderstandsIsNamed) {
  const auto feed =
      read_text(std::string(kOld) +
                    "a,A,,,,true,Flurb,One,Size / Color,M / Red,A1,shopify,3,deny,10,,,,active\n"
                    "a,,,,,,,Two,,L / Red,A2,shopify,3,deny,10,,,,\n"
                    "j,J,,,,true,Waist,32,Length,34,J1,shopify,3,deny,10,,,,active\n"
                    "k,K,,,,true,Size,M,Length,Midi,K1,shopify,3,deny,10,,,,active\n"
                    "b,B,,,,true,Band,75,Cup,B,B1,shopify,3,deny,10,,,,active\n",
                "shopify-csv");
  EXPECT_EQ(feed.variants(),
            "A1 'M' 'Red' 10 3; A2 'L' 'Red' 10 3; J1 '32/34' '' 10 3; K1 'M' '' 10 3; B1 '75B' '' 10 3");
  EXPECT_EQ(feed.notes(), "2:the option 'Flurb' is not understood: kept as an attribute x 2");
  EXPECT_EQ(feed.garments[0].variants[0].supplier_attributes.at("flurb"), std::vector<std::string>{"One"});
  EXPECT_EQ(feed.garments[0].variants[1].supplier_attributes.at("flurb"), std::vector<std::string>{"Two"});
  EXPECT_EQ(feed.garments[2].supplier_attributes.at("length"), std::vector<std::string>{"Midi"});
}

TEST(Shopify, ALinkedMetafieldTellsWhatAnOptionIs) {
  const auto feed = read_text(
      "Handle,Title,Option1 Name,Option1 Value,Option1 Linked To,Variant SKU,Variant Price\n"
      "a,A,Flurb,Red,product.metafields.shopify.color-pattern,A1,10\n",
      "shopify-csv");
  EXPECT_EQ(feed.variants(), "A1 '' 'Red' 10 1");
}

// One option that holds several values, as small shops keep them.
std::string variant_of(std::string_view name, std::string_view value) {
  const auto feed = read_text(fmt::format("Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant "
                                          "Price,Status\ntee,Tee,T-Shirts,\"{}\",\"{}\",T-1,19,active\n",
                                          name, value),
                              "shopify-csv");
  EXPECT_EQ(feed.refusals(), "");
  if (feed.garments.size() != 1) return "no garment";
  const Variant& variant = feed.garments[0].variants.at(0);
  std::string all = variant.size + "|" + variant.colour;
  for (const auto& [facet, values] : variant.supplier_attributes)
    for (const auto& one : values) all += "|" + facet + "=" + one;
  for (const auto& [facet, values] : feed.garments[0].supplier_attributes)
    for (const auto& one : values) all += "|" + facet + "=" + one;
  return all;
}

TEST(Shopify, OneOptionMayHoldSizeAndColour) {
  EXPECT_EQ(variant_of("Style", "M / Black"), "M|Black");
  EXPECT_EQ(variant_of("Style", "Black / M"), "M|Black");
  EXPECT_EQ(variant_of("Variant", "XL - Dark Blue"), "XL|Dark Blue");
  EXPECT_EQ(variant_of("Options", "Navy|2XL"), "2XL|Navy");
  EXPECT_EQ(variant_of("Title", "Red, Large"), "Large|Red");
  EXPECT_EQ(variant_of("Title", "Olive · 38"), "38|Olive");
  EXPECT_EQ(variant_of("Title", "Black-M"), "M|Black");
  EXPECT_EQ(variant_of("Title", "Off-White-S"), "S|Off-White");
  EXPECT_EQ(variant_of("Style", "Black M"), "M|Black");
  EXPECT_EQ(variant_of("Modell", "Schwarz / XL"), "XL|Schwarz");
  EXPECT_EQ(variant_of("Style", "One Size / Beige"), "One Size|Beige");
  EXPECT_EQ(variant_of("Style", "Slim / M"), "M||style=Slim");
  EXPECT_EQ(variant_of("Style", "M / Black / Cotton"), "M|Black|style=Cotton");
  EXPECT_EQ(variant_of("Size", "M / Black"), "M|Black");
  EXPECT_EQ(variant_of("Color", "Black / M"), "M|Black");
  EXPECT_EQ(variant_of("Size & Color", "M, Sahara"), "M|Sahara");
  EXPECT_EQ(variant_of("Color/Size", "M / Sahara"), "M|Sahara") << "the values in the other order";
  EXPECT_EQ(variant_of("Variant", "Size: M, Colour: Black"), "M|Black");
  EXPECT_EQ(variant_of("Variant", "Farbe=Rot; Größe=40"), "40|Rot");
}

TEST(Shopify, AValueThatIsOneIsNotTakenApart) {
  EXPECT_EQ(variant_of("Size", "M/L"), "M/L|");
  EXPECT_EQ(variant_of("Size", "32/34"), "32/34|");
  EXPECT_EQ(variant_of("Size", "S-M"), "S-M|");
  EXPECT_EQ(variant_of("Color", "Black/White"), "|Black/White");
  EXPECT_EQ(variant_of("Color", "Off-White"), "|Off-White");
  EXPECT_EQ(variant_of("Pack", "2 / Socks"), "||pack=2 / Socks");
  EXPECT_EQ(variant_of("Material", "Cotton / Linen"), "||material=Cotton / Linen");
}

TEST(Shopify, AGiftCardIsNoGarment) {
  const auto feed = read_text(
      "Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n"
      "a,Gift Card,Gift Cards,Denominations,$25,,25,active\n"
      "b,Gutschein,,Betrag,50 EUR,,50,active\n"
      "c,Carte cadeau,Accessoires > Cartes-cadeaux,Valeur,50,,50,active\n"
      "d,Gift Card Holder,Wallets,Title,Default Title,W-1,20,active\n",
      "shopify-csv");
  EXPECT_EQ(feed.ids(), "d");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Shopify, MatrixifyNamesEachPlaceAndListsPhotos) {
  const auto feed = read_text(
      "Handle,Title,Status,Image Src,Option1 Name,Option1 Value,Variant SKU,Variant Price,Inventory "
      "Available: Berlin,"
      "Inventory Available: Paris\n"
      "tee,Linen Tee,Active,https://cdn/1.jpg;https://cdn/2.jpg,Numero,38,A,49.90,2,1\n"
      "tee,,,,,39,B,49.90,0,not stocked\n",
      "shopify-csv");
  EXPECT_EQ(feed.variants(), "A '38' '' 49.9 3; B '39' '' 49.9 0");
  ASSERT_EQ(feed.garments.size(), 1u);
  EXPECT_EQ(feed.garments[0].images.size(), 2u);
}

}  // namespace
}  // namespace modiste
