#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <stdexcept>

#include "base/rng.h"
#include "features/feature.h"
#include "learning/ranker/debiasing_study.h"
#include "learning/ranker/lambda_gradients.h"
#include "learning/ranker/pair_bias.h"

namespace modiste {
namespace {

// One answer: a wanted garment at position 3, a passed one, two of which nothing was heard.
RankingRows one_answer() {
  RankingRows rows;
  rows.features = {"hybrid"};
  rows.rows.resize(4);
  for (int p = 0; p < 4; ++p) rows.rows[static_cast<size_t>(p)].position = p;
  rows.rows[3].gain = 1;
  rows.rows[1].passed = true;
  rows.values = {0.9F, 0.8F, 0.7F, 0.6F};
  rows.ends = {4};
  rows.shown_at = {TimePoint(std::chrono::seconds(1'790'000'000))};
  return rows;
}

TEST(LambdaGradients, AreTheSlopeOfThePairwiseLossAtFixedDiscounts) {
  const RankingRows rows = one_answer();
  PositionBias bias;
  bias.eta = 1;
  const DocumentWeights documents = document_weights(rows, bias, 0.1);
  const std::vector<float>& weights = documents.wanted;
  EXPECT_FLOAT_EQ(weights[3], 4) << "seen by a quarter";
  EXPECT_FLOAT_EQ(weights[1], -0.5F) << "a pass costs a quarter, and half see it";
  const std::vector<float> scores{0.5F, 0.2F, -0.1F, -0.4F};
  const auto discount = [](size_t rank) { return 1 / std::log2(2.0 + static_cast<double>(rank)); };
  const auto loss = [&](const std::vector<float>& at) {
    double sum = 0;
    for (size_t i = 0; i < at.size(); ++i)
      for (size_t j = 0; j < at.size(); ++j) {
        if (i == j || weights[i] == 0) continue;
        const double lead = static_cast<double>(at[i] - at[j]) * (weights[i] > 0 ? 1 : -1);
        sum += std::abs(static_cast<double>(weights[i])) * std::abs(discount(i) - discount(j)) *
               std::log1p(std::exp(-lead));
      }
    return sum;
  };
  std::vector<float> gradient(4, 0.0F), hessian(4, 0.0F);
  add_lambda_gradients(rows, 0, 1, documents, scores, gradient, hessian);
  for (size_t i = 0; i < 4; ++i) {
    auto up = scores, down = scores;
    up[i] += 0.01F, down[i] -= 0.01F;
    EXPECT_NEAR(static_cast<double>(gradient[i]), (loss(up) - loss(down)) / 0.02, 1e-3) << i;
    EXPECT_GT(hessian[i], 0) << i;
  }
  EXPECT_LT(gradient[3], 0) << "what was wanted rises";
  EXPECT_GT(gradient[1], 0) << "what was passed falls";
}

TEST(LambdaGradients, DcgKeepsTheWeightOfAnOnlyOutcome) {
  const std::vector<float> weights{0, -1, 2, 1}, best{0, -1, 9, 5}, worst{9, 8, 1, 2}, one{0, 0, 8, 0};
  EXPECT_NEAR(weighted_dcg(weights, best), 2 + 1 / std::log2(3.0), 1e-6);
  EXPECT_NEAR(weighted_dcg(weights, worst), 1 / std::log2(4.0) + 2 / std::log2(5.0), 1e-6);
  EXPECT_NEAR(weighted_dcg(one, best), 8, 1e-6) << "seen by one in eight, it counts eight times";
}

TEST(PositionBias, IsFoundFromWhatExplorationShowed) {
  RankingRows rows;
  Rng rng(3);
  for (int i = 0; i < 40'000; ++i) {
    RankingRow& row = rows.rows.emplace_back();
    row.position = i % 20;
    const bool explored = rng.chance(0.2);
    row.propensity = explored ? 0.004F : 0.8F;
    // What the ranker placed is better near the top: it must not be taken for attention.
    const double wanted = explored ? 0.3 : 0.6 / (1 + row.position);
    row.gain = rng.chance(wanted * std::pow(1.0 + row.position, -1.0)) ? 1 : 0;
  }
  const PositionBias bias = estimate_position_bias(rows);
  EXPECT_NEAR(bias.eta, 1, 0.12);
  EXPECT_GT(bias.explored, 7'000U);
  EXPECT_NEAR(estimate_position_bias({}).eta, 0.5, 0.011) << "without exploration the prior speaks";
}

TEST(FitTrees, ArraysGiveTheLibrarysSumsAndUnknownValuesTheirSide) {
  Rng rng(5);
  std::vector<float> values, wanted;
  for (int row = 0; row < 2'000; ++row) {
    const auto x = static_cast<float>(rng.normal()), y = static_cast<float>(rng.normal());
    const bool unknown = rng.chance(0.3);
    values.push_back(x);
    values.push_back(unknown ? kFeatureUnknown : y);
    wanted.push_back(std::sin(2 * x) + (unknown ? 2.0F : y > 0 ? 1.0F : -1.0F));
  }
  std::vector<float> latest;  // the library's own sums, by which the last tree was added
  FitTreesOptions options;
  options.rounds = 60;
  options.depth = 5;
  options.child_weight_min = 5;
  const auto fitted = fit_trees(values, 2, options, [&](auto sums, auto gradient, auto hessian) {
    latest.assign(sums.begin(), sums.end());
    double loss = 0;
    for (size_t i = 0; i < sums.size(); ++i) {
      gradient[i] = sums[i] - wanted[i];
      hessian[i] = 1;
      loss += static_cast<double>(gradient[i] * gradient[i]);
    }
    return loss;
  });
  EXPECT_EQ(fitted.rounds, 60U);
  const auto sums = fitted.trees.values(values);
  double squares = 0;
  for (size_t i = 0; i < sums.size(); ++i) {
    ASSERT_NEAR(sums[i], latest[i], 1e-4) << i;
    squares += static_cast<double>((sums[i] - wanted[i]) * (sums[i] - wanted[i]));
  }
  EXPECT_LT(squares / static_cast<double>(sums.size()), 0.1) << "of a variance above 1.5";
}

// Rows of two features, and the gradients of squares towards a wave.
struct WaveOfTwo {
  explicit WaveOfTwo(uint64_t seed) {
    Rng rng(seed);
    for (int row = 0; row < 1'500; ++row) {
      values.push_back(static_cast<float>(rng.normal()));
      values.push_back(static_cast<float>(rng.normal()));
    }
  }
  [[nodiscard]] LossGradients gradients() const {
    return [this](auto sums, auto gradient, auto hessian) {
      double loss = 0;
      for (size_t i = 0; i < sums.size(); ++i) {
        gradient[i] = sums[i] - std::sin(2 * values[2 * i]) * values[2 * i + 1];
        hessian[i] = 1;
        loss += static_cast<double>(gradient[i] * gradient[i]);
      }
      return loss;
    };
  }
  std::vector<float> values;
};

// In memory, and a process that dies after so many writes.
struct KilledAfter {
  explicit KilledAfter(size_t writes) : left(writes) {
    checkpoints.recall = [this](std::string_view stage) { return kept[std::string(stage)]; };
    checkpoints.keep = [this](std::string_view stage, std::string_view bytes) {
      if (left == 0) throw std::runtime_error("killed");
      --left;
      kept[std::string(stage)] = bytes;
    };
  }
  KilledAfter(const KilledAfter&) = delete;
  KilledAfter& operator=(const KilledAfter&) = delete;
  std::map<std::string, std::string> kept;
  size_t left;
  Checkpoints checkpoints;
};

TEST(FitTrees, AKilledFitGoesOnAndEndsWithTheSameTrees) {
  const WaveOfTwo wave(9);
  FitTreesOptions options;
  options.rounds = 120;
  options.stretch = 25;
  const auto whole = fit_trees(wave.values, 2, options, wave.gradients());
  for (size_t writes = 0; writes < 5; ++writes) {
    KilledAfter memory(writes);
    const TreesCheckpoint checkpoint{&memory.checkpoints, "tried", 3};
    EXPECT_THROW((void)fit_trees(wave.values, 2, options, wave.gradients(), {}, checkpoint),
                 std::runtime_error);
    memory.left = 100;
    size_t first = 1'000;
    const auto resumed = fit_trees(
        wave.values, 2, options, wave.gradients(),
        [&](size_t round, double) { first = std::min(first, round); }, checkpoint);
    EXPECT_EQ(first, 25 * writes) << "what was kept is not grown again";
    EXPECT_EQ(resumed.rounds, whole.rounds);
    EXPECT_EQ(resumed.trees.values(wave.values), whole.trees.values(wave.values)) << "bit for bit";
  }
  // What is about other rows or other gradients is left aside.
  KilledAfter memory(2);
  EXPECT_THROW(
      (void)fit_trees(wave.values, 2, options, wave.gradients(), {}, {&memory.checkpoints, "tried", 3}),
      std::runtime_error);
  memory.left = 100;
  size_t first = 1'000;
  (void)fit_trees(wave.values, 2, options, wave.gradients(),
                  [&](size_t round, double) { first = std::min(first, round); },
                  {&memory.checkpoints, "tried", 4});
  EXPECT_EQ(first, 0U);
}

TEST(FitTrees, ARisingColumnNeverLowersTheSum) {
  Rng rng(6);
  std::vector<float> values;
  for (int row = 0; row < 1'000; ++row) values.push_back(static_cast<float>(rng.normal()));
  FitTreesOptions options;
  options.rounds = 20;
  options.rising = {1};
  const auto fitted = fit_trees(values, 1, options, [&](auto sums, auto gradient, auto hessian) {
    double loss = 0;
    for (size_t i = 0; i < sums.size(); ++i) {
      gradient[i] = sums[i] - (std::abs(values[i]) > 1 ? -1.0F : values[i]);
      hessian[i] = 1;
      loss += static_cast<double>(gradient[i] * gradient[i]);
    }
    return loss;
  });
  std::vector<float> line;
  for (int i = -30; i <= 30; ++i) line.push_back(0.1F * static_cast<float>(i));
  const auto sums = fitted.trees.values(line);
  EXPECT_TRUE(std::is_sorted(sums.begin(), sums.end()));
  EXPECT_GT(sums.back(), sums.front());
}

TEST(Debiasing, RecoversMostOfWhatPositionBiasHides) {
  DebiasingOptions options;
  options.etas = {1};
  options.seeds = 1;
  options.pages = 1'500;
  options.pages_judged = 100;
  const auto report = study_debiasing(options);
  ASSERT_TRUE(report.ok());
  const auto& rankers = report->biases[0].rankers;
  EXPECT_GT(rankers[1].tau[0], rankers[0].tau[0]) << "estimated against naive";
  EXPECT_GT(rankers[1].kept[0], rankers[0].kept[0]) << "more is kept";
  EXPECT_GT(rankers.back().tau[0], rankers[0].tau[0]) << "full against naive";
  EXPECT_NEAR(rankers[1].eta, 1, 0.3);
}

// Answers in an order drawn by chance: position and worth have nothing to do with each other.
TEST(PairBias, FindsAttentionWhereTheOrderIsByChance) {
  RankingRows rows;
  rows.features = {"trait"};
  Rng rng(4);
  for (int answer = 0; answer < 3'000; ++answer) {
    for (int p = 0; p < 8; ++p) {
      RankingRow& row = rows.rows.emplace_back();
      row.position = p;
      rows.values.push_back(static_cast<float>(rng.normal()));
      const double wanted = 1 / (1 + std::exp(0.5 - 2 * static_cast<double>(rows.values.back())));
      row.gain = rng.chance(wanted / (1 + p)) ? 1 : 0;
    }
    rows.ends.push_back(rows.rows.size());
  }
  const PositionBias bias = estimate_pair_bias(rows, {});
  ASSERT_EQ(bias.by_position.size(), 8U);
  for (int p = 0; p < 8; ++p) EXPECT_NEAR(bias.examined(p), 1.0 / (1 + p), 0.06) << p;
  EXPECT_DOUBLE_EQ(bias.examined(30), bias.by_position[7]) << "behind the last";
}

TEST(TrainRanker, RefusesALogThatSaysTooLittle) {
  const auto refused = train_ranker(one_answer(), {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_NE(refused.error().message().find("1 of 1 answers"), std::string::npos) << refused.error().message();
}

}  // namespace
}  // namespace modiste
