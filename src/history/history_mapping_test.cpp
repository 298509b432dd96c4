#include "history/history_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "history/history_testing.h"
#include "history/history_time.h"

namespace modiste {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ReadHistory read_table(std::string_view text, const HistoryMapping& mapping) {
  ReadHistory read;
  MemoryInput input("table.csv", text);
  auto report = read_history_csv(input, mapping, history_options(), into(read));
  EXPECT_TRUE(report.ok()) << report.error().message();
  if (report.ok()) read.report = std::move(report).value();
  return read;
}

HistoryMapping mapping_of(std::string_view text) {
  auto mapping = parse_history_mapping(text, "m.toml");
  EXPECT_TRUE(mapping.ok()) << mapping.error().message();
  return mapping.ok() ? std::move(*mapping) : HistoryMapping{};
}

std::string refusal_of(std::string_view text) {
  const auto mapping = parse_history_mapping(text, "m.toml");
  return mapping.ok() ? "" : mapping.error().message();
}

// The text between ```kind and ```.
std::string example(const std::string& page, const std::string& kind) {
  const size_t begin = page.find("```" + kind + "\n") + kind.size() + 4;
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(HistoryMapping, TheDocumentedExampleIsReadAsThePageSays) {
  std::ifstream file(std::string(MODISTE_SOURCE_DIR) + "/docs/formats/history-mapping.md");
  std::stringstream page;
  page << file.rdbuf();
  const auto read = read_table(example(page.str(), "csv"), mapping_of(example(page.str(), "toml")));
  ASSERT_EQ(read.events.size(), 3U) << read.refusals();
  EXPECT_EQ(read.events[0].event_id, "1001-1");
  EXPECT_EQ(read.events[0].price, 52);
  EXPECT_EQ(read.events[1].quantity, 2);
  EXPECT_EQ(to_rfc3339(*read.events[1].occurred_at), "2025-11-21T09:30:00Z");
  EXPECT_EQ(read.events[2].type, EventType::kReturn);
  EXPECT_EQ(read.events[2].reason, ReturnReason::kTooSmall);
  EXPECT_EQ(read.events[2].currency, "EUR");
  EXPECT_EQ(read.report.rows_left_out, 1U);
  EXPECT_EQ(read.refusals(), "6:paid");
  EXPECT_THAT(read.report.rows.refusals[0].reason, HasSubstr("'free' is not a number"));
  EXPECT_THAT(read.report.notes, ElementsAre("columns that the mapping does not use: warehouse"));
  for (const auto field : history_fields())
    EXPECT_THAT(page.str(), HasSubstr("`" + std::string(field) + "`")) << "the page lists every field";
}

constexpr std::string_view kViews = R"({"constants": {"type": "product_view"},
  "columns": {"device_id": "Visitor Id", "garment_id": "item", "dwell_ms": "dwell", "occurred_at": "at",
              "occasion": "for", "height_cm": "tall", "colour": "c"}, "time_format": "unix"})";

TEST(HistoryMapping, TheDelimiterIsTheHeaders) {
  const auto mapping = mapping_of(R"({"constants": {"type": "purchase"},
    "columns": {"shopper_id": "customer", "garment_id": "article", "price": "paid"}})");
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::string text = "customer;article;paid\nada;A;52.00\n";
    std::replace(text.begin(), text.end(), ';', delimiter);
    const auto read = read_table(text, mapping);
    ASSERT_EQ(read.events.size(), 1U) << delimiter << read.refusals();
    EXPECT_EQ(read.events[0].garment_id, "A");
  }
  const auto comma = read_table("customer;article;paid\nada;A;52,50\n", mapping);
  ASSERT_EQ(comma.events.size(), 1U) << comma.refusals();
  EXPECT_EQ(comma.events[0].price, 52.5);
  EXPECT_EQ(read_table("customer;article;paid\nada;A\n", mapping).refusals().substr(0, 1), "2");
}

TEST(HistoryMapping, RefusesByLineWithTheColumn) {
  const auto read = read_table(
      "visitor_id,item,dwell,at,for,tall,c\n"
      "d1,A,1000,1461144600,party,,\n"
      ",A,1000,1461144600,,,\n"
      "d1,,1000,1461144600,,,\n"
      "d1,A,-5,1461144600,,,\n"
      "d1,A,1000,yesterday,,,\n"
      "d1,A,1000,99999999999,,,\n"
      "d1,A,1000,1461144600,,170,\n"
      "d1,A,1000\n"
      "d1,A,1000,1461144600,party,,\n",
      mapping_of(kViews));
  EXPECT_EQ(read.refusals(), "3:/shopper_id 4:/garment_id 5:dwell 6:at 7:/occurred_at 8:/body 9:");
  ASSERT_EQ(read.events.size(), 2U);
  EXPECT_EQ(read.events[0].context->occasion, "party");
  EXPECT_EQ(read.events[0].event_id, read.events[1].event_id) << "equal rows are one event";
  EXPECT_THAT(read.report.rows.refusals[2].reason, HasSubstr("expected"));
}

TEST(HistoryMapping, WordsThatTheListHasNotAreRefusedWithTheNearest) {
  const auto read =
      read_table("who,item,kind\na,G,sale\na,G,sael\n",
                 mapping_of("[columns]\ntype = 'kind'\nshopper_id = 'who'\ngarment_id = 'item'\n"
                            "[words.type]\nsale = 'purchase'\n"));
  EXPECT_EQ(read.events.size(), 1U);
  EXPECT_EQ(read.refusals(), "3:kind");
  EXPECT_THAT(read.report.rows.refusals[0].reason, HasSubstr("'sale', perhaps"));
}

TEST(HistoryMapping, SaysWhatIsWrongWithAMapping) {
  EXPECT_THAT(refusal_of("[columns]\nshoper_id = 'a'\n"), HasSubstr("'shopper_id', perhaps"));
  EXPECT_THAT(refusal_of("[columns]\nshopper_id = 'a'\n"), HasSubstr("no type of event"));
  EXPECT_THAT(refusal_of("[columns\n"), HasSubstr("m.toml line 1"));
  EXPECT_THAT(refusal_of("[@"), HasSubstr("m.toml line 1"));  // toml++ asserts here, see base/toml.h
  EXPECT_THAT(refusal_of("[columns]\nprice = 5\n"), HasSubstr("m.toml line 2"));
  EXPECT_THAT(refusal_of("[colums]\ntype = 'a'\n"), HasSubstr("colums"));
  EXPECT_THAT(refusal_of("[constants]\ntype = 'a'\n[columns]\ntype = 'b'\n"), HasSubstr("one of them"));
  EXPECT_THAT(refusal_of("[constants]\ntype = 'a'\n[columns]\n[words.fit]\na = 'b'\n"),
              HasSubstr("no column"));
  EXPECT_THAT(refusal_of("{\"columns\": 5}"), HasSubstr("m.toml /columns"));
  EXPECT_THAT(refusal_of(""), HasSubstr("columns"));
}

TEST(HistoryMapping, ATableWithoutTheColumnEndsBeforeItsFirstRow) {
  MemoryInput input("t.csv", "who,what\na,b\n");
  ReadHistory read;
  const auto report =
      read_history_csv(input, mapping_of("[constants]\ntype = 'like'\n[columns]\nshopper_id = 'customer'\n"),
                       history_options(), into(read));
  ASSERT_FALSE(report.ok());
  EXPECT_THAT(report.error().message(), HasSubstr("no column 'customer'"));
  EXPECT_THAT(report.error().message(), HasSubstr("who, what"));
}

TEST(HistoryTime, AnOffsetOfTheFormatCounts) {
  const auto read = [](std::string_view text, const char* format) {
    const auto at = parse_history_time(text, format);
    return at ? to_rfc3339(*at) : "none";
  };
  EXPECT_EQ(read("21.11.2025 10:00 +0200", "%d.%m.%Y %H:%M %z"), "2025-11-21T08:00:00Z");
  EXPECT_EQ(read("21.11.2025 10:00 -0530", "%d.%m.%Y %H:%M %z"), "2025-11-21T15:30:00Z");
  EXPECT_EQ(read("21.11.2025 10:00", "%d.%m.%Y %H:%M"), "2025-11-21T10:00:00Z");
  EXPECT_EQ(read("1763719200", "%s"), "2025-11-21T10:00:00Z");
}

}  // namespace
}  // namespace modiste
