#include "feeds/feed_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace modiste {
namespace {

TEST(HtmlToText, KeepsTheTextAndItsParagraphs) {
  EXPECT_EQ(html_to_text("<p>Warm &amp; dry.</p>\n<p>&bull; Hood<br />&bull; 1&#47;2 zip&trade;</p>"),
            "Warm & dry.\n• Hood\n• 1/2 zip™");
  EXPECT_EQ(html_to_text("<ul>\n<li>One\n<li>Two\n</ul>"), "One\nTwo");
  EXPECT_EQ(html_to_text("a   b\n\tc"), "a b c");
  EXPECT_EQ(html_to_text("<script>alert('x')</script>shown<style>p{}</style><!-- hidden -->"), "shown");
  EXPECT_EQ(html_to_text("5 < 6 & 7 > 3, R&B, &unknown; &#xD800; &#0;"),
            "5 < 6 & 7 > 3, R&B, &unknown; \uFFFD \uFFFD");
  EXPECT_EQ(html_to_text("<b title=\"a\">x</b><img src=x>y"), "xy");
  EXPECT_EQ(html_to_text("torn <p"), "torn");
  EXPECT_EQ(html_to_text(""), "");
}

RC_GTEST_PROP(HtmlToText, NeverFailsAndIsTrimmed, (const std::string& html)) {
  const std::string text = html_to_text(html + "<" + html + "&" + html);
  RC_ASSERT(trim(text) == text);
}

std::string money(std::string_view text) {
  const auto parsed = parse_money(text);
  return parsed.ok() ? std::to_string(std::llround(parsed->amount * 100)) + parsed->currency : "refused";
}

TEST(ParseMoney, ReadsTheWaysMerchantsWrite) {
  EXPECT_EQ(money("12.00 USD"), "1200USD");
  EXPECT_EQ(money("USD 12"), "1200USD");
  EXPECT_EQ(money("12.5"), "1250");
  EXPECT_EQ(money("$1,299.00"), "129900USD");
  EXPECT_EQ(money("1.299,00 €"), "129900EUR");
  EXPECT_EQ(money("12,50\xC2\xA0€"), "1250EUR");
  EXPECT_EQ(money("1,299"), "129900");
  EXPECT_EQ(money("£9"), "900GBP");
  EXPECT_EQ(money("52.0000"), "5200");
  EXPECT_EQ(money("0"), "0");
}

TEST(ParseMoney, RefusesWhatIsNoPrice) {
  for (const char* text : {"", "-1", "NaN", "nan USD", "inf", "1e5", "12 DOLLARS", "free", "1.2.3", "--",
                           "USD", "0x10", "1e999"})
    EXPECT_EQ(money(text), "refused") << text;
}

TEST(ParseStock, ReadsCountsAndTakesOversoldAsNone) {
  EXPECT_EQ(**parse_stock("100.0000"), 100);
  EXPECT_EQ(**parse_stock("-3"), 0);
  EXPECT_EQ(*parse_stock("  "), std::nullopt);
  for (const char* text : {"many", "NaN", "1e12", "3x"}) EXPECT_FALSE(parse_stock(text).ok()) << text;
}

}  // namespace
}  // namespace modiste
