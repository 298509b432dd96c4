#include "simulation/ranker_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ranking/learned_ranker.h"
#include "simulation/page_loop.h"

namespace modiste {
namespace {

// The best smoothed like rate among what was looked at, one in ten at random so that it finds out.
class PopularPages final : public PagePolicy {
 public:
  PopularPages(const Catalog& catalog, const std::vector<SimulatedShopper>& shoppers, size_t count,
               uint64_t seed)
      : snapshot_(catalog.snapshot()),
        count_(count),
        swiped_(shoppers.size()),
        seen_(snapshot_->slot_count()),
        rng_(seed) {
    for (const auto& shopper : shoppers) {
      ItemFilter filter;
      filter.departments = {shopper.department};
      auto& items = items_.emplace_back();
      for (Slot slot = 0; slot < snapshot_->slot_count(); ++slot)
        if (filter.admits(snapshot_->facts(slot), catalog.vocabulary())) items.push_back(slot);
    }
  }

  Result<std::vector<Slot>> page(size_t shopper) override {
    std::vector<Slot> left = items_[shopper];
    rng_.shuffle(left);
    std::stable_sort(left.begin(), left.end(), [&](Slot a, Slot b) { return rate(a) > rate(b); });
    std::vector<Slot> page;
    std::set<uint32_t> garments = swiped_[shopper];
    const auto add = [&](Slot slot) {
      if (page.size() < count_ && garments.insert(snapshot_->facts(slot).garment).second)
        page.push_back(slot);
    };
    for (const Slot slot : left) {
      if (rng_.chance(0.1)) add(left[rng_.below(left.size())]);
      add(slot);
    }
    return page;
  }

  Result<Done> heard(size_t shopper, const std::vector<Slot>&, const std::vector<Look>& looks) override {
    for (const Look& look : looks) {
      swiped_[shopper].insert(snapshot_->facts(look.slot).garment);
      seen_[look.slot].first += 1;
      seen_[look.slot].second += look.liked ? 1 : 0;
    }
    return kOk;
  }

 private:
  [[nodiscard]] double rate(Slot slot) const { return (seen_[slot].second + 1) / (seen_[slot].first + 4); }

  std::shared_ptr<const CatalogSnapshot> snapshot_;
  const size_t count_;
  std::vector<std::vector<Slot>> items_;
  std::vector<std::set<uint32_t>> swiped_;       // garments, by shopper
  std::vector<std::pair<double, double>> seen_;  // looks and likes, by slot
  Rng rng_;
};

// Orders candidates by what the shopper truly likes.
class LikingRanker final : public Ranker {
 public:
  explicit LikingRanker(const PageWorld& world) : world_(world), snapshot_(world.catalog.snapshot()) {}

  void serve(size_t shopper) { shopper_ = shopper; }
  [[nodiscard]] std::string_view name() const override { return "liking"; }
  [[nodiscard]] std::span<const std::string_view> features() const override { return {}; }
  [[nodiscard]] Ranking rank(const RankInput& input) const override {
    Ranking ranking;
    for (const Slot slot : input.features.slots())
      ranking.scores.push_back(static_cast<float>(
          world_.shoppers[shopper_].like_probability(snapshot_->facts(slot), world_.catalog.vocabulary())));
    ranking.terms = {{LearnedRanker::kName, 1, ranking.scores}};
    return ranking;
  }

 private:
  const PageWorld& world_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  size_t shopper_ = 0;  // of the next page
};

// The shop's pages, by the liking once the others are trained.
class LikingPages final : public PagePolicy {
 public:
  LikingPages(const LoopShop& in, const PageWorld& world, size_t count)
      : in_(in), pages_(in, world.shoppers, count, {}), ranker_(std::make_shared<LikingRanker>(world)) {}

  Result<Done> begin() { return pages_.begin(); }
  Result<std::vector<Slot>> page(size_t shopper) override {
    ranker_->serve(shopper);
    return pages_.page(shopper);
  }
  Result<Done> heard(size_t shopper, const std::vector<Slot>& page, const std::vector<Look>& looks) override {
    return pages_.heard(shopper, page, looks);
  }
  Result<Done> train() override {
    in_.clock.advance(std::chrono::hours(1));
    in_.shop.recommender().use_ranker(ranker_, 1);
    return kOk;
  }

 private:
  const LoopShop in_;
  ShopPages pages_;
  const std::shared_ptr<LikingRanker> ranker_;
};

// The shop's pages, then the best liked of what the shopper has not swiped.
class BestPages final : public PagePolicy {
 public:
  BestPages(const LoopShop& in, const PageWorld& world, size_t count)
      : world_(world),
        snapshot_(world.catalog.snapshot()),
        count_(count),
        pages_(in, world.shoppers, count, {}),
        swiped_(world.shoppers.size()) {}

  Result<Done> begin() { return pages_.begin(); }
  Result<std::vector<Slot>> page(size_t shopper) override {
    if (best_.empty()) return pages_.page(shopper);
    std::vector<Slot> page;
    std::set<uint32_t> garments = swiped_[shopper];
    for (const Slot slot : best_[shopper])
      if (page.size() < count_ && garments.insert(snapshot_->facts(slot).garment).second)
        page.push_back(slot);
    return page;
  }
  Result<Done> heard(size_t shopper, const std::vector<Slot>& page, const std::vector<Look>& looks) override {
    for (const Look& look : looks) swiped_[shopper].insert(snapshot_->facts(look.slot).garment);
    return best_.empty() ? pages_.heard(shopper, page, looks) : Result<Done>(kOk);
  }
  Result<Done> train() override {
    const Vocabulary& vocabulary = world_.catalog.vocabulary();
    for (const auto& shopper : world_.shoppers) {
      ItemFilter filter;
      filter.departments = {shopper.department};
      std::vector<std::pair<double, Slot>> liking;
      for (Slot slot = 0; slot < snapshot_->slot_count(); ++slot)
        if (const ItemFacts& facts = snapshot_->facts(slot); filter.admits(facts, vocabulary))
          liking.emplace_back(-shopper.like_probability(facts, vocabulary), slot);
      std::sort(liking.begin(), liking.end());
      auto& items = best_.emplace_back();
      for (const auto& one : liking) items.push_back(one.second);
    }
    return kOk;
  }

 private:
  const PageWorld& world_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  const size_t count_;
  ShopPages pages_;
  std::vector<std::set<uint32_t>> swiped_;  // garments, by shopper
  std::vector<std::vector<Slot>> best_;     // best first, by shopper; empty: not yet
};

// Everybody gets a page, then everybody the next: shoppers learn from each other.
Result<PagesReport> run_pages(PagePolicy& policy, std::string name, const PageWorld& world,
                              const RankerLoopOptions& options, const RankerLoopProgress& progress) {
  PagesReport report;
  report.name = std::move(name);
  const size_t before = options.pages_before, pages = before + options.pages_after;
  size_t likes_before = 0, looks_before = 0;
  std::set<uint32_t> shown;
  for (size_t number = 0; number < pages; ++number) {
    if (number > 0 && number == before / 2) TRY(policy.train_midway());
    if (number == before) TRY(policy.train());
    size_t likes = 0, looks = 0;
    for (size_t shopper = 0; shopper < world.shoppers.size(); ++shopper) {
      TRY_ASSIGN(const auto page, policy.page(shopper));
      const auto seen = looks_at(world, shopper, number, page);
      TRY(policy.heard(shopper, page, seen));
      looks += seen.size();
      for (const Look& look : seen) likes += look.liked ? 1 : 0;
      if (number >= before)
        for (const Slot slot : page) shown.insert(world.catalog.snapshot()->facts(slot).garment);
    }
    report.like_rate.push_back(looks > 0 ? static_cast<double>(likes) / static_cast<double>(looks) : 0);
    (number < before ? likes_before : report.likes_after) += likes;
    (number < before ? looks_before : report.looks_after) += looks;
    if (progress) progress(report.name, number + 1, pages);
  }
  const auto rate = [](size_t likes, size_t looks) {
    return looks > 0 ? static_cast<double>(likes) / static_cast<double>(looks) : 0.0;
  };
  report.before = rate(likes_before, looks_before);
  report.after = rate(report.likes_after, report.looks_after);
  report.coverage = static_cast<double>(shown.size()) / static_cast<double>(world.catalog.garment_count());
  return report;
}

}  // namespace

Result<RankerLoopReport> run_ranker_loop(const LoopShop& with_ranker, const LoopShop& without,
                                         const TrainOnLog& train, const RankerLoopOptions& options,
                                         const RankerLoopProgress& progress) {
  Rng rng(options.seed);
  const Catalog& catalog = with_ranker.shop.catalog().view();
  const auto shoppers = draw_shoppers(options.shoppers, catalog, options.model, rng);
  const PageWorld world{.catalog = catalog, .shoppers = shoppers, .eta = options.eta, .seed = options.seed};
  RankerLoopReport report;
  ShopPages learns(with_ranker, shoppers, options.page, train), stays(without, shoppers, options.page, {});
  TRY(learns.begin());
  TRY_ASSIGN(report.ranker, run_pages(learns, "ranker", world, options, progress));
  TRY(stays.begin());
  TRY_ASSIGN(report.hybrid, run_pages(stays, "hybrid", world, options, progress));
  PopularPages popular(catalog, shoppers, options.page, rng.next());
  TRY_ASSIGN(report.popularity, run_pages(popular, "popularity", world, options, progress));
  report.against_hybrid = report.ranker.after / report.hybrid.after;
  report.against_popularity = report.ranker.after / report.popularity.after;
  return report;
}

Result<RankerBounds> run_ranker_bounds(const LoopShop& orders, const LoopShop& finds,
                                       const RankerLoopOptions& options, const RankerLoopProgress& progress) {
  Rng rng(options.seed);
  const Catalog& catalog = orders.shop.catalog().view();
  const auto shoppers = draw_shoppers(options.shoppers, catalog, options.model, rng);
  const PageWorld world{.catalog = catalog, .shoppers = shoppers, .eta = options.eta, .seed = options.seed};
  RankerBounds bounds;
  LikingPages candidates(orders, world, options.page);
  TRY(candidates.begin());
  TRY_ASSIGN(bounds.candidates, run_pages(candidates, "candidates", world, options, progress));
  BestPages garments(finds, world, options.page);
  TRY(garments.begin());
  TRY_ASSIGN(bounds.garments, run_pages(garments, "garments", world, options, progress));
  return bounds;
}

json::value to_report_json(const PagesReport& report) {
  return json::object{{"name", report.name},
                      {"before", report.before},
                      {"after", report.after},
                      {"likes_after", report.likes_after},
                      {"looks_after", report.looks_after},
                      {"coverage", report.coverage},
                      {"like_rate", json::array(report.like_rate.begin(), report.like_rate.end())}};
}

json::value to_report_json(const RankerLoopReport& report) {
  json::array policies;
  for (const auto* policy : {&report.ranker, &report.hybrid, &report.popularity})
    policies.push_back(to_report_json(*policy));
  return json::object{{"against_hybrid", report.against_hybrid},
                      {"against_popularity", report.against_popularity},
                      {"policies", std::move(policies)}};
}

}  // namespace modiste
