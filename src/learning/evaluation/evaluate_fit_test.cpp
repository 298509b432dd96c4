#include "learning/evaluation/evaluate_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/rng.h"
#include "learning/evaluation/fit_report.h"

namespace modiste {
namespace {

// Half of the garments run small, and two in three shoppers notice.
std::vector<FitRow> make_rows(size_t count) {
  Rng rng(41);
  std::vector<FitRow> rows;
  for (size_t i = 0; i < count; ++i) {
    FitRow row;
    row.shopper = "s" + std::to_string(rng.below(count / 3));
    row.body.weight_kg = rng.uniform(45, 90);
    row.body.height_cm = 165;
    const bool small = rng.chance(0.5);
    const double position = std::round((*row.body.weight_kg - 40) / 6);
    const auto outcome = rng.chance(0.6) ? (small ? FitFeedback::kTooSmall : FitFeedback::kFits)
                                         : static_cast<FitFeedback>(rng.below(3));
    row.observation = {(small ? "small" : "true") + std::to_string(rng.below(10)),
                       "dress",
                       SizeChart::kWomen,
                       position,
                       true,
                       outcome};
    rows.push_back(std::move(row));
  }
  return rows;
}

TEST(EvaluateFit, FindsWhatIsPlantedAndNothingElse) {
  const auto report = evaluate_fit(make_rows(3'000), {});
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->trained, 2'400U);
  EXPECT_EQ(report->tested, 600U);
  EXPECT_GT(report->cold, 0U);
  EXPECT_LT(report->cold, report->tested);
  ASSERT_EQ(report->all.size(), 7U);
  EXPECT_DOUBLE_EQ(report->all[0].auc, 0.5);                 // the class prior tells nothing apart
  EXPECT_NEAR(report->all[2].auc, 0.5, 0.08);                // nor do sizes: none were planted
  EXPECT_GT(report->all[1].auc, 0.62);                       // garments tell
  EXPECT_GT(report->all[5].auc, report->all[1].auc - 0.02);  // also to the model
  EXPECT_NEAR(report->all[4].auc, 0.5, 0.08);                // but not to one without garments
  EXPECT_LT(report->all[5].log_loss, report->all[0].log_loss);
  EXPECT_LT(report->all[5].log_loss, report->untrained.log_loss);
  EXPECT_EQ(report->untrained.rows, 600U);
  EXPECT_EQ(report->judges, [] {
    std::set<std::string> shoppers;
    const auto rows = make_rows(3'000);
    for (size_t i = 2'400; i < rows.size(); ++i) shoppers.insert(rows[i].shopper);
    return shoppers.size();
  }());
  EXPECT_GT(report->over_prior.low, 0) << "garments tell, and all shoppers of the test together say so";
  EXPECT_NEAR(report->over_untrained.mean, report->untrained.log_loss - report->served.log_loss, 1e-4);
  ASSERT_FALSE(report->bounds.empty());
  EXPECT_DOUBLE_EQ(report->bounds.front().share, 1);
  for (size_t i = 1; i < report->bounds.size(); ++i) {
    EXPECT_GT(report->bounds[i].bound, report->bounds[i - 1].bound);
    EXPECT_LE(report->bounds[i].rows, report->bounds[i - 1].rows);
  }
  EXPECT_GT(report->bounds.front().fitted, 0.6);  // of all rows 0.43: it advises where garments run true
  const auto json = to_report_json(*report, *report);
  EXPECT_DOUBLE_EQ(json.at("by_time").at("all").at(5).at("auc").as_double(), report->all[5].auc);
  EXPECT_FALSE(evaluate_fit({}, {}).ok());
}

// A shop that serves the defaults knows its garments as well as one that is trained: only what the parameters
// are worth may speak for them.
TEST(EvaluateFit, BothRivalsOfTheGateLearnTheirGarments) {
  const auto rows = make_rows(3'000);
  const auto report = evaluate_fit(rows, {});
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_GT(report->untrained.auc, 0.62) << "garments tell, also by the default parameters";
  EXPECT_GT(report->served.auc, 0.62);
  EXPECT_EQ(report->served.rows, report->untrained.rows);
}

}  // namespace
}  // namespace modiste
