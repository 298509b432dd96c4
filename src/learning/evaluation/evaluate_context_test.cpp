#include "learning/evaluation/evaluate_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "learning/evaluation/context_report.h"

namespace modiste {
namespace {

using testing::HasSubstr;

std::optional<TermId> category(std::string_view name) {
  return Vocabulary::standard().find(Facet::kCategory, name)->id;
}

constexpr std::chrono::sys_days kFirst = std::chrono::year(2015) / 1 / 1;

// Gowns for weddings and formal affairs, jumpsuits for parties; each shopper keeps to one of the two for
// gowns.
ImportedOccasions planted(size_t count) {
  Rng rng(11);
  ImportedOccasions said;
  for (size_t i = 0; i < count; ++i) {
    const size_t user = rng.below(60);
    const bool gown = rng.chance(0.6);
    const Occasion occasion = rng.chance(0.15) ? Occasion::kCasual
                              : !gown          ? Occasion::kParty
                              : user % 2 == 0  ? Occasion::kWedding
                                               : Occasion::kFormal;
    said.rows.push_back({std::to_string(user), kFirst + std::chrono::days(i * 700 / count), occasion,
                         category(gown ? "gown" : "jumpsuit")});
  }
  return said;
}

double loss(const ContextReport& report, std::string_view name) {
  for (const auto& scores : report.scores)
    if (scores.name == name) return scores.log_loss;
  ADD_FAILURE() << name;
  return 0;
}

TEST(EvaluateContext, SeesWhatEachClueIsWorth) {
  const auto report = evaluate_context(planted(3'000), Vocabulary::standard());
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
  ImportedOccasions said;
  for (int day = 1; day <= 20; ++day)
    for (int user = 0; user < 3; ++user)
      for (const Occasion occasion : {Occasion::kParty, Occasion::kWork})
        said.rows.push_back(
            {std::to_string(100 * day + user), kFirst + std::chrono::days(day), occasion, category("gown")});
  const auto report = evaluate_context(said, Vocabulary::standard());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->tested_with_history, 0U) << "two words of one day do not know of each other";
  EXPECT_DOUBLE_EQ(loss(*report, "learned: date"), loss(*report, "learned: date, history"));
}

TEST(EvaluateContext, RefusesTooLittle) {
  EXPECT_FALSE(evaluate_context({}, Vocabulary::standard()).ok());
  ImportedOccasions one;
  one.rows.push_back({"1", kFirst, Occasion::kParty, category("gown")});
  EXPECT_FALSE(evaluate_context(one, Vocabulary::standard()).ok());
}

TEST(ContextReport, TextAndJsonHoldTheSameFigures) {
  const auto report = evaluate_context(planted(600), Vocabulary::standard()).value();
  const auto value = to_report_json(report);
  const double best = report.scores.back().log_loss;
  EXPECT_DOUBLE_EQ(value.at("scores").as_array().back().at("log_loss").as_double(), best);
  EXPECT_THAT(to_report_text(report), HasSubstr(std::to_string(best).substr(0, 5)));
  EXPECT_THAT(to_report_text(report), HasSubstr("learned: date, category, history"));
}

}  // namespace
}  // namespace modiste
