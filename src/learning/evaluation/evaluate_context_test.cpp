#include "learning/evaluation/evaluate_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "learning/evaluation/context_report.h"

namespace modiste {
namespace {

using testing::HasSubstr;

constexpr std::string_view kHeader = "user_id,item_id,rented_for,category,review_date\n";
const Vocabulary& vocabulary() { return Vocabulary::standard(); }

TEST(Rentals, AreReadAndWhatCannotBeUsedIsCounted) {
  const auto rentals = parse_rentals(std::string(kHeader) +
                                         "2,1,party,sheath,2016-02-03\n"
                                         "1,1,formal affair,gowns,2015-02-03\r\n"
                                         "1,1,other,gown,2015-02-03\n"
                                         "1,1,,gown,2015-02-03\n"
                                         "1,1,work,thingummy,2016-02-29\n"
                                         "1,1,work,gown,2015-02-29\n"
                                         "1,1,work\n",
                                     vocabulary());
  ASSERT_TRUE(rentals.ok()) << rentals.error().message();
  EXPECT_EQ(rentals->rows_read, 7U);
  ASSERT_EQ(rentals->rows.size(), 3U);
  EXPECT_EQ(rentals->rows[0].occasion, Occasion::kFormal) << "by date";
  EXPECT_EQ(vocabulary().term(*rentals->rows[0].category).name, "gown");
  EXPECT_EQ(vocabulary().term(*rentals->rows[1].category).name, "sheath-dress");
  EXPECT_FALSE(rentals->rows[2].category.has_value());
  EXPECT_EQ(rentals->categories_unknown.at("thingummy"), 1U);
  EXPECT_EQ(rentals->dropped.at("other"), 1U);
  EXPECT_EQ(rentals->dropped.at("nothing said"), 1U);
  EXPECT_EQ(rentals->dropped.at("no date"), 1U);
  EXPECT_EQ(rentals->dropped.at("a row of another length"), 1U);
}

TEST(Rentals, RefuseAnotherFile) {
  EXPECT_EQ(parse_rentals("a,b,c\n1,2,3\n", vocabulary()).error().code, Code::kCorrupt);
  EXPECT_EQ(parse_rentals("", vocabulary()).error().code, Code::kCorrupt);
  EXPECT_EQ(read_rentals("no/such/file.csv.gz", vocabulary()).error().code, Code::kNotFound);
}

// Gowns for weddings and formal affairs, jumpsuits for parties; each shopper keeps to one of the two for
// gowns.
Rentals planted(size_t count) {
  Rng rng(11);
  std::string csv(kHeader);
  for (size_t i = 0; i < count; ++i) {
    const size_t user = rng.below(60);
    const bool gown = rng.chance(0.6);
    const std::string said = rng.chance(0.15) ? "everyday"
                             : !gown          ? "party"
                             : user % 2 == 0  ? "wedding"
                                              : "formal affair";
    const auto date = std::chrono::year_month_day(std::chrono::sys_days(std::chrono::year(2015) / 1 / 1) +
                                                  std::chrono::days(i * 700 / count));
    csv += std::to_string(user) + ",1," + said + "," + (gown ? "gown" : "jumpsuit") + "," +
           to_text(local_date(date)) + "\n";
  }
  return parse_rentals(csv, vocabulary()).value();
}

double loss(const ContextReport& report, std::string_view name) {
  for (const auto& scores : report.scores)
    if (scores.name == name) return scores.log_loss;
  ADD_FAILURE() << name;
  return 0;
}

TEST(EvaluateContext, SeesWhatEachClueIsWorth) {
  const auto report = evaluate_context(planted(3'000), vocabulary());
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->trained + report->tested, 3'000U);
  EXPECT_NEAR(loss(*report, "uniform"), std::log(4), 1e-9);
  EXPECT_LT(loss(*report, "learned: date"), loss(*report, "prior table"));
  EXPECT_LT(loss(*report, "learned: date, category"), loss(*report, "learned: date") - 0.2);
  EXPECT_LT(loss(*report, "learned: date, category, history"),
            loss(*report, "learned: date, category") - 0.1);
  EXPECT_LT(report->scores.back().calibration_error, 0.1);
  double guessed = 0;
  for (const auto& row : report->shares) guessed += row.guessed;
  EXPECT_NEAR(guessed, 1, 0.05) << "hardly anything is left for occasions that never occur";
}

// A shopper's later words must not be known earlier: the same words in reverse order of time change nothing
// for whoever speaks once.
TEST(EvaluateContext, HistoryIsOfEarlierDaysOnly) {
  std::string csv(kHeader);
  for (int day = 1; day <= 20; ++day)
    for (int user = 0; user < 3; ++user)
      csv += std::to_string(100 * day + user) + ",1,party,gown,2015-01-" + (day < 10 ? "0" : "") +
             std::to_string(day) + "\n" + std::to_string(100 * day + user) + ",1,work,gown,2015-01-" +
             (day < 10 ? "0" : "") + std::to_string(day) + "\n";
  const auto report = evaluate_context(parse_rentals(csv, vocabulary()).value(), vocabulary());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->tested_with_history, 0U) << "two words of one day do not know of each other";
  EXPECT_DOUBLE_EQ(loss(*report, "learned: date"), loss(*report, "learned: date, history"));
}

TEST(EvaluateContext, RefusesTooLittle) {
  EXPECT_FALSE(evaluate_context({}, vocabulary()).ok());
  EXPECT_FALSE(evaluate_context(
                   parse_rentals(std::string(kHeader) + "1,1,party,gown,2015-02-03\n", vocabulary()).value(),
                   vocabulary())
                   .ok());
}

TEST(ContextReport, PageAndJsonHoldTheSameFigures) {
  const auto report = evaluate_context(planted(600), vocabulary()).value();
  const auto html = to_report_html(report);
  const auto value = to_report_json(report);
  const double best = report.scores.back().log_loss;
  EXPECT_DOUBLE_EQ(value.at("scores").as_array().back().at("log_loss").as_double(), best);
  EXPECT_THAT(html, HasSubstr(std::to_string(best).substr(0, 5)));
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(to_report_text(report), HasSubstr("learned: date, category, history"));
}

// The claim of the report, on the real data when it is there.
TEST(EvaluateContext, LearningBeatsTheTableOnRealRentals) {
  const auto rentals = read_rentals(
      std::string(MODISTE_SOURCE_DIR) + "/../shared/data/rtr/interactions_train.csv.gz", vocabulary());
  if (!rentals.ok()) GTEST_SKIP() << rentals.error().message();
  EXPECT_EQ(rentals->rows_read, 147'592U);
  Rentals recent = *rentals;  // the last third: enough for the claim, quick to fit
  recent.rows.erase(recent.rows.begin(),
                    recent.rows.begin() + static_cast<std::ptrdiff_t>(recent.rows.size() * 2 / 3));
  const auto report = evaluate_context(recent, vocabulary());
  ASSERT_TRUE(report.ok());
  EXPECT_LT(loss(*report, "learned: date"), loss(*report, "prior table"));
  EXPECT_LT(loss(*report, "learned: date, category"), loss(*report, "training frequencies"));
}

}  // namespace
}  // namespace modiste
