#include "learning/models/next_item_models.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "learning/models/als.h"
#include "learning/models/counts_model.h"
#include "learning/models/ease.h"
#include "learning/models/item_knn.h"
#include "learning/models/session_knn.h"

namespace modiste {
namespace {

std::vector<float> scores_of(const NextItemModel& model, size_t items, const History& history) {
  std::vector<float> scores(items, 0);
  model.score(history, scores);
  return scores;
}

Histories drawn_histories(size_t items, size_t rows, uint64_t seed) {
  Rng rng(seed);
  Histories histories{items, {}};
  for (size_t r = 0; r < rows; ++r) {
    History row;
    const size_t start = rng.below(items);
    for (size_t i = 0; i < 2 + rng.below(4); ++i)
      row.push_back(static_cast<ItemNumber>((start + rng.below(5)) % items));
    histories.rows.push_back(row);
  }
  return histories;
}

// Every model: renaming the items renames the scores. Nothing is read from a number.
TEST(NextItemModels, ReadNothingFromAnItemsNumber) {
  constexpr size_t kItems = 40;
  const Histories histories = drawn_histories(kItems, 300, 3);
  const auto renamed = [](ItemNumber item) { return static_cast<ItemNumber>((item * 7 + 11) % kItems); };
  Histories other = histories;
  for (History& row : other.rows)
    for (ItemNumber& item : row) item = renamed(item);
  for (const HistoryKind kind : {HistoryKind::kShoppers, HistoryKind::kSessions})
    for (const std::string& name : next_item_model_names(kind)) {
      const auto a = make_next_item_model(name, kind).value(), b = make_next_item_model(name, kind).value();
      a->fit(histories);
      b->fit(other);
      const auto scores = scores_of(*a, kItems, {3, 5, 4});
      const auto of_renamed = scores_of(*b, kItems, {renamed(3), renamed(5), renamed(4)});
      for (ItemNumber item = 0; item < kItems; ++item)
        EXPECT_NEAR(scores[item], of_renamed[renamed(item)], 2e-3 * std::abs(scores[item]) + 2e-4)
            << name << " of item " << item;
    }
}

// Every model: an empty history, one of unknown items, and training on nothing give finite scores.
TEST(NextItemModels, AnswerWhereNothingIsKnown) {
  for (const std::string& name : next_item_model_names(HistoryKind::kSessions)) {
    const auto model = make_next_item_model(name, HistoryKind::kSessions).value();
    model->fit({});
    EXPECT_TRUE(scores_of(*model, 0, {}).empty());
    model->fit({4, {{0, 1}, {1, 2}}});
    for (const float score : scores_of(*model, 4, {})) EXPECT_TRUE(std::isfinite(score)) << name;
    for (const float score : scores_of(*model, 4, {99, 3})) EXPECT_TRUE(std::isfinite(score)) << name;
  }
  EXPECT_EQ(make_next_item_model("none-such", HistoryKind::kSessions).error().code, Code::kInvalid);
}

TEST(Ease, IsTheClosedForm) {
  constexpr size_t kItems = 30;
  const Histories histories = drawn_histories(kItems, 200, 5);
  EaseOptions options;
  options.ridge = 4;
  options.tolerance = 1e-6F;
  Ease ease(options);
  ease.fit(histories);
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(200, kItems);
  for (size_t r = 0; r < 200; ++r)
    for (const ItemNumber item : histories.rows[r]) x(static_cast<Eigen::Index>(r), item) = 1;
  const Eigen::MatrixXd p =
      (x.transpose() * x + options.ridge * Eigen::MatrixXd::Identity(kItems, kItems)).inverse();
  const auto scores = scores_of(ease, kItems, {7});
  for (ItemNumber j = 0; j < kItems; ++j)
    EXPECT_NEAR(scores[j], j == 7 ? 0 : std::max(0.0, -p(7, j) / p(j, j)), 1e-4);
}

// At its end the vectors of all are the closed form of each other's: the loss that Hu, Koren and Volinsky
// minimise (equation 3) is that of solving each in turn, exactly, from the same start.
TEST(Als, ReachesTheLossOfTheClosedForm) {
  constexpr Eigen::Index kItems = 30, kRows = 200, kWidth = 6;
  const Histories histories = drawn_histories(kItems, kRows, 5);
  AlsOptions options;
  options.width = kWidth;
  options.sweeps = 200;
  Als als(options);
  als.fit(histories);
  Eigen::MatrixXd chosen = Eigen::MatrixXd::Zero(kRows, kItems);
  for (Eigen::Index r = 0; r < kRows; ++r)
    for (const ItemNumber item : histories.rows[static_cast<size_t>(r)]) chosen(r, item) = 1;
  Rng rng(1);
  Eigen::MatrixXd rows(kRows, kWidth), items = Eigen::MatrixXd::Zero(kItems, kWidth);
  for (double& value : rows.reshaped()) value = 0.1 * rng.normal();
  const auto solve = [&](const Eigen::MatrixXd& fixed, const Eigen::VectorXd& of) -> Eigen::VectorXd {
    const Eigen::VectorXd weight = 1 + options.alpha * of.array();
    const Eigen::MatrixXd system = fixed.transpose() * weight.asDiagonal() * fixed +
                                   options.ridge * Eigen::MatrixXd::Identity(kWidth, kWidth);
    return system.ldlt().solve(fixed.transpose() * weight.cwiseProduct(of));
  };
  for (int sweep = 0; sweep < 200; ++sweep) {
    for (Eigen::Index i = 0; i < kItems; ++i) items.row(i) = solve(rows, chosen.col(i));
    for (Eigen::Index r = 0; r < kRows; ++r) rows.row(r) = solve(items, chosen.row(r));
  }
  // Of a row: what its history is answered with, by both.
  double difference = 0, size = 0;
  for (Eigen::Index r = 0; r < kRows; ++r) {
    const auto mine = scores_of(als, kItems, histories.rows[static_cast<size_t>(r)]);
    for (Eigen::Index i = 0; i < kItems; ++i) {
      const double exact = rows.row(r).dot(items.row(i));
      difference += std::pow(mine[static_cast<size_t>(i)] - exact, 2);
      size += exact * exact;
    }
  }
  EXPECT_LT(difference / size, 0.02)
      << "of the squares; another optimum of the same loss differs by a little";
}

TEST(ItemKnn, SumsCosines) {
  ItemKnn model;
  model.fit({4, {{0, 1}, {0, 1}, {0, 2}, {3}}});
  const auto scores = scores_of(model, 4, {0});
  EXPECT_NEAR(scores[1], 2 / std::sqrt(3.0 * 2), 1e-6);
  EXPECT_NEAR(scores[2], 1 / std::sqrt(3.0 * 1), 1e-6);
  EXPECT_EQ(scores[3], 0);
}

TEST(PairCounts, CountOrderAndDistance) {
  PairCounts pairs;
  pairs.add(History{5, 7, 6});
  ASSERT_EQ(pairs.of(5).size(), 2U);
  EXPECT_EQ(pairs.of(5)[0].other, 6U);
  EXPECT_NEAR(pairs.of(5)[0].after, 1 / std::sqrt(2.0), 1e-6);
  EXPECT_EQ(pairs.of(5)[0].before, 0);
  EXPECT_NEAR(pairs.of(6)[0].before, 1 / std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(pairs.total(7), 2, 1e-6);
  EXPECT_TRUE(pairs.of(99).empty());
}

TEST(CountsModel, AnEventCountsInTheNextScore) {
  CountsModel model;
  model.fit({4, {{0, 1}}});
  EXPECT_EQ(scores_of(model, 4, {0})[2], 0);
  model.update(History{0}, 2);
  model.update(History{0}, 2);
  const auto scores = scores_of(model, 4, {0});
  EXPECT_GT(scores[2], scores[1]);
  const auto parts = model.parts(History{0});
  EXPECT_NEAR(parts.find(2)->last, 2, 1e-6);
  EXPECT_EQ(parts.find(2)->support, 1);
}

TEST(CountsModel, TheSecondHopReachesWhatIsIndirectlyConnected) {
  CountsModel model;
  model.fit({4, {{0, 1}, {1, 2}}});
  EXPECT_GT(scores_of(model, 4, {0})[2], 0);
  EXPECT_EQ(scores_of(model, 4, {0})[3], 0);
}

TEST(Histories, DistinctLatestIsTheSameOfLongRowsAndFast) {
  Rng rng(11);
  for (const size_t length : {0, 1, 10, 64, 65, 500}) {
    History row;
    for (size_t i = 0; i < length; ++i) row.push_back(static_cast<ItemNumber>(rng.below(40)));
    History expected;
    for (size_t i = row.size(); i-- > 0;)
      if (std::find(expected.begin(), expected.end(), row[i]) == expected.end()) expected.push_back(row[i]);
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(distinct_latest(row), expected) << length;
  }
  // A reseller: pair by pair this would be 2 * 10^10 comparisons.
  History many(200'000);
  for (ItemNumber item = 0; item < many.size(); ++item) many[item] = item;
  EXPECT_EQ(distinct_latest(many), many);
}

TEST(SessionKnn, ASessionCountsOnceItIsAppended) {
  SessionKnn model;
  model.fit({5, {{0, 1}, {3, 4}}});
  EXPECT_EQ(scores_of(model, 5, {0})[2], 0);
  model.append(History{0, 2});
  EXPECT_GT(scores_of(model, 5, {0})[2], 0);
  EXPECT_EQ(scores_of(model, 5, {0})[4], 0);
}

TEST(SessionKnn, TheLatestItemMayComeAgain) {
  SessionKnn model;
  model.fit({4, {{0, 1}, {2, 3}}});
  const auto scores = scores_of(model, 4, {0});
  EXPECT_GT(scores[0], scores[1]);
  EXPECT_GT(scores[1], 0);
}

TEST(PairCounts, AnItemThatIsChosenAgainIsAPairWithItself) {
  PairCounts pairs;
  pairs.add(History{2, 2});
  ASSERT_EQ(pairs.of(2).size(), 1U);
  EXPECT_EQ(pairs.of(2)[0].together(), 1);
  EXPECT_EQ(pairs.total(2), 1);
}

// Both sessions share one item with the history: the one with the later item is nearer.
TEST(SessionKnn, LaterItemsWeighMore) {
  SessionKnn model;
  model.fit({5, {{0, 2}, {1, 3}, {4}}});
  const auto scores = scores_of(model, 5, {0, 1});
  EXPECT_GT(scores[3], scores[2]);
  EXPECT_GT(scores[2], 0);
}

}  // namespace
}  // namespace modiste
