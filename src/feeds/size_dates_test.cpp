#include "feeds/size_dates.h"

#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(SizeDates, AreTheSizesThatWereWritten) {
  const std::pair<const char*, const char*> kWritten[] = {
      {"8-Oct", "8-10"},   {"10-Aug", "8-10"},    {"08. Okt", "8-10"},   {"12-déc.", "12-12"},
      {"Oct-12", "10-12"}, {"2026-08-06", "6-8"}, {"6/8/2026", "6-8"},   {"2026-08-06 00:00:00", "6-8"},
      {"4-févr.", "2-4"},  {"14-Dez", "12-14"},   {"06.08.2026", "6-8"}, {"2-ago", "2-8"},
      {"5-maj", ""},       {"36-38", ""},         {"38.5", ""},          {"M-Mar", ""},
      {"3-6M", ""},        {"2-Jahre", ""},       {"W32/L34", ""},       {"One-Size", ""},
      {"31-Aug", "8-31"},  {"98/104", ""},        {"2 Oct", ""},         {"1/2", ""}};
  for (const auto& [text, size] : kWritten) {
    const std::string same = std::string_view(size) == "12-12" ? "" : size;  // no size has one number twice
    EXPECT_EQ(size_of_date(text).value_or(""), same) << text;
  }
}

TEST(SizeDates, AreUndoneInAFeedAndSaid) {
  const auto feed = read_text(
      "id,title,link,price,color,size,item_group_id\na,A,l,9 EUR,Red,8-Oct,G\nb,A,l,9 EUR,Red,6-Aug,G\n",
      "meta-catalog-csv");
  EXPECT_EQ(feed.variants(), "a '8-10' 'Red' 9 1; b '6-8' 'Red' 9 1");
  EXPECT_NE(feed.notes().find("'8-Oct' is a spreadsheet's date: taken as '8-10'"), std::string::npos)
      << feed.notes();
}

}  // namespace
}  // namespace modiste
