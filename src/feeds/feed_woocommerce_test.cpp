#include <gtest/gtest.h>

#include <algorithm>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kEnglish =
    "ID,Type,SKU,Name,Published,\"Visibility in catalog\",\"Short description\",Description,\"Date sale "
    "price starts\",\"Date sale "
    "price ends\",\"In stock?\",Stock,\"Backorders allowed?\",\"Sale price\",\"Regular "
    "price\",Categories,Tags,Images,Parent,\"Attribute 1 "
    "name\",\"Attribute 1 value(s)\",\"Attribute 1 visible\",\"Attribute 1 global\",\"Attribute 2 "
    "name\",\"Attribute 2 value(s)\"\n";
constexpr std::string_view kGerman =
    "ID,Typ,Artikelnummer,Name,Veröffentlicht,\"Sichtbarkeit im "
    "Katalog\",Kurzbeschreibung,Beschreibung,\"Datum, an dem Angebotspreis "
    "beginnt\",\"Datum, an dem Angebotspreis endet\",Vorrätig?,Lager,\"Lieferrückstande "
    "erlaubt?\",Angebotspreis,\"Regulärer "
    "Preis\",Kategorien,Schlagwörter,Bilder,\"Übergeordnetes Produkt\",\"Attribut 1 Name\",\"Attribut 1 "
    "Wert(e)\",\"Attribut 1 "
    "Sichtbar\",\"Attribut 1 Global\",\"Attribut 2 Name\",\"Attribut 2 Wert(e)\"\n";
constexpr std::string_view kFrench =
    "ID,Type,UGS,Nom,Publié,\"Visibilité dans le catalogue\",\"Description courte\",Description,\"Date de "
    "début de promo\",\"Date de fin de "
    "promo\",\"En stock ?\",Stock,\"Autoriser les commandes de produits en rupture ?\",\"Tarif "
    "promo\",\"Tarif "
    "régulier\",Catégories,Étiquettes,Images,Parent,\"Nom de l’attribut 1\",\"Valeur(s) de l’attribut 1 "
    "\",\"Attribut 1 "
    "visible\",\"Attribut 1 global\",\"Nom de l’attribut 2\",\"Valeur(s) de l’attribut 2 \"\n";
constexpr std::string_view kSpanish =
    "ID,Tipo,SKU,Nombre,Publicado,\"Visibilidad en el catálogo\",\"Descripción corta\",Descripción,\"Día en "
    "que empieza el precio "
    "rebajado\",\"Día en que termina el precio rebajado\",¿Existencias?,Inventario,\"¿Permitir reservas de "
    "productos "
    "agotados?\",\"Precio rebajado\",\"Precio normal\",Categorías,Etiquetas,Imágenes,Superior,\"Nombre del "
    "atributo 1\",\"Valor(es) del "
    "atributo 1\",\"Atributo visible 1\",\"Atributo global 1\",\"Nombre del atributo 2\",\"Valor(es) del "
    "atributo 2\"\n";

constexpr std::string_view kRows =
    "10,variable,KN,Knit,1,visible,Soft,<p>Wool &amp; silk</p>,,,1,,0,,,\"Women > Knitwear, Sale\",\"warm, "
    "new\",\"https://w/1.jpg, "
    "https://w/2.jpg\",,Size,\"S, M\",1,1,Colour,\"Red, Blue\"\n"
    "11,variation,KN-S,Knit - S,1,visible,,,,,1,3,0,39.00,49.00,,,https://w/2.jpg,KN,Size,S,,1,Colour,Red\n"
    "12,variation,,Knit - M,1,visible,,,,,1,,0,,49.00,,,,id:10,Size,M,,1,Colour,Blue\n"
    "13,variation,KN-L,Knit - L,1,visible,,,,,0,0,0,,49.00,,,,KN,Size,L,,1,Colour,Red\n"
    "14,variation,KN-XL,Knit - XL,1,visible,,,,,backorder,0,notify,,49.00,,,,KN,Size,XL,,1,Colour,Red\n"
    "20,simple,CAP,Cap,1,visible,Short,,,,1,5,0,,19.00,Hats,,,,Colour,Black,1,1,Material,\"Wool, Silk\"\n"
    "21,simple,DRAFT,Draft,-1,visible,,,,,1,5,0,,19.00,Hats,,,,,,,,,\n"
    "22,simple,PRIV,Private,0,visible,,,,,1,5,0,,19.00,Hats,,,,,,,,,\n"
    "23,simple,HID,Hidden,1,hidden,,,,,1,5,0,,19.00,Hats,,,,,,,,,\n"
    "24,grouped,GRP,Group,1,visible,,,,,1,,0,,,Hats,,,,,,,,,\n";

TEST(WooCommerce, IsReadInTheLanguageOfTheShop) {
  for (const auto header : {kEnglish, kGerman, kFrench, kSpanish}) {
    const auto reader = detect_feed(header);
    ASSERT_TRUE(reader.ok()) << header;
    const auto feed = read_text(std::string(header) + std::string(kRows), (*reader)->name);
    ASSERT_EQ(feed.ids(), "KN CAP") << header << feed.refusals();
    EXPECT_EQ(feed.variants(),
              "KN-S 'S' 'Red' 39<49 3; 12 'M' 'Blue' 49 1; KN-L 'L' 'Red' 49 0; KN-XL 'XL' 'Red' 49 1; CAP "
              "'' 'Black' 19 5");
    const Garment& knit = feed.garments[0];
    EXPECT_EQ(knit.title, "Knit");
    EXPECT_EQ(knit.description, "Wool & silk");
    EXPECT_EQ(knit.category, "Women > Knitwear");
    EXPECT_EQ(knit.supplier_attributes.at("tags"), (std::vector<std::string>{"warm", "new"}));
    ASSERT_EQ(knit.images.size(), 2U);
    EXPECT_EQ(knit.images[1].colour, "Red");
    EXPECT_EQ(feed.garments[1].description, "Short");
    EXPECT_EQ(feed.garments[1].supplier_attributes.at("material"),
              (std::vector<std::string>{"Wool", "Silk"}));
    EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"DRAFT", "PRIV", "HID"}));
    EXPECT_EQ(feed.report.rows_refused, 4U);
    EXPECT_EQ(feed.notes(), "");
  }
}

TEST(WooCommerce, VariationsMayStandBeforeTheirParent) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n"
      "11,variation,,A - S,1,10,id:10,Size,S\n"
      "12,variation,A-M,A - M,1,10,A,Size,M\n"
      "10,variable,A,A,1,,,Size,\"S, M\"\n"
      "14,variation,,Lost,1,10,id:99,Size,S\n",
      "woocommerce-csv");
  ASSERT_EQ(feed.ids(), "A");
  EXPECT_EQ(feed.garments[0].variants.size(), 2U) << feed.refusals();
  EXPECT_EQ(feed.refusals(), "5:parent");
}

TEST(WooCommerce, AVariationForAnySizeSaysSo) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Regular price,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 "
      "name,Attribute 2 value(s)\n"
      "1,variable,A,A,1,,,Color,\"Red, Blue\",Size,\"S, M\"\n"
      "2,variation,A-R,A,1,10,A,Color,Red,Size,\n",
      "woocommerce-csv");
  EXPECT_EQ(feed.variants(), "A-R '' 'Red' 10 1");
  EXPECT_EQ(feed.notes(),
            "3:a variation is sold in any 'Size': left open x 1; 3:no quantity is given: taken as one piece "
            "in stock x 1");
}

TEST(WooCommerce, SaleDatesAndLocalPrices) {
  const auto feed = read_text(
      "ID;Typ;Artikelnummer;Name;Veröffentlicht;Angebotspreis;Regulärer Preis;\"Datum, an dem Angebotspreis "
      "endet\"\n"
      "1;simple;A;A;1;1.039,50;1.299,00;2026-03-31\n"
      "2;simple;B;B;1;39,50;49,00;2026-02-28 23:59:59\n",
      "woocommerce-csv", {"EUR", *parse_rfc3339("2026-03-10T12:00:00Z")});
  EXPECT_EQ(feed.variants(), "A '' '' 1039.5<1299 1; B '' '' 49 1");
  EXPECT_EQ(feed.garments[0].currency, "EUR");
}

// The export guards what a spreadsheet would take for a formula, and writes line ends as "\n".
TEST(WooCommerce, WhatTheExportEscapesIsReadAsItWas) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Description,In stock?,Stock,Regular price\n"
      "1,simple,A,Knit,1,\"'- Merino\\n- Made in Italy\",1,2,49\n"
      "2,simple,B,Draft,'-1,,1,2,49\n"
      "3,simple,C,'+Cap,1,<p>Warm</p>\\n\\n<p>Soft</p>,1,'-3,19\n"
      "4,simple,D,Tee,1,C:\\\\new,1,1,9\n",
      "woocommerce-csv");
  ASSERT_EQ(feed.ids(), "A C D") << feed.refusals();
  EXPECT_EQ(feed.garments[0].description, "- Merino\n- Made in Italy");
  EXPECT_EQ(feed.garments[1].title, "+Cap");
  EXPECT_EQ(feed.garments[1].description, "Warm\nSoft");
  EXPECT_EQ(feed.garments[2].description, "C:\\new");
  EXPECT_EQ(feed.variants(), "A '' '' 49 2; C '' '' 19 0; D '' '' 9 1");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"B"});
}

TEST(WooCommerce, ACommaOfAValueIsNoSeparator) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Tags,In stock?,Stock,Regular price,Categories,Parent,Attribute 1 "
      "name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n"
      "1,variable,A,A,1,\"soft\\, warm, new\",1,,,\"Women > Tops\\, Tees, Sale\",,Color,\"Black\\, "
      "White, Red\",Care,\"Cold\\, gentle\"\n"
      "2,variation,A-1,A,1,,1,3,49,,A,Color,\"Black\\, White\",,\n",
      "woocommerce-csv");
  EXPECT_EQ(feed.variants(), "A-1 '' 'Black, White' 49 3");
  EXPECT_EQ(feed.garments[0].category, "Women > Tops, Tees");
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("tags"), (std::vector<std::string>{"soft, warm", "new"}));
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("care"), std::vector<std::string>{"Cold, gentle"});
}

// What the parent has one value of and does not use for variations, no variation names.
TEST(WooCommerce, TheParentsOneColourOrSizeIsThatOfItsVariations) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,Parent,Attribute 1 name,Attribute 1 "
      "value(s),Attribute 2 name,Attribute 2 value(s)\n"
      "1,variable,SH,Shirt,1,1,,,,Color,Sky Blue,Size,\"S, M\"\n"
      "2,variation,SH-S,Shirt - S,1,1,2,49,SH,Size,S,,\n"
      "3,variation,SH-M,Shirt - M,1,0,0,49,SH,Size,M,,\n"
      "5,variation,SC-R,Scarf - Red,1,1,2,29,id:4,pa_color,Red,,\n"
      "4,variable,SC,Scarf,1,1,,,,pa_size,One Size,pa_color,\"Red, Blue\"\n",
      "woocommerce-csv");
  EXPECT_EQ(feed.variants(),
            "SH-S 'S' 'Sky Blue' 49 2; SH-M 'M' 'Sky Blue' 49 0; SC-R 'One Size' 'Red' 29 2");
}

TEST(WooCommerce, AProductOfAnotherShopIsAGarmentAndADownloadIsNone) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,External URL,Parent,Attribute 1 "
      "name,Attribute 1 value(s)\n"
      "1,external,EX,Silk Dress,1,1,,149,https://other.example/dress,,Colour,Green\n"
      "2,variable,PT,Dress Pattern,1,1,,,,,Format,\"PDF, Paper\"\n"
      "3,\"variation, downloadable, virtual\",PT-P,Dress Pattern,1,1,,9,,PT,Format,PDF\n",
      "woocommerce-csv");
  EXPECT_EQ(feed.ids(), "EX");
  EXPECT_EQ(feed.variants(), "EX '' 'Green' 149 1");
  EXPECT_EQ(feed.refusals(), "4:type 3:type");
}

TEST(WooCommerce, TheBrandStandsInItsColumnOrInAnAttribute) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,Brands,Attribute 1 name,Attribute 1 "
      "value(s)\n"
      "1,simple,A,A,1,1,1,49,\"Fjord > Fjord Kids, Moda\",Brand,Other\n"
      "2,simple,B,B,1,1,1,49,,Marke,Fjord\n"
      "3,simple,C,C,1,1,1,49,,pa_brand,Moda\n"
      "4,simple,D,D,1,1,1,49,,Hersteller,Strickwerk\n",
      "woocommerce-csv");
  ASSERT_EQ(feed.ids(), "A B C D") << feed.refusals();
  EXPECT_EQ(feed.garments[0].brand, "Fjord Kids");
  EXPECT_EQ(feed.garments[1].brand, "Fjord");
  EXPECT_EQ(feed.garments[2].brand, "Moda");
  EXPECT_EQ(feed.garments[3].brand, "Strickwerk");
}

TEST(WooCommerce, ASkuIsNotANumber) {
  const auto read = read_text(
      "ID,Type,SKU,Name,Published,\"In stock?\",Stock,\"Regular price\",Parent,\"Attribute 1 "
      "name\",\"Attribute 1 value(s)\"\n"
      "7,variable,1204,Tee,1,1,,,,Size,\"S, M\"\n"
      "1204,variable,,Skirt,1,1,,,,Size,\"38, 40\"\n"
      "8,variation,tee-m,Tee,1,1,3,20,1204,Size,M\n"
      "9,variation,skirt-38,Skirt,1,1,4,30,id:1204,Size,38\n",
      "woocommerce-csv");
  EXPECT_EQ(read.refusals(), "");
  EXPECT_EQ(read.ids(), "1204 id:1204");
  EXPECT_EQ(read.variants(), "tee-m 'M' '' 20 3; skirt-38 '38' '' 30 4");
}

TEST(WooCommerce, ReadsTheColumnsOfBrazilAndJapan) {
  const auto brazil = read_text(
      "ID,Tipo,SKU,Nome,Publicado,\"Preço "
      "promocional\",Preço,Categorias\n1,simple,A,Vestido,1,59,89,Vestidos\n",
      "woocommerce-csv");
  EXPECT_EQ(brazil.variants(), "A '' '' 59<89 1") << brazil.refusals();
  const auto japan = read_text("ID,タイプ,SKU,名前,公開済み,通常価格\n1,simple,A,ワンピース,1,8900\n",
                               "woocommerce-csv", {"JPY", {}});
  EXPECT_EQ(japan.variants(), "A '' '' 8900 1") << japan.refusals();
}

TEST(WooCommerce, TheDatesOfASaleAreFoundByTheirPlace) {
  const TimePoint now = *parse_rfc3339("2026-11-28T12:00:00Z");
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Description,Från,Till,Tax status,Regular price,Sale price\n"
      "1,simple,A,Dress,1,Soft,2026-12-10,2026-12-20,taxable,89,59\n"
      "2,simple,B,Dress,1,Soft,2026-11-20,2026-12-20,taxable,89,59\n"
      "3,simple,C,Dress,1,Soft,,,taxable,89,59\n",
      "woocommerce-csv", {"USD", now});
  EXPECT_EQ(feed.variants(), "A '' '' 89 1; B '' '' 59<89 1; C '' '' 59<89 1") << feed.refusals();
  EXPECT_NE(feed.notes().find("by its place"), std::string::npos) << feed.notes();
  const auto without = read_text(
      "ID,Type,SKU,Name,Published,Description,Tax status,Tax class,Regular price,Sale price\n"
      "1,simple,A,Dress,1,Soft,taxable,,89,59\n",
      "woocommerce-csv", {"USD", now});
  EXPECT_EQ(without.variants(), "A '' '' 59<89 1") << "not every column holds dates";
}

}  // namespace
}  // namespace modiste
