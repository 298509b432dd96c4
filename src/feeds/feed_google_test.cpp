#include <gtest/gtest.h>

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

}  // namespace
}  // namespace modiste
