#include <gtest/gtest.h>

#include "feeds/feed_directory.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kProducts =
    "Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Discount amount;Discount "
    "percent;Discount from "
    "(yyyy-mm-dd);Discount to (yyyy-mm-dd);Reference "
    "#;Manufacturer;Quantity;Visibility;Summary;Description;Available for order (0 = No, 1 "
    "= Yes);Product creation date;Image URLs (x,y,z...);Feature(Name:Value:Position)\n"
    "1;1;Linen Shirt;\"Home/Men/Shirts,Sale\";41,32;;;;;LS;Fjord;;both;Airy;\"<p>Airy &amp; "
    "light</p>\";1;2024-03-12;\"https://p/1.jpg,https://p/"
    "2.jpg\";\"Composition:Linen:1,Style:Casual:2\"\n"
    "2;0;Old Hat;Hats;10;;;;;OH;;3;both;;;1;;;\n"
    "3;1;Cap;Hats;20.00;;25;2026-03-01;2026-03-31;CP;;3;both;;;1;;;\n"
    "4;1;Nowhere;Hats;20.00;;;;;NW;;3;none;;;1;;;\n"
    "5;1;Belt;Belts;20.00;5;;0000-00-00;0000-00-00;BL;;0;both;;;1;;;\n";
constexpr std::string_view kCombinations =
    "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Supplier "
    "reference;Reference;EAN13;Impact on price;Quantity;Image "
    "URLs (x,y,z...)\n"
    "1;Size:select:0, Color:color:1;S:0, White:1;;LS-S;;0;4;https://p/w.jpg\n"
    "1;Size:select:0, Color:color:1;M:1, Sky:2;;;;5,50;0;\n"
    "1;Size:select:0;M:1, Sky:2;;;;;0;\n";
const FeedOptions kOptions{"EUR", *parse_rfc3339("2026-03-10T12:00:00Z")};

TEST(PrestaShop, ReadsTheTemplateOfTheImport) {
  const auto feed = read_text(kProducts, "prestashop-csv", kOptions);
  ASSERT_EQ(feed.ids(), "1 3 5") << feed.refusals();
  EXPECT_EQ(feed.variants(), "LS '' '' 41.32 1; CP '' '' 15<20 3; BL '' '' 15<20 0");
  const Garment& shirt = feed.garments[0];
  EXPECT_EQ(shirt.title, "Linen Shirt");
  EXPECT_EQ(shirt.description, "Airy & light");
  EXPECT_EQ(shirt.brand, "Fjord");
  EXPECT_EQ(shirt.category, "Men/Shirts");
  EXPECT_EQ(shirt.images.size(), 2U);
  EXPECT_EQ(shirt.supplier_attributes.at("composition"), std::vector<std::string>{"Linen"});
  EXPECT_EQ(shirt.currency, "EUR");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"2", "4"}));
  EXPECT_NE(feed.notes().find("prices are without tax"), std::string::npos);
}

TEST(PrestaShop, ReadsTheListThatTheAdminExports) {
  const auto feed = read_text(
      "Product ID;Image;Name;Reference;Category;Price (tax excl.);Price (tax "
      "incl.);Quantity;Status;Position\n"
      "7;https://p/7.jpg;Tee;TE;Tops;20.00;24.00;5;1;1\n"
      "8;;Old;OL;Tops;20.00;24.00;5;0;2\n",
      "prestashop-csv", kOptions);
  EXPECT_EQ(feed.variants(), "TE '' '' 24 5");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"8"});
  EXPECT_EQ(feed.notes(), "");
}

TEST(PrestaShop, CategoriesWithoutAPathAreTheStepsOfOne) {
  const auto feed = read_text(
      "Product ID;Active (0/1);Name;Categories (x,y,z...);Price tax included;Quantity;Reference #\n"
      "1;1;Robe;Accueil,Femme,Robes;89,90;5;RS\n"
      "2;1;Robe;\"Accueil/Femme/Robes,Accueil/Soldes\";89,90;5;RT\n",
      "prestashop-csv", kOptions);
  ASSERT_EQ(feed.ids(), "1 2") << feed.refusals();
  EXPECT_EQ(feed.garments[0].category, "Femme > Robes");
  EXPECT_EQ(feed.garments[1].category, "Femme/Robes");
}

TEST(PrestaShop, CombinationsBesideTheProductsAreTheirVariants) {
  MemoryInput products("products.csv", kProducts), combinations("combinations.csv", kCombinations);
  FeedInput* inputs[] = {&products, &combinations};
  ReadText read;
  const auto report = read_feed_directory(inputs, kOptions, [&](Garment&& garment) -> Result<Done> {
    read.garments.push_back(std::move(garment));
    return kOk;
  });
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(read.variants(),
            "LS-S 'S' 'White' 41.32 4; LS/M/Sky 'M' 'Sky' 46.82 0; CP '' '' 15<20 3; BL '' '' 15<20 0");
  EXPECT_EQ(read.garments[0].images.back().colour, "White");
  EXPECT_EQ(report->files[1].role, "combinations");
  EXPECT_EQ(report->total.variants, 4U);
  EXPECT_EQ(report->total.refusals.front().file, "combinations.csv");
  EXPECT_EQ(report->total.refusals.front().line, 4U);  // two values for one attribute
}

std::string variants_beside(std::string_view products, std::string_view combinations) {
  MemoryInput file("products.csv", products), beside("combinations.csv", combinations);
  FeedInput* inputs[] = {&file, &beside};
  ReadText read;
  const auto report = read_feed_directory(inputs, kOptions, [&](Garment&& garment) -> Result<Done> {
    read.garments.push_back(std::move(garment));
    return kOk;
  });
  return report.ok() ? read.variants() : report.error().message();
}

// A percentage is of the combination's own price, an amount is the same for all; neither outlasts its dates.
TEST(PrestaShop, ADiscountIsOfTheCombinationsPrice) {
  constexpr std::string_view kHeader =
      "Product ID;Active (0/1);Name;Price tax included;Discount amount;Discount percent;Discount from "
      "(yyyy-mm-dd);Discount to (yyyy-mm-dd);Reference #;Quantity;Out of stock action\n";
  constexpr std::string_view kBeside =
      "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Impact on price;Quantity\n"
      "1;Size:select:0;S:0;0;4\n1;Size:select:0;XL:1;20;0\n1;Size:select:0;XS:2;-10;1\n";
  const auto variants = [&](std::string_view row) {
    return variants_beside(std::string(kHeader) + std::string(row) + "\n", kBeside);
  };
  EXPECT_EQ(variants("1;1;Shirt;100;;25%;2026-03-01;2026-03-31;A;9;"),
            "A/S/ 'S' '' 75<100 4; A/XL/ 'XL' '' 90<120 0; A/XS/ 'XS' '' 67.5<90 1");
  EXPECT_EQ(variants("1;1;Shirt;100;15;;;;A;9;1"),
            "A/S/ 'S' '' 85<100 4; A/XL/ 'XL' '' 105<120 1; A/XS/ 'XS' '' 75<90 1");
  EXPECT_EQ(variants("1;1;Shirt;100;;25;2026-04-01;2026-04-30;A;9;"),
            "A/S/ 'S' '' 100 4; A/XL/ 'XL' '' 120 0; A/XS/ 'XS' '' 90 1");
}

// PrestaShop's impacts are without tax.
TEST(PrestaShop, AnImpactIsTaxedAsTheProductIs) {
  EXPECT_EQ(variants_beside("Product ID;Active (0/1);Name;Price tax excluded;Price tax included;Reference "
                            "#;Quantity\n1;1;Shirt;50;60;A;9\n",
                            "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Impact on "
                            "price;Quantity\n1;Size:select:0;S:0;10;4\n"),
            "A/S/ 'S' '' 72 4");
}

TEST(PrestaShop, NumbersOfCategoriesAndBrandsAreNoNames) {
  const auto feed = read_text(
      "Product ID;Active (0/1);Name;Categories (x,y,z...);Price tax included;Quantity;Reference "
      "#;Manufacturer\n"
      "1;1;Robe;3,5;89,90;5;RS;2\n"
      "2;1;Jupe;\"3,Femme/Jupes\";49,90;5;JU;Fjord\n",
      "prestashop-csv", kOptions);
  ASSERT_EQ(feed.ids(), "1 2") << feed.refusals();
  EXPECT_EQ(feed.garments[0].category, "");
  EXPECT_EQ(feed.garments[0].brand, "");
  EXPECT_EQ(feed.garments[1].category, "Femme/Jupes");
  EXPECT_EQ(feed.garments[1].brand, "Fjord");
  EXPECT_EQ(feed.notes(),
            "2:brands are given by numbers, which the file does not explain: left out x 1; "
            "2:categories are given by numbers, which the file does not explain: left out x 3");
}

TEST(PrestaShop, AVirtualProductIsNothingToWear) {
  const auto feed = read_text(
      "Product ID;Active (0/1);Name *;Price tax included;Quantity;Reference #;Virtual product (0 = No, 1 = "
      "Yes)\n"
      "1;1;Tee;20;5;TE;0\n"
      "2;1;Care course;20;5;CC;1\n",
      "prestashop-csv", kOptions);
  EXPECT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"2"});
}

// The database keeps six decimals of a price.
TEST(PrestaShop, APriceIsWhatCanBePaid) {
  const auto feed = read_text(
      "ID;Image;Nom;Référence;Catégorie;Prix (HT);Prix (TTC);Quantité;État\n"
      "1;;Robe;RO;Robes;41.666666;49.999999;5;1\n"
      "2;;Jupe;JU;Jupes;\"24,916667 €\";\"29,900000 €\";0;1\n"
      "3;;Robe;RX;Robes;41.666666;49.999999;5;0\n",
      "prestashop-csv", kOptions);
  EXPECT_EQ(feed.variants(), "RO '' '' 50 5; JU '' '' 29.9 0");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"3"});
}

TEST(PrestaShop, HalfSizesMayHoldACommaAndPhotosBeGivenByTheirPlace) {
  MemoryInput products("products.csv",
                       "Product ID;Active (0/1);Name;Price tax included;Quantity;Reference #;Image URLs "
                       "(x,y,z...)\n"
                       "1;1;Derby;120;0;D;\"https://p/1.jpg,https://p/2.jpg,https://p/3.jpg\"\n"),
      combinations("combinations.csv",
                   "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Impact on "
                   "price;Quantity;Image position\n"
                   "1;Pointure:select:0, Couleur:color:1;36,5:0, Noir:0;0;2;1\n"
                   "1;Pointure:select:0, Couleur:color:1;37:1, Cognac:1;0;3;\"2,3\"\n"
                   "1;Pointure:select:0, Couleur:color:1;37,5:2, Noir:0;0;-1;1\n");
  FeedInput* inputs[] = {&products, &combinations};
  ReadText read;
  const auto report = read_feed_directory(inputs, kOptions, [&](Garment&& garment) -> Result<Done> {
    read.garments.push_back(std::move(garment));
    return kOk;
  });
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(read.variants(),
            "D/36,5/Noir '36,5' 'Noir' 120 2; D/37/Cognac '37' 'Cognac' 120 3; D/37,5/Noir '37,5' 'Noir' 120 "
            "0");
  std::string colours;
  for (const auto& image : read.garments.at(0).images) colours += image.colour + " ";
  EXPECT_EQ(colours, "Noir Cognac Cognac ");
}

}  // namespace
}  // namespace modiste
