#include "simulation/ranker_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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

// Everybody gets a page, then everybody the next: shoppers learn from each other.
Result<PagesReport> run_pages(PagePolicy& policy, std::string name, const PageWorld& world,
                              const RankerLoopOptions& options, const RankerLoopProgress& progress) {
  PagesReport report;
  report.name = std::move(name);
  const size_t before = options.pages_before, pages = before + options.pages_after;
  size_t likes_before = 0, looks_before = 0;
  std::set<uint32_t> shown;
  for (size_t number = 0; number < pages; ++number) {
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
  EnginePages learns(with_ranker, shoppers, options.page, train), stays(without, shoppers, options.page, {});
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

json::value to_report_json(const RankerLoopReport& report) {
  json::array policies;
  for (const auto* policy : {&report.ranker, &report.hybrid, &report.popularity})
    policies.push_back(
        json::object{{"name", policy->name},
                     {"before", policy->before},
                     {"after", policy->after},
                     {"likes_after", policy->likes_after},
                     {"looks_after", policy->looks_after},
                     {"coverage", policy->coverage},
                     {"like_rate", json::array(policy->like_rate.begin(), policy->like_rate.end())}});
  return json::object{{"against_hybrid", report.against_hybrid},
                      {"against_popularity", report.against_popularity},
                      {"policies", std::move(policies)}};
}

}  // namespace modiste
