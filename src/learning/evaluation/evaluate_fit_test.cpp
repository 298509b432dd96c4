#include "learning/evaluation/evaluate_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/rng.h"
#include "io/gzip.h"
#include "learning/datasets/fit_rows.h"
#include "learning/evaluation/fit_report.h"

namespace modiste {
namespace {

using testing::HasSubstr;

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

TEST(EvaluateFit, AreaUnderTheCurveIsTheShareOfPairsInOrder) {
  EXPECT_DOUBLE_EQ(area_under_curve({0.1, 0.2, 0.8, 0.9}, {false, false, true, true}), 1);
  EXPECT_DOUBLE_EQ(area_under_curve({0.9, 0.2, 0.8, 0.1}, {false, false, true, true}), 0.25);
  EXPECT_DOUBLE_EQ(area_under_curve({0.5, 0.5, 0.5}, {false, true, false}), 0.5);
  EXPECT_DOUBLE_EQ(area_under_curve({0.3, 0.4}, {true, true}), 0.5);
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
  const std::string html = to_report_html(*report, *report);
  EXPECT_THAT(html, HasSubstr("model, learning on"));
  EXPECT_THAT(html, HasSubstr("</html>"));
  const auto json = to_report_json(*report, *report);
  EXPECT_DOUBLE_EQ(json.at("by_time").at("all").at(5).at("auc").as_double(), report->all[5].auc);
  EXPECT_FALSE(evaluate_fit({}, {}).ok());
}

TEST(FitRows, ReadsPlainAndGzipAndRefusesByLine) {
  const auto folder = std::filesystem::temp_directory_path() / "modiste_fit_rows_test";
  std::filesystem::create_directories(folder);
  const std::string text =
      "user_id,item_id,rating,fit,category,size,age,body_type,bust_size_num,bust_size_letter,height_in,"
      "weight_lbs\n"
      "1,7,10,small,gown,8,38,hourglass,34,d,68,125\n"
      "2,7,10,,gown,8,38,hourglass,34,d,68,125\r\n"
      "3,7,10,large,dress,20,117,,,,5,\n";
  std::ofstream(folder / "rows.csv") << text;
  std::ofstream(folder / "rows.csv.gz", std::ios::binary) << gzip(text);
  for (const char* name : {"rows.csv", "rows.csv.gz"}) {
    const auto read = read_fit_rows(folder / name);
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->refused, 1U);
    ASSERT_EQ(read->rows.size(), 2U);
    const auto& first = read->rows[0];
    EXPECT_EQ(first.observation.position,
              *size_position(*parse_size("US 4", SizeChart::kWomen), SizeChart::kWomen));
    EXPECT_EQ(first.observation.outcome, FitFeedback::kTooSmall);
    EXPECT_EQ(first.body.body_type, "hourglass");
    EXPECT_NEAR(*first.body.bust_cm, 38 * 2.54, 0.01);  // 34 and four cups of an inch
    EXPECT_NEAR(*first.body.weight_kg, 56.7, 0.1);
    EXPECT_EQ(read->rows[1].body, BodyProfile{});  // neither 117 years nor 5 inches
  }
  std::ofstream(folder / "other.csv") << "a,b\n1,2\n";
  EXPECT_EQ(read_fit_rows(folder / "other.csv").error().expected, "user_id");
  EXPECT_EQ(read_fit_rows(folder / "none.csv").error().code, Code::kNotFound);
  std::filesystem::remove_all(folder);
}

// The first fifth of the set, for time; the whole of it is docs/reports/fit.html.
TEST(FitRows, OfRentTheRunwayTeachTheModelMoreThanTheGarmentsRates) {
  const auto file =
      std::filesystem::path(MODISTE_SOURCE_DIR) / "../shared/data/rtr/interactions_train.csv.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no rtr at " << file;
  auto read = read_fit_rows(file);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->rows.size(), 147'592U);
  EXPECT_EQ(read->refused, 0U);
  read->rows.resize(30'000);
  EvaluateFitOptions options;
  options.training.meaning = FitMeaning::kReview;
  const auto report = evaluate_fit(std::move(read->rows), options);
  ASSERT_TRUE(report.ok()) << report.error().message();
  for (const auto& scores : report->all)
    std::printf("%-24s AUC %.3f, log-loss %.3f\n", scores.name.c_str(), scores.auc, scores.log_loss);
  EXPECT_GT(report->all[5].auc, report->all[1].auc);
  EXPECT_LT(report->all[5].log_loss, report->all[1].log_loss);
  EXPECT_LT(report->sizes[1].mean, 0.7 * report->sizes[0].mean);  // a body tells her size
}

}  // namespace
}  // namespace modiste
