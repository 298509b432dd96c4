#include "retrieval/cluster_popularity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/rng.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

constexpr TimePoint kFirstDay{std::chrono::days(20'000)};
TimePoint on_day(double days) { return kFirstDay + Micros(static_cast<int64_t>(days * 86'400e6)); }
constexpr ContextBucket kWedding = 3, kBeach = 8, kWork = 1;

void like(ClusterPopularity& popularity, Slot slot, int views, int likes, ContextBucket context,
          TimePoint at) {
  for (int i = 0; i < views; ++i) popularity.record_impression(slot, context, at);
  for (int i = 0; i < likes; ++i) popularity.record_positive(slot, 1, context, at);
}

std::vector<Slot> slots_in(const std::vector<ColdItem>& items) {
  std::vector<Slot> out;
  for (const auto& item : items) out.push_back(item.slot);
  return out;
}

std::vector<Slot> slots_in(const CandidateList& list) {
  std::vector<Slot> out;
  for (const auto& item : list.items) out.push_back(item.slot);
  return out;
}

std::vector<CandidateList> search(const ClusterPopularity& popularity, size_t clusters,
                                  std::optional<ContextBucket> context, size_t k) {
  return popularity.search(std::vector<size_t>(clusters, k), context, kFirstDay);
}

// Cluster 0: slots 0 to 9; cluster 1: 10 to 19.
class TwoClusters : public ::testing::Test {
 protected:
  TwoClusters() {
    for (Slot slot = 0; slot < 20; ++slot) popularity_.assign(slot, slot / 10);
  }
  ClusterPopularity popularity_;
};

TEST_F(TwoClusters, SearchStaysInsideClusterAndContext) {
  like(popularity_, 1, 100, 10, kWedding, kFirstDay);
  like(popularity_, 2, 100, 30, kBeach, kFirstDay);
  like(popularity_, 11, 100, 90, kWedding, kFirstDay);
  EXPECT_EQ(slots_in(search(popularity_, 2, kWedding, 10)[0]), (std::vector<Slot>{1}));
  EXPECT_EQ(slots_in(search(popularity_, 2, std::nullopt, 10)[0]), (std::vector<Slot>{2, 1}));
  EXPECT_EQ(slots_in(search(popularity_, 2, std::nullopt, 1)[0]), (std::vector<Slot>{2}));
  EXPECT_EQ(slots_in(search(popularity_, 2, std::nullopt, 10)[1]), (std::vector<Slot>{11}));
  EXPECT_TRUE(search(popularity_, 2, kWork, 10)[0].items.empty());
  EXPECT_EQ(search(popularity_, 1, std::nullopt, 10).size(), 1U);
}

TEST_F(TwoClusters, ARelearnedClusterTakesItsCountsAlong) {
  like(popularity_, 1, 10, 5, kWedding, kFirstDay);
  popularity_.assign(1, 1);
  EXPECT_TRUE(search(popularity_, 2, kWedding, 10)[0].items.empty());
  EXPECT_EQ(slots_in(search(popularity_, 2, kWedding, 10)[1]), (std::vector<Slot>{1}));
  popularity_.assign(1, ClusterPopularity::kNoCluster);
  EXPECT_TRUE(search(popularity_, 2, kWedding, 10)[1].items.empty());
  EXPECT_TRUE(search(popularity_, 2, std::nullopt, 10)[1].items.empty());
}

TEST_F(TwoClusters, ContextsBeyondTheLimitCountOverAll) {
  ClusterPopularity small({.contexts_max = 1});
  small.assign(5, 0);
  like(small, 5, 10, 5, kWedding, kFirstDay);
  like(small, 5, 10, 5, kBeach, kFirstDay);
  EXPECT_EQ(search(small, 1, kWedding, 10)[0].items.size(), 1U);
  EXPECT_TRUE(search(small, 1, kBeach, 10)[0].items.empty());
  EXPECT_FLOAT_EQ(search(small, 1, std::nullopt, 10)[0].items[0].score, 11.F / 40.F);
}

TEST_F(TwoClusters, ColdStartGoesDownTheSteps) {
  like(popularity_, 1, 50, 25, kWedding, kFirstDay);
  like(popularity_, 12, 50, 5, kWedding, kFirstDay);
  like(popularity_, 2, 50, 40, kBeach, kFirstDay);
  const std::vector<float> shares{0.75F, 0.25F};
  ColdStart query{.clusters = shares, .context = kWedding, .k = 6, .now = kFirstDay};
  query.visual_neighbours = [](size_t) { return std::vector<Slot>{2, 7, 17}; };
  query.new_arrivals = [](size_t) { return std::vector<Slot>{7, 19, 18}; };
  const auto items = cold_start(popularity_, query);
  EXPECT_EQ(slots_in(items), (std::vector<Slot>{1, 12, 2, 7, 17, 19}));
  std::vector<ColdStep> steps;
  for (const auto& item : items) steps.push_back(item.step);
  EXPECT_EQ(steps, (std::vector<ColdStep>{ColdStep::kClusterAndContext, ColdStep::kClusterAndContext,
                                          ColdStep::kCluster, ColdStep::kVisualNeighbours,
                                          ColdStep::kVisualNeighbours, ColdStep::kNewArrivals}));
  // Without any information only new items are left.
  const ClusterPopularity empty;
  EXPECT_EQ(slots_in(cold_start(empty, {.k = 2, .new_arrivals = query.new_arrivals})),
            (std::vector<Slot>{7, 19}));
  EXPECT_TRUE(cold_start(empty, {}).empty());
}

TEST_F(TwoClusters, ColdStartNeverFallsBackOnTheCrowdOutsideHerClusters) {
  for (Slot slot = 10; slot < 20; ++slot) like(popularity_, slot, 100, 99, kWork, kFirstDay);
  like(popularity_, 4, 100, 1, kWork, kFirstDay);
  const std::vector<float> shares{1, 0};
  EXPECT_EQ(slots_in(cold_start(popularity_, {.clusters = shares, .context = kWork, .now = kFirstDay})),
            (std::vector<Slot>{4}));
}

// At every length each cluster has its share of the answer, within one item, until its list is used up.
RC_GTEST_PROP(ColdStartShares, FollowTheMembership, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  ClusterPopularity popularity;
  const size_t clusters = 2 + rng.below(5);
  std::vector<float> shares(clusters);
  float sum = 0;
  for (float& share : shares) sum += share = static_cast<float>(rng.uniform(0.05, 1));
  for (float& share : shares) share /= sum;
  constexpr size_t kEach = 60;
  for (Slot slot = 0; slot < clusters * kEach; ++slot) {
    popularity.assign(slot, static_cast<uint16_t>(slot / kEach));
    like(popularity, slot, 5, static_cast<int>(rng.below(5)), kWork, on_day(rng.uniform(0, 30)));
  }
  const auto admits = [](Slot slot) { return slot % 7 != 0; };
  const SlotBits admitted = slots_where(clusters * kEach, admits);
  const auto items = cold_start(
      popularity,
      {.clusters = shares, .context = kWork, .k = 40, .now = on_day(30), .filter = SlotFilter(admitted)});
  RC_ASSERT(items.size() == 40U);
  std::map<uint16_t, double> count;
  std::set<Slot> seen;
  for (size_t n = 0; n < items.size(); ++n) {
    RC_ASSERT(admits(items[n].slot));
    RC_ASSERT(seen.insert(items[n].slot).second);
    RC_ASSERT(items[n].cluster == items[n].slot / kEach);
    count[items[n].cluster] += 1;
  }
  for (size_t c = 0; c < clusters; ++c)
    RC_ASSERT(std::abs(count[static_cast<uint16_t>(c)] - 40.0 * static_cast<double>(shares[c])) < 2.0);
}

}  // namespace
}  // namespace modiste
