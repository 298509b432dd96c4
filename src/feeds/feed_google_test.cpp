#include <gtest/gtest.h>

#include <algorithm>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(GoogleTsv, GroupsVariantsAndReadsPrices) {
  const auto feed = read_text(
      "id\ttitle\tdescription\timage "
      "link\tadditional_image_link\tavailability\tprice\tsale_price\tbrand\tgoogle_product_"
      "category\tproduct_type\tcolor\tsize\tgender\tage_group\tmaterial\titem_group_id\tsize_system\n"
      "t1\tLinen Tee\t<b>Soft</b>\thttps://x/1.jpg\thttps://x/2.jpg,https://x/3.jpg\tin_stock\t25.00 "
      "EUR\t19.99 EUR\tModa\t"
      "212\tWomen > Tops > T-Shirts\tWhite\t38\tfemale\tadult\tlinen/cotton\ttee\tEU\n"
      "t2\tLinen Tee\t\thttps://x/4.jpg\t\tout_of_stock\t25,00 "
      "EUR\t\tModa\t\t\tBlue\tM\tfemale\tadult\t\ttee\t\n"
      "k1\tKids' 12\" Cap\t\t\t\tin stock\t9 EUR\t\tModa\tHats\t\tRed\t\tmale\tkids\t\t\t\n"
      "t3\tLinen Tee\t\t\t\tin stock\t-5 EUR\t\tModa\t\t\tRed\tM\t\t\t\ttee\t\n"
      "t4\tLinen Tee\t\t\t\tin stock\t5 USD\t\tModa\t\t\tRed\tM\t\t\t\ttee\t\n"
      "t2\tLinen Tee\t\t\t\tin stock\t5 EUR\t\tModa\t\t\tRed\tM\t\t\t\ttee\t\n"
      "short\trow\n",
      "google-merchant-tsv");
  ASSERT_EQ(feed.ids(), "tee k1");
  const Garment& tee = feed.garments[0];
  EXPECT_EQ(tee.description, "Soft");
  EXPECT_EQ(tee.currency, "EUR");
  EXPECT_EQ(tee.category, "Women > Tops > T-Shirts");
  EXPECT_EQ(tee.department, "female");
  EXPECT_EQ(tee.supplier_attributes.at("material"), (std::vector<std::string>{"linen", "cotton"}));
  ASSERT_EQ(tee.variants.size(), 2U);
  EXPECT_EQ(tee.variants[0].size, "EU 38");
  EXPECT_EQ(tee.variants[0].price, 19.99);
  EXPECT_EQ(tee.variants[0].list_price, 25);
  EXPECT_EQ(tee.variants[0].stock, 1);
  EXPECT_EQ(tee.variants[1].price, 25);
  EXPECT_EQ(tee.variants[1].stock, 0);
  ASSERT_EQ(tee.images.size(), 4U);
  EXPECT_EQ(tee.images[3].colour, "Blue");
  EXPECT_EQ(feed.garments[1].title, "Kids' 12\" Cap");
  EXPECT_EQ(feed.garments[1].department, "male kids");
  EXPECT_EQ(feed.refusals(), "5:price 6:price 7:id 8:");
}

constexpr std::string_view kRss =
    "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\" version=\"2.0\"><channel>\n"
    "<title>Shop with <![CDATA[<item>]]></title><!-- <item> -->\n";

TEST(GoogleTsv, GiftCardsGoByGooglesNumberAndNotByOneOfTheShop) {
  const auto feed = read_text(
      "id\ttitle\tavailability\tprice\tgoogle_product_category\tproduct_type\n"
      "a\tFor you\tin_stock\t25 EUR\t53\t\n"
      "b\tFor you\tin_stock\t25 EUR\t53.0\t\n"
      "c\tFor you\tin_stock\t25 EUR\t53 - Arts & Entertainment > Party & Celebration\t\n"
      "d\tLinen dress\tin_stock\t25 EUR\t2271\tShelf 4/53\n",
      "google-merchant-tsv");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(feed.ids(), "d");
}

TEST(GoogleXml, ReadsRssItems) {
  const auto feed = read_text(
      std::string(kRss) +
          "<item><g:id>1</g:id><title>Dress &amp; Belt</title><description><![CDATA[<p>Red </item> &amp; "
          "long</p>]]></description>"
          "<g:price>80.00 "
          "USD</g:price><g:color>Red</g:color><g:size>M</g:size><g:availability>in_stock</g:availability>"
          "<g:image_link>https://x/1.jpg</g:image_link><g:additional_image_link>https://x/2.jpg</"
          "g:additional_image_link>"
          "<g:additional_image_link>https://x/3.jpg</g:additional_image_link>"
          "<g:shipping><g:price>5 USD</g:price></g:shipping>"
          "<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Neckline</"
          "g:attribute_name>"
          "<g:attribute_value>V-neck</g:attribute_value></g:product_detail></item>\n"
          "<item>\n<g:id>2</g:id><title>No price</title></item>\n"
          "<item><g:id>3<title>Broken</g:id></item>\n"
          "<item><g:id>4</g:id><title>Hat</title><g:price>8 USD</g:price></item></channel></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1 4") << feed.refusals();
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.title, "Dress & Belt");
  EXPECT_EQ(dress.description, "Red & long");
  EXPECT_EQ(dress.variants[0].price, 80);
  EXPECT_EQ(dress.images.size(), 3U);
  EXPECT_EQ(dress.supplier_attributes.at("neckline"), std::vector<std::string>{"V-neck"});
  EXPECT_EQ(feed.refusals(), "5:price 7:");
}

TEST(GoogleXml, ReadsAtomEntriesWithAnyPrefix) {
  const auto feed = read_text(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:x=\"http://base.google.com/ns/1.0\">"
      "<entry><x:id>1</x:id><title>Hat</title><x:price>8 USD</x:price></entry><entries/></feed>",
      "google-merchant-xml");
  EXPECT_EQ(feed.ids(), "1");
}

TEST(GoogleXml, ATornFileCostsItsLastItem) {
  const auto feed = read_text(std::string(kRss) +
                                  "<item><g:id>1</g:id><title>Hat</title><g:price>8 USD</g:price></item>\n"
                                  "<item><g:id>2</g:id><title>Ha",
                              "google-merchant-xml");
  EXPECT_EQ(feed.ids(), "1");
  EXPECT_EQ(feed.refusals(), "5:");
}

TEST(GoogleXml, AnEndlessItemIsPassedOver) {
  const auto feed = read_text(
      std::string(kRss) + "<item><g:id>1</g:id><description>" + std::string(kLineBytesMax + 100, 'x') +
          "</description></item>\n"
          "<item><g:id>2</g:id><title>Hat</title><g:price>8 USD</g:price></item></channel></rss>",
      "google-merchant-xml");
  EXPECT_EQ(feed.ids(), "2");
  ASSERT_EQ(feed.report.refusals.size(), 1U);
  EXPECT_NE(feed.report.refusals[0].reason.find("4 MiB"), std::string::npos);
}

TEST(GoogleXml, EntitiesOfADoctypeAreNotExpanded) {
  const auto feed = read_text(
      "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
      "<rss><item><id>1</id><title>&b;</title><price>8 USD</price></item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1");
  EXPECT_EQ(feed.garments[0].title, "&b;");
}

TEST(GoogleXml, EachElementIsOneAddress) {
  const auto feed = read_text(std::string(kRss) +
                                  "<item><g:id>1</g:id><title>Dress</title><g:price>80 EUR</g:price>"
                                  "<g:image_link>https://img.example/w_900,h_900/a</g:image_link>"
                                  "<g:additional_image_link>https://img.example/x,https://y/b</"
                                  "g:additional_image_link></item></channel></rss>",
                              "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1");
  ASSERT_EQ(feed.garments[0].images.size(), 2U);
  EXPECT_EQ(feed.garments[0].images[0].url, "https://img.example/w_900,h_900/a");
  EXPECT_EQ(feed.garments[0].images[1].url, "https://img.example/x,https://y/b");
}

TEST(GoogleXml, NoTagAndNoEntityIsShown) {
  const auto feed = read_text(
      std::string(kRss) +
          "<item><g:id>1</g:id><title>Coat &amp;amp; "
          "Scarf</title><description>&amp;lt;p&amp;gt;Warm&amp;lt;/p&amp;gt;"
          "</description><g:price>80 EUR</g:price><g:brand><![CDATA[H&amp;M]]></g:brand><g:color>Black "
          "&amp;amp; White</g:color>"
          "<g:product_type>Women &amp;gt; Coats</g:product_type><g:material>Wool &amp;amp; "
          "Silk</g:material></item></channel></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1");
  const Garment& coat = feed.garments[0];
  EXPECT_EQ(coat.title, "Coat & Scarf");
  EXPECT_EQ(coat.description, "Warm");
  EXPECT_EQ(coat.brand, "H&M");
  EXPECT_EQ(coat.category, "Women > Coats");
  EXPECT_EQ(coat.variants[0].colour, "Black & White");
  EXPECT_EQ(coat.images.size(), 0U);
  EXPECT_EQ(coat.supplier_attributes.at("material"), std::vector<std::string>{"Wool & Silk"});
}

TEST(GoogleTsv, StatusVisibilityAndExpirationAreHonoured) {
  const FeedOptions options{"EUR", *parse_rfc3339("2026-03-10T12:00:00Z")};
  const auto feed = read_text(
      "id\ttitle\tprice\tlink\titem_group_id\tstatus\tvisibility\texpiration_date\n"
      "a1\tA\t10\tl\ta\tactive\tpublished\t\n"
      "a2\tA\t10\tl\ta\tarchived\tpublished\t\n"
      "b\tB\t10\tl\t\tactive\thidden\t\n"
      "c\tC\t10\tl\t\tactive\tpublished\t2026-03-01T10:00Z\n"
      "d\tD\t10\tl\t\tactive\tpublished\t2026-04-01\n"
      "e\tE\t10\tl\t\twavering\tpublished\t\n",
      "google-merchant-tsv", options);
  EXPECT_EQ(feed.ids(), "a d e");
  EXPECT_EQ(feed.garments[0].variants.size(), 1U);
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"b", "c"}));
  EXPECT_NE(feed.notes().find("7:'wavering' in 'status' is not understood"), std::string::npos)
      << feed.notes();
}

TEST(Meta, CommaSemicolonAndTabMeanTheSame) {
  constexpr std::string_view kRows =
      "id;title;description;availability;price;image_link;brand;quantity_to_sell_on_facebook;sale_price;item_"
      "group_id;color;size\n"
      "W1-S;Wrap Dress;Soft;in stock;89.00 EUR;https://s/1.jpg;Fjord;4;59.00 EUR;W1;Olive;S\n"
      "W1-M;Wrap Dress;Soft;available for order;89.00 EUR;https://s/1.jpg;Fjord;0;59.00 EUR;W1;Olive;M\n"
      "W1-L;Wrap Dress;Soft;out of stock;89.00 EUR;https://s/1.jpg;Fjord;3;59.00 EUR;W1;Olive;L\n";
  for (const char delimiter : {';', ',', '\t'}) {
    std::string text(kRows);
    std::replace(text.begin(), text.end(), ';', delimiter);
    const auto reader = detect_feed(text);
    ASSERT_TRUE(reader.ok());
    const auto feed = read_text("\xEF\xBB\xBF" + text, (*reader)->name);
    ASSERT_EQ(feed.ids(), "W1") << delimiter;
    EXPECT_EQ(feed.garments[0].currency, "EUR");
    EXPECT_EQ(feed.variants(),
              "W1-S 'S' 'Olive' 59<89 4; W1-M 'M' 'Olive' 59<89 1; W1-L 'L' 'Olive' 59<89 0");
  }
}

TEST(GoogleTsv, AttributesMayBeNamedInTheShopsLanguage) {
  const auto feed = read_text(
      "ID\tTitel\tBeschreibung\tBildlink\tVerfügbarkeit\tPreis\tSonderangebotspreis\tFarbe\tGröße\tMarke\n"
      "1\tKleid\tWeich\thttps://x/1.jpg\tauf Lager\t1.299,00 EUR\t999,- EUR\tGrün\t38\tFjord\n",
      "google-merchant-tsv");
  EXPECT_EQ(feed.variants(), "1 '38' 'Grün' 999<1299 1");
  EXPECT_EQ(feed.garments[0].brand, "Fjord");
  EXPECT_EQ(feed.garments[0].images.size(), 1U);
}

TEST(Currency, OfTheShopWhereTheFeedNamesNone) {
  const FeedOptions options{"SEK", {}};
  EXPECT_EQ(read_text("id\ttitle\tprice\tlink\na\tA\t599\tl\n", "google-merchant-tsv", options)
                .garments[0]
                .currency,
            "SEK");
  EXPECT_EQ(read_text("Handle,Title,Variant Price\na,A,599\n", "shopify-csv", options).garments[0].currency,
            "SEK");
  EXPECT_EQ(read_text(R"({"id":"a","title":"A","variants":[{"sku":"a","price":5}]})", "json-lines", options)
                .garments[0]
                .currency,
            "SEK");
  EXPECT_EQ(read_text(R"({"id":"a","title":"A","currency":"EUR","variants":[{"sku":"a","price":5}]})",
                      "json-lines", options)
                .garments[0]
                .currency,
            "EUR");
  EXPECT_EQ(read_text("image,label\na,Dress\n", "photo-folder-csv", options).garments[0].currency, "SEK");
  const auto assumed = read_text("id\ttitle\tprice\tlink\na\tA\t599 kr\tl\nb\tB\t5 kr\tl\n",
                                 "google-merchant-tsv", {"EUR", {}});
  EXPECT_EQ(assumed.notes(),
            "2:'kr' in 'price' was read as SEK; other currencies use this sign too x 2; 2:no quantity is "
            "given: taken as one piece in stock x 2");
}

// Google asks for colour and size in the titles of variants.
TEST(GoogleTsv, AGroupIsNotCalledAsItsFirstVariant) {
  const auto called = [](std::string_view title, std::string_view colour, std::string_view size,
                         std::string_view group) {
    const auto feed = read_text(fmt::format("id\ttitle\tprice\tavailability\tcolor\tsize\titem_group_id\n"
                                            "1\t{}\t25 EUR\tin_stock\t{}\t{}\t{}\n",
                                            title, colour, size, group),
                                "google-merchant-tsv");
    return feed.garments.at(0).title;
  };
  EXPECT_EQ(called("Linen Tee - White, M", "White", "M", "g"), "Linen Tee");
  EXPECT_EQ(called("Linen Tee, M, white", "White", "M", "g"), "Linen Tee");
  EXPECT_EQ(called("Linen Tee (Black/White) | 38", "Black/White", "38", "g"), "Linen Tee");
  EXPECT_EQ(called("T-Shirt aus Leinen – Grün", "Grün", "S", "g"), "T-Shirt aus Leinen");
  EXPECT_EQ(called("Dress in White", "White", "M", "g"), "Dress in White");
  EXPECT_EQ(called("Linen Tee XL", "White", "L", "g"), "Linen Tee XL");
  EXPECT_EQ(called("Linen Tee - White, M", "White", "M", ""), "Linen Tee - White, M")
      << "a garment by itself";
  EXPECT_EQ(called("White", "White", "M", "g"), "White");
}

TEST(GoogleXml, TextsThatAModelWroteStandApart) {
  const auto feed = read_text(
      std::string(kRss) +
          "<item><g:id>1</g:id><g:structured_title><g:digital_source_type>trained_algorithmic_media</"
          "g:digital_source_type><g:content>Linen Dress</g:content></g:structured_title>"
          "<g:structured_description><g:digital_source_type>trained_algorithmic_media</"
          "g:digital_source_type><g:content>Airy &amp; light</g:content></g:structured_description>"
          "<g:price>80 EUR</g:price></item></channel></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].title, "Linen Dress");
  EXPECT_EQ(feed.garments[0].description, "Airy & light");
  const auto table = read_text(
      "id\tstructured_title\ttitle\tprice\tavailability\n"
      "1\ttrained_algorithmic_media:\"Linen Dress\"\t\t80 EUR\tin_stock\n"
      "2\ttrained_algorithmic_media:\"Other\"\tOwn\t80 EUR\tin_stock\n",
      "google-merchant-tsv");
  ASSERT_EQ(table.ids(), "1 2") << table.refusals();
  EXPECT_EQ(table.garments[0].title, "Linen Dress");
  EXPECT_EQ(table.garments[1].title, "Own");
}

TEST(GoogleXml, ASaleIsOnWithinItsWindow) {
  const FeedOptions options{"USD", *parse_rfc3339("2026-03-10T12:00:00Z")};
  const auto price = [&](std::string_view window) {
    const auto feed = read_text(
        fmt::format(
            "{}<item><g:id>1</g:id><title>Dress</title><g:price>80.00 EUR</g:price><g:sale_price>59.00 "
            "EUR</g:sale_price><g:sale_price_effective_date>{}</g:sale_price_effective_date>"
            "<g:availability>in_stock</g:availability></item></channel></rss>",
            kRss, window),
        "google-merchant-xml", options);
    return feed.variants();
  };
  EXPECT_EQ(price("2026-03-10T13:00+0100/2026-03-20T23:59+0100"), "1 '' '' 59<80 1");
  EXPECT_EQ(price("2026-03-10T13:00-0800 / 2026-03-20T23:59-0800"), "1 '' '' 80 1") << "it begins at 21:00";
  EXPECT_EQ(price("2026-03-01/2026-03-10"), "1 '' '' 59<80 1") << "until the end of the day";
  EXPECT_EQ(price("2026-03-01T00:00Z/2026-03-10T11:59Z"), "1 '' '' 80 1");
}

TEST(GoogleTsv, SizesNameTheirSystemOnceAndStockByItsWord) {
  const auto feed = read_text(
      "id\ttitle\tprice\tavailability\tcolor\tsize\tsize system\tgender\tage group\n"
      "1\tSneaker\t80 GBP\tin_stock\tWhite\t6.5\tUK\tfemale\tadult\n"
      "2\tSneaker\t80 GBP\tpreorder\tWhite\tUK 7\tUK\tmale\tadult\n"
      "3\tTee\t80 GBP\tbackorder\tWhite\tOne Size\tUS\tunisex\tinfant\n"
      "4\tTee\t80 GBP\tout of stock\tWhite\tXS/S\tEU\tfemale\ttoddler\n"
      "5\tTee\t80 GBP\tin stock\tWhite/Navy/Red\t104\tEU\tmale\tkids\n"
      "6\tTee\t80 GBP\tsoon\tWhite\tM\t\t\t\n",
      "google-merchant-tsv");
  EXPECT_EQ(
      feed.variants(),
      "1 'UK 6.5' 'White' 80 1; 2 'UK 7' 'White' 80 1; 3 'One Size' 'White' 80 1; 4 'XS/S' 'White' 80 0; "
      "5 'EU 104' 'White/Navy/Red' 80 1");
  EXPECT_EQ(feed.refusals(), "7:availability");
  EXPECT_EQ(feed.garments.at(0).department, "female");
  EXPECT_EQ(feed.garments.at(2).department, "unisex infant");
  EXPECT_EQ(feed.garments.at(3).department, "female toddler");
}

TEST(GoogleXml, RepeatedElementsAndNestedPricesAreTheProducts) {
  const auto feed = read_text(
      std::string(kRss) +
          "<item><g:id><![CDATA[ A-1 ]]></g:id><g:title><![CDATA[Coat]]></g:title>"
          "<g:product_type>Women &gt; Coats</g:product_type><g:product_type>Sale &gt; Coats</g:product_type>"
          "<g:installment><g:months>3</g:months><g:amount>30 EUR</g:amount></g:installment>"
          "<g:loyalty_program><g:price>70 EUR</g:price></g:loyalty_program>"
          "<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>"
          "<g:price>89,90 EUR</g:price><g:availability>in_stock</g:availability>"
          "<g:product_highlight>Warm</g:product_highlight><g:product_highlight>Lined</g:product_highlight>"
          "</item></channel></rss>",
      "google-merchant-xml");
  EXPECT_EQ(feed.variants(), "A-1 '' '' 89.9 1") << feed.refusals();
  EXPECT_EQ(feed.garments.at(0).category, "Women > Coats");
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("product_highlight"),
            (std::vector<std::string>{"Warm", "Lined"}));
}

TEST(GoogleXml, AtomDescribesInASummary) {
  const auto read = read_text(
      R"(<feed xmlns:g="http://base.google.com/ns/1.0"><entry><g:id>x1</g:id><title>Shirt</title><summary>Cool &amp;amp; light</summary><g:price>9 EUR</g:price></entry></feed>)",
      "google-merchant-xml");
  ASSERT_EQ(read.garments.size(), 1u);
  EXPECT_EQ(read.garments[0].description, "Cool & light");
}

TEST(GoogleInventory, TheStockOfAStoreIsNoProduct) {
  constexpr std::string_view kStores =
      "store_code\tid\ttitle\tquantity\tprice\tavailability\timage_link\n"
      "S1\ta\tLinen Tee\t3\t10 EUR\tin_stock\thttps://s/a.jpg\n"
      "\tb\tLinen Tee\t3\t10 EUR\tin_stock\thttps://s/b.jpg\n";
  const auto feed = read_text(kStores, "google-merchant-tsv");
  EXPECT_EQ(feed.ids(), "b") << "the row of no store is a product";
  EXPECT_EQ(feed.refusals(), "2:store_code");
  const auto xml = read_text(
      "<rss xmlns:g=\"http://base.google.com/ns/1.0\"><item><g:store_code>S1</g:store_code><g:id>a</g:id>"
      "<title>Linen Tee</title><g:price>10 EUR</g:price></item></rss>",
      "google-merchant-xml");
  EXPECT_EQ(xml.ids(), "");
  EXPECT_EQ(xml.refusals(), "1:store_code");
  for (const char* header : {"store_code\tid\tquantity\tprice\tavailability\n",
                             "store_code,itemid,quantity,price,availability\n"}) {
    const auto reader = detect_feed(header);
    ASSERT_TRUE(reader.ok()) << header;
    const auto name = (*reader)->name;
    EXPECT_TRUE(name == "google-merchant-tsv" || name == "meta-catalog-csv") << name;
  }
}

TEST(GoogleXml, CellsAndInvisibleLettersAreNotShown) {
  const auto feed = read_text(
      "<rss><item><id>a</id><title>Li\u00ADnen\u200B Tee</title><price>10 EUR</price>"
      "<description><![CDATA[<table><tr><td>Waist</td><td>70</td></tr></table>]]></description></item>"
      "<item><id>b</id><title>Tee</title><price>10 "
      "EUR</price><description>[caption]Soft[/caption]</description>"
      "</item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "a b");
  EXPECT_EQ(feed.garments[0].title, "Linen Tee");
  EXPECT_EQ(feed.garments[0].description, "Waist 70");
  EXPECT_EQ(feed.garments[1].description, "Soft");
}

TEST(MetaCsv, ReadsTikToksCatalog) {
  const std::string text =
      "sku_id,title,description,availability,condition,price,link,image_link,brand,item_group_id,color,size\n"
      "S1,Linen Tee,Soft,in stock,new,25.00 EUR,https://x,https://x/1.jpg,Moda,tee,White,M\n";
  const auto detected = detect_feed(text);
  ASSERT_TRUE(detected.ok());
  EXPECT_EQ((*detected)->name, "meta-catalog-csv");
  EXPECT_EQ(read_text(text, "meta-catalog-csv").variants(), "S1 'M' 'White' 25 1");
}

TEST(MetaCsv, ReadsPinterestsNamedOptions) {
  const auto read = read_text(
      "id,title,link,price,availability,item_group_id,variant_names,variant_values\n"
      "S1,Linen Tee,https://x,25.00 EUR,in stock,tee,\"Color,Size\",\"Red,M\"\n",
      "meta-catalog-csv");
  EXPECT_EQ(read.variants(), "S1 'M' 'Red' 25 1");
}

TEST(GoogleTsv, TheAllotmentOfItsCheckoutIsNotTheStock) {
  const auto read = read_text(
      "id\ttitle\tlink\tprice\tavailability\tsell_on_google_quantity\n"
      "A\tTee\thttps://x\t25 EUR\tin_stock\t0\n"
      "B\tTop\thttps://x\t25 EUR\tin_stock\t4\n",
      "google-merchant-tsv");
  EXPECT_EQ(read.variants(), "A '' '' 25 1; B '' '' 25 4");
}

TEST(MetaCsv, ColumnsMayHaveGooglesPrefixAndStandTwice) {
  const auto feed = read_text(
      "g:id,g:title,g:image_link,g:price,g:color,g:additional_image_link,g:additional_image_link\n"
      "a,A,https://i.example/1.jpg?w=1&amp;h=2,9 EUR,Red,https://i.example/2.jpg,https://i.example/3.jpg\n",
      "meta-catalog-csv");
  EXPECT_EQ(feed.variants(), "a '' 'Red' 9 1");
  ASSERT_EQ(feed.garments.at(0).images.size(), 3u);
  EXPECT_EQ(feed.garments[0].images[0].url, "https://i.example/1.jpg?w=1&h=2") << "not escaped for HTML";
  EXPECT_EQ(feed.garments[0].images[2].url, "https://i.example/3.jpg");
}

TEST(GoogleTsv, MayBeginWithAnEmptyLine) {
  const std::string text =
      "\r\n \n"
      "id\ttitle\tlink\tprice\tavailability\nA\tTee\thttps://x\t25 EUR\tin_stock\n";
  const auto detected = detect_feed(text);
  ASSERT_TRUE(detected.ok());
  EXPECT_EQ((*detected)->name, "google-merchant-tsv");
  const auto read = read_text(text, "google-merchant-tsv");
  EXPECT_EQ(read.refusals(), "");
  EXPECT_EQ(read.variants(), "A '' '' 25 1");
}

}  // namespace
}  // namespace modiste
