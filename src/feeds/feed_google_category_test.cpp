#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(GoogleXml, OfSeveralProductTypesAPathIsTheCategory) {
  const auto feed = read_text(
      "<rss><item><id>1</id><title>Florence</title><price>80 USD</price><product_type>Sale</product_type>"
      "<product_type>Women &gt; Dresses</product_type></item>"
      "<item><id>2</id><title>Florence</title><price>80 USD</price><product_type>Women &gt; Dresses"
      "</product_type><product_type>Sale &gt; Summer</product_type></item>"
      "<item><id>3</id><title>Florence</title><price>80 USD</price><product_type>Sale</product_type>"
      "<product_type>Dresses</product_type></item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1 2 3") << feed.refusals();
  EXPECT_EQ(feed.garments[0].category, "Women > Dresses");
  EXPECT_EQ(feed.garments[1].category, "Women > Dresses");
  EXPECT_EQ(feed.garments[2].category, "Sale");
  EXPECT_EQ(feed.garments[2].supplier_attributes.at("product_category"), std::vector<std::string>{"Dresses"})
      << "which is looked at where the category is not understood";
}

}  // namespace
}  // namespace modiste
