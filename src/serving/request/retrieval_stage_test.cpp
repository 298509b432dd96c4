#include "serving/request/retrieval_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modiste {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Answers fixed slots, and takes `takes` on the clock to do so.
class FixedSource : public CandidateSource {
 public:
  FixedSource(std::string_view name, std::vector<Slot> slots, ManualClock* clock = nullptr,
              std::chrono::milliseconds takes = {})
      : name_(name), slots_(std::move(slots)), clock_(clock), takes_(takes) {}

  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    if (clock_ != nullptr) clock_->advance(takes_);
    CandidateList list;
    list.complete = !query.deadline.passed();
    float score = 1;
    for (const Slot slot : slots_)
      if (list.items.size() < query.k) list.items.push_back({slot, score /= 2});
    return list;
  }

 private:
  std::string_view name_;
  std::vector<Slot> slots_;
  ManualClock* clock_;
  std::chrono::milliseconds takes_;
};

template <SourceRole kRole>
class SourceOfRole final : public FixedSource {
 public:
  using FixedSource::FixedSource;
  [[nodiscard]] SourceRole role() const override { return kRole; }
};
using Popular = SourceOfRole<SourceRole::kPopular>;
using OfNewcomers = SourceOfRole<SourceRole::kNewcomers>;

// Is asked on a side thread.
class LongSource final : public FixedSource {
 public:
  using FixedSource::FixedSource;
  [[nodiscard]] bool takes_long() const override { return true; }
};

struct Retrieval : testing::Test {
  Retrieval() {
    Policy policy;
    policy.candidates = {{"a", 2}, {"b", 10}, {"popularity", 10}, {"style_clusters", 10}};
    request.policy = std::make_shared<const Policy>(std::move(policy));
    std::vector<Garment> garments(10);  // of the slots that the sources answer
    for (size_t slot = 0; slot < garments.size(); ++slot) {
      garments[slot].id = "G" + std::to_string(slot);
      garments[slot].variants.push_back({garments[slot].id, "M", "Red", 20, {}, {}, 1, {}});
    }
    catalog.upsert(std::move(garments));
    request.catalog = catalog.snapshot();
    request.shopper = std::make_shared<const ShopperState>(shopper);
    request.vocabulary = &catalog.vocabulary();
    request.style = &style;
  }
  template <class... Source>
  Candidates ask(Source... source) {
    std::vector<std::unique_ptr<CandidateSource>> sources;
    (sources.push_back(std::make_unique<Source>(std::move(source))), ...);
    return retrieve({sources, clock, side}, request);
  }
  void set_signals(int signals) {
    shopper.signals = signals;
    request.shopper = std::make_shared<const ShopperState>(shopper);
  }

  ManualClock clock{TimePoint{}};
  SideThreads* side = nullptr;
  Catalog catalog{Vocabulary::standard()};
  StyleOptions style;
  ShopperState shopper;
  RequestState request;
};

TEST_F(Retrieval, MergesSourcesInTheirOrderWithinTheirLimits) {
  const auto found = ask(FixedSource("a", {3, 1, 2}), FixedSource("b", {1, 5}));
  EXPECT_THAT(found.slots, ElementsAre(3, 1, 5));
  EXPECT_THAT(found.scores(found.of("b")), ElementsAre(0, 0.5F, 0.25F));
  EXPECT_EQ(found.of("c"), nullptr);
  EXPECT_THAT(request.degraded, IsEmpty());
}

TEST_F(Retrieval, ASourceHasItsOwnLimitWhereThePolicyNamesNone) {
  Policy policy;
  policy.candidates = {{"off", 0}};
  request.policy = std::make_shared<const Policy>(std::move(policy));
  const auto found = ask(FixedSource("off", {1}), FixedSource("new", {2}));
  EXPECT_THAT(found.slots, ElementsAre(2));
  EXPECT_EQ(found.sources.at(0).limit, 200U);
}

TEST_F(Retrieval, AKnownShopperGetsTheShopsPopularityAndAnUnknownOneTheirStyles) {
  const auto cold = ask(Popular("popularity", {1}), OfNewcomers("style_clusters", {2}));
  EXPECT_THAT(cold.slots, ElementsAre(2));
  set_signals(100);
  const auto known = ask(Popular("popularity", {1}), OfNewcomers("style_clusters", {2}));
  EXPECT_THAT(known.slots, ElementsAre(1));
}

TEST_F(Retrieval, AnUnknownShopperGetsTheShopsPopularityWhereThereAreNoStyles) {
  const auto found = ask(OfNewcomers("style_clusters", {}), Popular("popularity", {1}));
  EXPECT_THAT(found.slots, ElementsAre(1));
}

TEST_F(Retrieval, ASourceThatRunsPastTheDeadlineIsNamed) {
  const auto budget = request.policy->budgets.candidates;
  const auto found = ask(FixedSource("a", {1}, &clock, budget / 2), FixedSource("b", {2}, &clock, budget));
  EXPECT_THAT(found.slots, ElementsAre(1, 2));
  EXPECT_THAT(request.degraded, ElementsAre("late b"));
}

TEST_F(Retrieval, NoSourceIsAskedForWhatTheShopDoesNotSell) {
  request.role = OutfitRole::kSuit;
  EXPECT_THAT(ask(FixedSource("a", {1})).slots, IsEmpty());
}

TEST_F(Retrieval, FindsTheSameWithSideThreads) {
  SideThreads threads(1);
  for (SideThreads* const beside : {&threads, static_cast<SideThreads*>(nullptr)}) {
    side = beside;
    const auto found = ask(LongSource("a", {3, 1}), FixedSource("b", {1, 5}), LongSource("new", {7}),
                           FixedSource("late", {8}));
    EXPECT_THAT(found.slots, ElementsAre(3, 1, 5, 7, 8));
    EXPECT_EQ(found.sources.size(), 4U);
    EXPECT_THAT(found.scores(found.of("a")), ElementsAre(0.5F, 0.25F, 0, 0, 0));
  }
}

}  // namespace
}  // namespace modiste
