#include "learning/evaluation/off_policy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/rng.h"

namespace modiste {
namespace {

// Two items at one position; the logged policy shows the first three times in four.
PolicyLog small_log() {
  PolicyLog log{2, 1, {}, {"a", "b"}, {"1"}};
  log.decisions = {{0, 0, 1, 0.75}, {0, 0, 0, 0.75}, {1, 0, 1, 0.25}, {0, 0, 0, 0.75}};
  return log;
}

double value_of(const OffPolicyReport& report, std::string_view name) {
  for (const PolicyEstimate& estimate : report.estimates)
    if (estimate.name == name) return estimate.value.mean;
  ADD_FAILURE() << name;
  return 0;
}

TEST(OffPolicy, IsTheFormulas) {
  const PolicyLog log = small_log();
  PositionTable policy(2, 1), expected(2, 1);
  policy.at(0, 0) = 0.4;
  policy.at(1, 0) = 0.6;
  expected.at(0, 0) = 0.3;
  expected.at(1, 0) = 0.8;
  const auto report = evaluate_policy(log, policy, RewardModel{{expected}});
  const double w0 = 0.4 / 0.75, w1 = 0.6 / 0.25, direct = 0.4 * 0.3 + 0.6 * 0.8;
  EXPECT_NEAR(value_of(report, "ips"), (w0 + w1) / 4, 1e-12);
  EXPECT_NEAR(value_of(report, "snips"), (w0 + w1) / (3 * w0 + w1), 1e-12);
  EXPECT_NEAR(value_of(report, "dm"), direct, 1e-12);
  EXPECT_NEAR(value_of(report, "dr"), direct + (w0 * (0.7 - 0.3 - 0.3) + w1 * 0.2) / 4, 1e-12);
  EXPECT_NEAR(report.effective_sample, std::pow(3 * w0 + w1, 2) / (3 * w0 * w0 + w1 * w1), 1e-12);
  EXPECT_EQ(report.logged_value, 0.5);
  EXPECT_EQ(report.warnings.size(), 1U);  // four decisions are few
}

// The logged policy shows at random; the other one shows what is liked. Its true value is known.
TEST(OffPolicy, FindsTheValueOfAnotherPolicy) {
  constexpr size_t kItems = 5, kDecisions = 40'000;
  const auto likes = [](size_t item) { return 0.1 + 0.1 * static_cast<double>(item); };
  PolicyLog log{kItems, 1, {}, {"0", "1", "2", "3", "4"}, {"1"}};
  Rng rng(3);
  for (size_t i = 0; i < kDecisions; ++i) {
    const size_t item = rng.below(kItems);
    log.decisions.push_back({item, 0, rng.chance(likes(item)) ? 1.0 : 0.0, 1.0 / kItems});
  }
  PositionTable policy(kItems, 1);
  policy.at(4, 0) = 0.8;
  policy.at(0, 0) = 0.2;
  const double truth = 0.8 * 0.5 + 0.2 * 0.1;
  const auto report = evaluate_policy(log, policy, fit_reward_model(log, {}));
  EXPECT_TRUE(report.warnings.empty());
  EXPECT_NEAR(report.logged_value, 0.3, 0.01);
  for (const PolicyEstimate& estimate : report.estimates) {
    EXPECT_NEAR(estimate.value.mean, truth, 0.02) << estimate.name;
    EXPECT_LT(estimate.value.low, estimate.value.mean) << estimate.name;
    EXPECT_GT(estimate.value.high, estimate.value.mean) << estimate.name;
  }
}

// Answers of two positions, in their order: what is learned of one must judge that one.
TEST(OffPolicy, TheRewardModelKnowsEachPositionOfALogInOrder) {
  PolicyLog log{1, 2, {}, {"a"}, {"1", "2"}};
  for (size_t i = 0; i < 20'000; ++i) {
    const size_t position = i % 2;
    log.decisions.push_back({0, position, i / 2 % (position == 0 ? 10 : 100) == 0 ? 1.0 : 0.0, 1});
  }
  const RewardModel model = fit_reward_model(log, {});
  for (size_t i = 0; i < 100; ++i) EXPECT_NEAR(model.of(i).at(0, i % 2), i % 2 == 0 ? 0.1 : 0.01, 0.012) << i;
}

TEST(OffPolicy, SaysHowMuchOfThePolicyTheLogNeverShowed) {
  PolicyLog log = small_log();
  while (log.decisions.size() < 4'000) log.decisions.push_back(log.decisions[log.decisions.size() - 4]);
  PositionTable policy(2, 1);  // the rest is on what is not in the log
  policy.at(0, 0) = 0.3;
  policy.at(1, 0) = 0.1;
  const auto report = evaluate_policy(log, policy, fit_reward_model(log, {}));
  EXPECT_NEAR(report.unsupported, 0.6, 1e-9);
  EXPECT_NEAR(report.weight_mean, 0.4, 1e-9);
  ASSERT_EQ(report.warnings.size(), 1U);
  EXPECT_NE(report.warnings[0].find("60.0% of what the policy shows was never logged"), std::string::npos);
  policy.at(0, 0) = 0.9;
  EXPECT_TRUE(evaluate_policy(log, policy, fit_reward_model(log, {})).warnings.empty());
}

class PolicyFiles : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) / name;
    std::ofstream(path) << text;
    return path;
  }
};

TEST_F(PolicyFiles, AreReadByTheNamesOfTheirColumns) {
  const auto file = write("log.csv",
                          ",timestamp,item_id,position,click,propensity_score\n"
                          "0,2019,14,3,0,0.0125\n1,2019,15,1,1,0.5\n");
  const auto log = read_policy_log(file);
  ASSERT_TRUE(log.ok()) << log.error().message();
  ASSERT_EQ(log->decisions.size(), 2U);
  EXPECT_EQ(log->item_names, (std::vector<std::string>{"14", "15"}));
  EXPECT_EQ(log->decisions[1].reward, 1);
  EXPECT_EQ(log->decisions[0].propensity, 0.0125);
  const auto policy =
      read_position_table(write("policy.csv", "item_id,position,probability\n14,3,1\n15,1,0.25\n99,1,0.75\n"),
                          "probability", *log, true);
  ASSERT_TRUE(policy.ok()) << policy.error().message();
  EXPECT_EQ(policy->at(1, 1), 0.25);
  EXPECT_EQ(policy->at(0, 1), 0);
}

TEST_F(PolicyFiles, AreRefusedByLine) {
  const auto refusal = [&](const std::string& text) {
    const auto log = read_policy_log(write("bad.csv", text));
    return log.ok() ? "" : log.error().message();
  };
  EXPECT_NE(refusal("item_id,position,click\n").find("propensity_score"), std::string::npos);
  EXPECT_NE(refusal("item_id,position,click,propensity_score\n1,1,0,0\n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("item_id,position,click,propensity_score\n1,1,0,0.1\n1,1,yes,0.1\n").find("line 3"),
            std::string::npos);
  EXPECT_NE(refusal("").find("empty"), std::string::npos);
  const PolicyLog log = small_log();
  const auto policy = read_position_table(write("half.csv", "item_id,position,probability\na,1,0.5\n"),
                                          "probability", log, true);
  ASSERT_FALSE(policy.ok());
  EXPECT_NE(policy.error().message().find("add up to 0.5"), std::string::npos);
  const auto twice =
      read_position_table(write("twice.csv", "item_id,position,probability\na,1,0.3\nb,1,0.5\na,1,0.2\n"),
                          "probability", log, true);
  ASSERT_FALSE(twice.ok());
  EXPECT_NE(twice.error().message().find("line 4"), std::string::npos) << "two colours of one item, say";
}

}  // namespace
}  // namespace modiste
