// The claims of docs/reports/fit.json and context.json on a part of the real data, for time.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>

#include "io/file_input.h"
#include "learning/evaluation/evaluate_context.h"
#include "learning/evaluation/evaluate_fit.h"

namespace modiste {
namespace {

class RealRentals : public testing::Test {
 protected:
  void SetUp() override {
    const std::string file =
        std::string(MODISTE_SOURCE_DIR) + "/../shared/data/rtr/interactions_train.csv.gz";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "the research data is not beside the source tree";
    set.format = &kRtrHistory;
    set.options.now = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1));
    set.open = [file]() -> Result<std::unique_ptr<FeedInput>> {
      TRY_ASSIGN(auto input, FileInput::open(file));
      return std::unique_ptr<FeedInput>(std::make_unique<FileInput>(std::move(input)));
    };
  }
  ImportedSet set;
};

// 135 rows repeat another, 238 are of a US 28 or larger, which the chart does not have. The first fifth
// teaches and judges.
TEST_F(RealRentals, TeachTheSizeModelMoreThanTheGarmentsRates) {
  auto read = read_fit_rows(set, Vocabulary::standard());
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->rows.size(), 147'592U - 135U - 238U);
  EXPECT_EQ(read->left_out, 238U);
  read->rows.resize(30'000);
  EvaluateFitOptions options;
  options.training.meaning = FitMeaning::kReview;
  const auto report = evaluate_fit(std::move(read->rows), options);
  ASSERT_TRUE(report.ok()) << report.error().message();
  for (const auto& scores : report->all)
    std::printf("%-24s AUC %.3f, log-loss %.3f\n", scores.name.c_str(), scores.auc, scores.log_loss);
  EXPECT_GT(report->all[5].auc, report->all[1].auc);
  EXPECT_LT(report->all[5].log_loss, report->all[1].log_loss);
  EXPECT_LT(report->sizes[1].mean, 0.7 * report->sizes[0].mean) << "a body tells the size";
}

// The last third.
TEST_F(RealRentals, TeachOccasionsBetterThanTheTable) {
  auto said = read_said_occasions(set, Vocabulary::standard());
  ASSERT_TRUE(said.ok()) << said.error().message();
  EXPECT_EQ(said->rows_read, 147'592U);
  said->rows.erase(said->rows.begin(),
                   said->rows.begin() + static_cast<std::ptrdiff_t>(said->rows.size() * 2 / 3));
  const auto report = evaluate_context(*said, Vocabulary::standard());
  ASSERT_TRUE(report.ok());
  const auto loss = [&](std::string_view name) {
    for (const auto& scores : report->scores)
      if (scores.name == name) return scores.log_loss;
    ADD_FAILURE() << name;
    return 0.0;
  };
  EXPECT_LT(loss("learned: date"), loss("prior table"));
  EXPECT_LT(loss("learned: date, category"), loss("training frequencies"));
}

}  // namespace
}  // namespace modiste
