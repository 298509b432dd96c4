#include "simulation/closed_loop.h"

#include <algorithm>
#include <set>

#include "simulation/sent_events.h"

namespace modiste {
namespace {

// What a policy shows next to a shopper; kNoSlot when it has nothing left.
class Policy {
 public:
  virtual ~Policy() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual Result<Slot> next(size_t shopper) = 0;
  virtual Result<Done> feedback(size_t shopper, Slot slot, bool liked) = 0;
};

class ShopPolicy final : public Policy {
 public:
  ShopPolicy(Shop& shop, const std::vector<SimulatedShopper>& shoppers)
      : shop_(shop), shoppers_(shoppers), events_(shop) {}

  [[nodiscard]] std::string name() const override { return "modiste"; }

  Result<Done> begin(const ClosedLoopOptions& options, Rng& rng) {
    for (size_t i = 0; i < shoppers_.size(); ++i) {
      Event event = events_.event_of(shoppers_[i].id, EventType::kQuiz);
      event.quiz = shoppers_[i].quiz(shop_.catalog().view().vocabulary(), rng.chance(options.quiz_share));
      TRY(events_.send(std::move(event)));
    }
    return kOk;
  }

  Result<Slot> next(size_t shopper) override {
    RecommendRequest request;
    request.shopper_id = shoppers_[shopper].id;
    request.count = 1;
    request.deck = true;
    request.seed = static_cast<uint32_t>(mix64(events_.count() * 1000 + shopper));
    TRY_ASSIGN(const Answer answer, shop_.recommender().recommend(request));
    if (answer.items.empty()) return kNoSlot;
    return shop_.catalog().view().slot(answer.items[0].garment_id, answer.items[0].colour);
  }

  Result<Done> feedback(size_t shopper, Slot slot, bool liked) override {
    return events_.send(
        events_.about(shoppers_[shopper].id, liked ? EventType::kLike : EventType::kPass, slot));
  }

 private:
  Shop& shop_;
  const std::vector<SimulatedShopper>& shoppers_;
  SentEvents events_;
};

// Shared by the baselines: the department's items that a deck may show (ranking/rules): none that the shopper
// saw, no other colour of a garment that they liked, or passed in two colours. The shop keeps these rules
// too, so that rankings are compared, not rules.
class BaselinePolicy : public Policy {
 public:
  BaselinePolicy(const Catalog& catalog, const std::vector<SimulatedShopper>& shoppers)
      : snapshot_(catalog.snapshot()), swiped_(shoppers.size()) {
    for (const auto& shopper : shoppers) {
      ItemFilter filter;
      filter.departments = {shopper.department};
      auto& items = items_.emplace_back();
      for (Slot slot = 0; slot < snapshot_->slot_count(); ++slot)
        if (filter.admits(snapshot_->facts(slot), catalog.vocabulary())) items.push_back(slot);
    }
  }

  Result<Done> feedback(size_t shopper, Slot slot, bool liked) override {
    Swiped& swiped = swiped_[shopper];
    swiped.items.insert(slot);
    const uint32_t garment = snapshot_->facts(slot).garment;
    if (liked || !swiped.passed.insert(garment).second) swiped.resting.insert(garment);
    return kOk;
  }

 protected:
  // Empty when all is swiped.
  [[nodiscard]] std::vector<Slot> open(size_t shopper) const {
    const Swiped& swiped = swiped_[shopper];
    std::vector<Slot> left;
    for (const Slot slot : items_[shopper])
      if (!swiped.items.contains(slot) && !rests(swiped, slot)) left.push_back(slot);
    return left;
  }

 private:
  struct Swiped {
    std::set<Slot> items;
    std::set<uint32_t> passed, resting;  // garments
  };
  [[nodiscard]] bool rests(const Swiped& swiped, Slot slot) const {
    return swiped.resting.contains(snapshot_->facts(slot).garment);
  }

  std::shared_ptr<const CatalogSnapshot> snapshot_;
  std::vector<std::vector<Slot>> items_;
  std::vector<Swiped> swiped_;
};

class RandomPolicy final : public BaselinePolicy {
 public:
  RandomPolicy(const Catalog& catalog, const std::vector<SimulatedShopper>& shoppers, uint64_t seed)
      : BaselinePolicy(catalog, shoppers), rng_(seed) {}
  [[nodiscard]] std::string name() const override { return "random"; }
  Result<Slot> next(size_t shopper) override {
    const auto left = open(shopper);
    return left.empty() ? kNoSlot : left[rng_.below(left.size())];
  }

 private:
  Rng rng_;
};

// The best smoothed like rate so far, 10% at random so that it can find out: a fair rival, not a frozen list.
class PopularityPolicy final : public BaselinePolicy {
 public:
  PopularityPolicy(const Catalog& catalog, const std::vector<SimulatedShopper>& shoppers, uint64_t seed)
      : BaselinePolicy(catalog, shoppers), counts_(catalog.snapshot()->slot_count()), rng_(seed) {}
  [[nodiscard]] std::string name() const override { return "popularity"; }
  Result<Slot> next(size_t shopper) override {
    auto left = open(shopper);
    if (left.empty()) return kNoSlot;
    if (rng_.chance(0.1)) return left[rng_.below(left.size())];
    rng_.shuffle(left);
    return *std::max_element(left.begin(), left.end(), [&](Slot a, Slot b) { return rate(a) < rate(b); });
  }
  Result<Done> feedback(size_t shopper, Slot slot, bool liked) override {
    counts_[slot].shown += 1;
    counts_[slot].liked += liked ? 1 : 0;
    return BaselinePolicy::feedback(shopper, slot, liked);
  }

 private:
  struct Counts {
    double shown = 0, liked = 0;
  };
  [[nodiscard]] double rate(Slot slot) const { return (counts_[slot].liked + 1) / (counts_[slot].shown + 4); }
  std::vector<Counts> counts_;
  Rng rng_;
};

class OraclePolicy final : public BaselinePolicy {
 public:
  OraclePolicy(const Catalog& catalog, const std::vector<SimulatedShopper>& shoppers)
      : BaselinePolicy(catalog, shoppers),
        catalog_(catalog),
        snapshot_(catalog.snapshot()),
        shoppers_(shoppers) {}
  [[nodiscard]] std::string name() const override { return "oracle"; }
  Result<Slot> next(size_t shopper) override {
    const auto left = open(shopper);
    if (left.empty()) return kNoSlot;
    const auto liking = [&](Slot slot) {
      return shoppers_[shopper].like_probability(snapshot_->facts(slot), catalog_.vocabulary());
    };
    return *std::max_element(left.begin(), left.end(), [&](Slot a, Slot b) { return liking(a) < liking(b); });
  }

 private:
  const Catalog& catalog_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  const std::vector<SimulatedShopper>& shoppers_;
};

struct LoopWorld {
  const Catalog& catalog;
  const std::vector<SimulatedShopper>& shoppers;
  const ClosedLoopOptions& options;
  ManualClock& clock;
};

bool likes(const LoopWorld& world, size_t shopper, Slot slot) {
  Rng coin(mix64(world.options.seed ^ mix64(shopper * 1'000'003 + slot)));
  return coin.chance(world.shoppers[shopper].like_probability(world.catalog.snapshot()->facts(slot),
                                                              world.catalog.vocabulary()));
}

// Everybody swipes one card, then everybody the next: a shop in use, where shoppers learn from each other.
Result<PolicyReport> run_policy(Policy& policy, const LoopWorld& world, const LoopProgress& progress) {
  PolicyReport report;
  report.name = policy.name();
  std::set<uint32_t> garments_shown;
  std::vector<std::set<Slot>> seen(world.shoppers.size());
  double judged_likes = 0, judged = 0, repeated = 0;
  for (size_t swipe = 0; swipe < world.options.swipes; ++swipe) {
    double liked_now = 0, shown_now = 0, seen_before = 0;
    for (size_t shopper = 0; shopper < world.shoppers.size(); ++shopper) {
      TRY_ASSIGN(const Slot slot, policy.next(shopper));
      if (slot == kNoSlot) continue;
      const bool liked = likes(world, shopper, slot);
      TRY(policy.feedback(shopper, slot, liked));
      garments_shown.insert(world.catalog.snapshot()->facts(slot).garment);
      ++shown_now;
      seen_before += seen[shopper].insert(slot).second ? 0 : 1;
      liked_now += liked ? 1 : 0;
      world.clock.advance(std::chrono::seconds(1));
    }
    report.like_rate.push_back(shown_now > 0 ? liked_now / shown_now : 0);
    if (swipe >= world.options.warmup) {
      judged += shown_now;
      judged_likes += liked_now;
      repeated += seen_before;
    }
    if (progress) progress(report.name, swipe + 1, world.options.swipes);
  }
  report.like_rate_judged = judged > 0 ? judged_likes / judged : 0;
  report.repeated = judged > 0 ? repeated / judged : 0;
  report.coverage =
      static_cast<double>(garments_shown.size()) / static_cast<double>(world.catalog.garment_count());
  return report;
}

}  // namespace

Result<ClosedLoopReport> run_closed_loop(Shop& shop, ManualClock& clock, const ClosedLoopOptions& options,
                                         const LoopProgress& progress) {
  Rng rng(options.seed);
  const auto shoppers = draw_shoppers(options.shoppers, shop.catalog().view(), options.model, rng);
  const LoopWorld world{shop.catalog().view(), shoppers, options, clock};
  ClosedLoopReport report;
  ShopPolicy ours(shop, shoppers);
  TRY(ours.begin(options, rng));
  TRY_ASSIGN(report.engine, run_policy(ours, world, progress));
  RandomPolicy random(shop.catalog().view(), shoppers, rng.next());
  TRY_ASSIGN(report.random, run_policy(random, world, progress));
  PopularityPolicy popularity(shop.catalog().view(), shoppers, rng.next());
  TRY_ASSIGN(report.popularity, run_policy(popularity, world, progress));
  OraclePolicy oracle(shop.catalog().view(), shoppers);
  TRY_ASSIGN(report.oracle, run_policy(oracle, world, progress));
  report.against_random = report.engine.like_rate_judged / report.random.like_rate_judged;
  report.against_popularity = report.engine.like_rate_judged / report.popularity.like_rate_judged;
  return report;
}

json::value to_report_json(const ClosedLoopReport& report, const ClosedLoopOptions& options) {
  json::array policies;
  for (const auto* policy : {&report.oracle, &report.engine, &report.popularity, &report.random})
    policies.push_back(
        json::object{{"name", policy->name},
                     {"like_rate_judged", policy->like_rate_judged},
                     {"coverage", policy->coverage},
                     {"like_rate", json::array(policy->like_rate.begin(), policy->like_rate.end())}});
  return json::object{{"report", "simulation"},
                      {"shoppers", options.shoppers},
                      {"swipes", options.swipes},
                      {"warmup", options.warmup},
                      {"seed", options.seed},
                      {"against_random", report.against_random},
                      {"against_popularity", report.against_popularity},
                      {"policies", std::move(policies)}};
}

}  // namespace modiste
