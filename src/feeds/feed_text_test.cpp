#include "feeds/feed_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace modiste {
namespace {

TEST(HtmlToText, KeepsTheTextAndItsParagraphs) {
  EXPECT_EQ(html_to_text("<p>Warm &amp; dry.</p>\n<p>&bull; Hood<br />&bull; 1&#47;2 zip&trade;</p>"),
            "Warm & dry.\n• Hood\n• 1/2 zip™");
  // Shortcodes of WordPress's page builders; brackets of people stay.
  EXPECT_EQ(html_to_text("[vc_row css=\"x\"][vc_column]<p>Soft</p>[/vc_column][/vc_row]"), "Soft");
  EXPECT_EQ(html_to_text("[gallery ids=\"1,2\"] Linen [tabs]Airy[/tabs]"), "Linen Airy");
  EXPECT_EQ(html_to_text("Colour [black], see [size guide] [M] [new] [sic]"),
            "Colour [black], see [size guide] [M] [new] [sic]");
  EXPECT_EQ(html_to_text("<ul>\n<li>One\n<li>Two\n</ul>"), "One\nTwo");
  EXPECT_EQ(html_to_text("a   b\n\tc"), "a b\nc");  // plain text: its lines stay
  EXPECT_EQ(html_to_text("<i>a</i>   b\n\tc"), "a b c");
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

TEST(HtmlToText, ReadsWhatWasEscapedSeveralTimes) {
  for (const char* written :
       {"<p>Soft &amp; airy</p>", "&lt;p&gt;Soft &amp;amp; airy&lt;/p&gt;",
        "&amp;lt;p&amp;gt;Soft &amp;amp;amp; airy", "<![CDATA[<p>Soft &amp; airy</p>]]>",
        "<p class=\"a > b\">Soft&nbsp;&AMP; airy</p>", "<o:p>Soft &amp airy</o:p>",
        "&#60;p&#62;Soft &#38; airy", "<P>Soft &#x26; airy"}) {
    EXPECT_EQ(html_to_text(written), "Soft & airy") << written;
  }
  EXPECT_EQ(html_to_text("&amp;lt;ul&amp;gt;&amp;lt;li&amp;gt;Soft&amp;lt;/li&amp;gt;&amp;lt;li&amp;gt;Airy"),
            "Soft\nAiry");
  EXPECT_EQ(html_to_text("It&#146;s &eacute;l&eacute;gant &check;"), "It’s élégant ✓");
}

TEST(HtmlToText, LeavesTextThatIsNotMarkup) {
  for (const char* text : {"Waist < 70, hip > 90", "Dress < 100 cm", "Sizes <M and >XL", "R&D; made by M&S",
                           "a\nb & c", "Q&A &copycat", "5 <6> 7"})
    EXPECT_EQ(html_to_text(text), text);
  EXPECT_EQ(html_to_text("Sizes <M available"), "Sizes <M available");
}

RC_GTEST_PROP(HtmlToText, IsTheSameWhenReadAgain, ()) {
  const auto html = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("<>/p &amp;lt;b\n")));
  const std::string text = html_to_text(html);
  for (const char* piece : {"&lt;", "&amp;"})
    RC_PRE(text.find(piece) == std::string::npos);  // escaped too often
  RC_ASSERT(html_to_text(text) == text);
}

TEST(SplitAddresses, OnlyWhereAnAddressBegins) {
  using List = std::vector<std::string>;
  const std::string one = "https://img.example/f_auto,q_auto,w_900/d1/front.jpg",
                    two = "https://img.example/w_1,h_2/b";
  EXPECT_EQ(split_addresses(one + "," + two, ","), (List{one, two}));
  EXPECT_EQ(split_addresses(one + " , " + two + ",", ","), (List{one, two}));
  EXPECT_EQ(split_addresses(one, ","), List{one});
  EXPECT_EQ(split_addresses(one + "|//img.example/c.png", ",|"), (List{one, "//img.example/c.png"}));
  EXPECT_EQ(split_addresses("/a/1.jpg,/a/2.jpg", ","), (List{"/a/1.jpg", "/a/2.jpg"}));
  EXPECT_EQ(split_addresses("a/1.jpg, b/2.JPG,c/3.webp", ","), (List{"a/1.jpg", "b/2.JPG", "c/3.webp"}));
  EXPECT_EQ(split_addresses("red, blue/1.jpg", ","), List{"red, blue/1.jpg"});
  EXPECT_EQ(split_addresses(one + " " + two + "\n//img.example/c d.png", ","),
            (List{one, two, "//img.example/c d.png"}));
  EXPECT_EQ(split_addresses("HTTPS://img.example/a.jpg,Http://img.example/b", ","),
            (List{"HTTPS://img.example/a.jpg", "Http://img.example/b"}));
  EXPECT_EQ(split_addresses("[\"" + one + "\", \"/a/1.jpg\"]", ","), (List{one, "/a/1.jpg"}));
  EXPECT_EQ(split_addresses("[1].jpg", ","), List{"[1].jpg"});
  EXPECT_TRUE(split_addresses(" ", ",").empty());
  EXPECT_EQ(split_addresses(one + "," + two, ""), List{one + "," + two});
}

TEST(FeedText, AStyleInCapitalsEnds) {
  EXPECT_EQ(html_to_text("<STYLE>p{margin:0}</STYLE><P>Soft linen</P>"), "Soft linen");
  EXPECT_EQ(html_to_text("<style>p{}</Style>Soft"), "Soft");
}

TEST(FeedText, APathMayHaveAQuery) {
  using List = std::vector<std::string>;
  EXPECT_EQ(split_addresses("images/a.jpg?v=1,images/b.jpg?v=2", ","),
            (List{"images/a.jpg?v=1", "images/b.jpg?v=2"}));
  EXPECT_EQ(split_addresses("cdn.shop.example/a.jpg?w=900|cdn.shop.example/b.jpg?w=900", "|"),
            (List{"cdn.shop.example/a.jpg?w=900", "cdn.shop.example/b.jpg?w=900"}));
}

}  // namespace
}  // namespace modiste
