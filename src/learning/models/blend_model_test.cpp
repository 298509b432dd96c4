#include "learning/models/blend_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>

#include "base/rng.h"

namespace modiste {
namespace {

// Groups of three rows: the row with the largest first feature is chosen, the second says nothing.
ChoiceRows drawn_choices(size_t groups, uint64_t seed) {
  Rng rng(seed);
  ChoiceRows rows;
  rows.columns = 2;
  for (size_t g = 0; g < groups; ++g) {
    size_t best = 0;
    std::vector<float> first;
    for (size_t i = 0; i < 3; ++i) {
      first.push_back(static_cast<float>(rng.uniform()));
      rows.values.insert(rows.values.end(), {first.back(), static_cast<float>(rng.uniform())});
      if (first[i] > first[best]) best = i;
    }
    rows.ends.push_back(rows.rows());
    rows.chosen.push_back(rows.rows() - 3 + best);
  }
  return rows;
}

TEST(BoostedTrees, LearnWhatIsChosenOfAGroup) {
  BoostedTrees trees;
  trees.fit(drawn_choices(600, 1), {});
  const ChoiceRows other = drawn_choices(300, 2);
  const auto values = trees.values(other.values, other.columns);
  size_t right = 0;
  for (size_t g = 0; g < other.ends.size(); ++g) {
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(other.ends[g]);
    const auto best = std::max_element(end - 3, end) - values.begin();
    right += static_cast<size_t>(best) == other.chosen[g] ? 1 : 0;
  }
  EXPECT_GT(right, 270U);  // by chance 100
}

// Walks of eight items through forty.
Histories walks_through_forty(size_t rows) {
  Histories histories{40, {}};
  Rng rng(6);
  for (size_t r = 0; r < rows; ++r) {
    History& row = histories.rows.emplace_back();
    for (size_t item = rng.below(40), i = 0; i < 8; ++i, item = (item + 1 + rng.below(3)) % 40)
      row.push_back(static_cast<ItemNumber>(item));
  }
  return histories;
}

TEST(BlendSources, OfShoppersReadNothingFromTheOrderOfTheRows) {
  constexpr size_t kLate = 3 * 2, kNewest = 3 * 13 + 2;  // the score of late_knn, and knn's newest
  const Histories rows = walks_through_forty(60);
  Histories turned = rows;
  std::reverse(turned.rows.begin(), turned.rows.end());
  std::array<std::map<ItemNumber, float>, 2> late;
  for (size_t i = 0; i < late.size(); ++i) {
    BlendSources sources(HistoryKind::kShoppers);
    sources.fit(i == 0 ? rows : turned);
    const History history{3, 4, 6};
    const BlendCandidates found = sources.describe(history);
    ASSERT_FALSE(found.items.empty());
    for (size_t c = 0; c < found.items.size(); ++c) {
      const float* features = found.features.data() + c * BlendSources::columns();
      late[i][found.items[c]] = features[kLate];
      EXPECT_TRUE(std::isnan(features[kNewest]));
    }
  }
  size_t known = 0;
  for (const auto& [item, score] : late[0])
    if (late[1].contains(item)) {
      EXPECT_NEAR(score, late[1].at(item), 1e-4F * (1 + score)) << item;
      known += score > 0 ? 1 : 0;
    }
  EXPECT_GT(known, 5U);
}

// A robot's session: its facts are looked up once, not for each candidate.
TEST(BlendSources, ALongSessionIsDescribedInNoTime) {
  BlendSources sources(HistoryKind::kSessions);
  sources.fit(walks_through_forty(200));
  History history;
  Rng rng(2);
  for (size_t i = 0; i < 10'000; ++i) history.push_back(static_cast<ItemNumber>(rng.below(2'000)));
  const auto started = std::chrono::steady_clock::now();
  const BlendCandidates found = sources.describe(history);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(2));
  ASSERT_FALSE(found.items.empty());
  // times, share, steps, length, and how many are distinct: the columns after the past's
  const size_t place = BlendSources::columns() - 8;
  for (size_t c = 0; c < found.items.size(); ++c) {
    const float* features = found.features.data() + c * BlendSources::columns() + place;
    const auto times = std::count(history.begin(), history.end(), found.items[c]);
    EXPECT_EQ(features[0], static_cast<float>(times));
    EXPECT_EQ(features[3], 10'000);
    EXPECT_EQ(features[4], static_cast<float>(distinct_latest(history).size()));
    if (times > 0) {
      EXPECT_EQ(features[2], static_cast<float>(std::find(history.rbegin(), history.rend(), found.items[c]) -
                                                history.rbegin()));
    }
  }
}

TEST(BoostedTrees, StopWhereNothingIsToBeLearned) {
  ChoiceRows rows = drawn_choices(300, 3);
  Rng rng(4);
  for (size_t g = 0; g < rows.ends.size(); ++g) rows.chosen[g] = rows.ends[g] - 3 + rng.below(3);
  BoostedTrees noise, signal;
  noise.fit(rows, {});
  signal.fit(drawn_choices(300, 3), {});
  EXPECT_LT(noise.bytes(), signal.bytes());
  for (const float value : noise.values(rows.values, rows.columns)) EXPECT_LT(std::abs(value), 1);
}

// Groups of ten rows of 40 features, as sources' scores are: half of them say with noise which row is the
// best, the others say nothing. The best is chosen in two thirds of the groups.
ChoiceRows uncertain_choices(size_t groups, uint64_t seed) {
  Rng rng(seed);
  ChoiceRows rows;
  rows.columns = 40;
  for (size_t g = 0; g < groups; ++g) {
    const size_t best = rng.below(10);
    for (size_t i = 0; i < 10; ++i)
      for (size_t c = 0; c < rows.columns; ++c)
        rows.values.push_back(static_cast<float>(rng.normal() + (i == best && c < 20 ? 0.6 : 0)));
    rows.ends.push_back(rows.rows());
    rows.chosen.push_back(rows.rows() - 10 + (rng.chance(2.0 / 3) ? best : rng.below(10)));
  }
  return rows;
}

double loss_of(const BoostedTrees& trees, const ChoiceRows& rows) {
  const auto values = trees.values(rows.values, rows.columns);
  double loss = 0;
  for (size_t g = 0, begin = 0; g < rows.ends.size(); begin = rows.ends[g++]) {
    double sum = 0;
    for (size_t i = begin; i < rows.ends[g]; ++i) sum += std::exp(values[i]);
    loss += std::log(sum) - values[rows.chosen[g]];
  }
  return loss / static_cast<double>(rows.ends.size());
}

TEST(BoostedTrees, OfSessionsLearnLittleByHeart) {
  const ChoiceRows rows = uncertain_choices(1'000, 11), other = uncertain_choices(2'000, 12);
  BoostedTrees slow_trees, fast_trees;
  slow_trees.fit(rows, blend_options(HistoryKind::kSessions).trees);
  fast_trees.fit(rows, {});
  EXPECT_LT(loss_of(slow_trees, other), loss_of(fast_trees, other) - 0.01);
}

TEST(BoostedTrees, AreTheSameForTheSameSeed) {
  const ChoiceRows rows = drawn_choices(100, 5);
  BoostedTrees a, b;
  a.fit(rows, {});
  b.fit(rows, {});
  EXPECT_EQ(a.values(rows.values, 2), b.values(rows.values, 2));
}

// Sessions go from an item to its successor, except that of late items 0..4 are followed by `item + 10`. All
// sources that count everything prefer the old successor; what is recent must be learned to matter.
Histories changed_habit() {
  Rng rng(6);
  Histories histories{40, {}};
  for (size_t r = 0; r < 3'000; ++r) {
    const auto item = static_cast<ItemNumber>(rng.below(5));
    histories.rows.push_back({item, static_cast<ItemNumber>(r < 2'300 ? item + 20 : item + 10)});
  }
  return histories;
}

TEST(BlendModel, LearnsWhichSourceIsRight) {
  BlendModel blend(HistoryKind::kSessions);
  CountsModel counts;
  const Histories histories = changed_habit();
  blend.fit(histories);
  counts.fit(histories);
  std::vector<float> scores(40, 0), counted(40, 0);
  blend.score(History{3}, scores);
  counts.score(History{3}, counted);
  EXPECT_GT(counted[23], counted[13]);
  EXPECT_EQ(std::max_element(scores.begin(), scores.end()) - scores.begin(), 13);
}

// The first item of a session decides its last one, the twelve between say nothing.
History session_with_a_purpose(size_t purpose, Rng& rng) {
  History session{static_cast<ItemNumber>(purpose)};
  for (size_t i = 0; i < 12; ++i) session.push_back(static_cast<ItemNumber>(20 + rng.below(60)));
  session.push_back(static_cast<ItemNumber>(10 + purpose));
  return session;
}

TEST(BlendModel, KnowsHowALongSessionBegan) {
  Rng rng(8);
  Histories histories{80, {}};
  for (size_t r = 0; r < 800; ++r) histories.rows.push_back(session_with_a_purpose(rng.below(10), rng));
  BlendModel blend(HistoryKind::kSessions);
  blend.fit(histories);
  size_t right = 0;
  for (size_t q = 0; q < 50; ++q) {
    const size_t purpose = rng.below(10);
    History session = session_with_a_purpose(purpose, rng);
    session.pop_back();
    std::vector<float> scores(80, 0);
    blend.score(session, scores);
    const auto last = scores.begin() + 10;
    right += static_cast<size_t>(std::max_element(last, last + 10) - last) == purpose ? 1 : 0;
  }
  EXPECT_GT(right, 40U);  // by chance 5
}

TEST(BlendModel, AddsUpPlacesWhereTooLittleIsHeldOut) {
  BlendModel blend(HistoryKind::kSessions);
  blend.fit({6, {{0, 1}, {0, 1}, {0, 2}, {3, 4}}});
  std::vector<float> scores(6, 0);
  blend.score(History{0}, scores);
  EXPECT_GT(scores[1], scores[2]);
  EXPECT_GT(scores[2], scores[5]);
}

TEST(BlendModel, OneFitForgetsTheOther) {
  BlendModel used(HistoryKind::kSessions), fresh(HistoryKind::kSessions);
  used.fit(changed_habit());
  const Histories small{4, {{0, 1}, {1, 2}}};
  used.fit(small);
  fresh.fit(small);
  std::vector<float> a(4, 0), b(4, 0);
  used.score(History{0}, a);
  fresh.score(History{0}, b);
  EXPECT_EQ(a, b);
}

TEST(BlendSources, DescribeEachProposalOnce) {
  for (const HistoryKind kind : {HistoryKind::kShoppers, HistoryKind::kSessions}) {
    BlendSources sources(kind);
    sources.fit({5, {{0, 1, 1}, {1, 2}, {3, 4}}});
    const BlendCandidates found = sources.describe(History{1, 1});
    History items = found.items;
    std::sort(items.begin(), items.end());
    EXPECT_EQ(std::adjacent_find(items.begin(), items.end()), items.end());
    EXPECT_TRUE(std::binary_search(items.begin(), items.end(), 2U));
    EXPECT_EQ(found.features.size(), found.items.size() * BlendSources::columns());
    EXPECT_EQ(found.plain.size(), found.items.size());
  }
}

}  // namespace
}  // namespace modiste
