#include "simulation/exploration_loop.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "serving/request/reason_rules.h"

namespace modiste {
namespace {

struct Liking {
  double liking = 0;
  Slot slot = kNoSlot;
};

// What each shopper likes of their department, best first.
std::vector<std::vector<Liking>> likings_of(const PageWorld& world) {
  const auto snapshot = world.catalog.snapshot();
  std::vector<std::vector<Liking>> all;
  for (const SimulatedShopper& shopper : world.shoppers) {
    ItemFilter filter;
    filter.departments = {shopper.department};
    auto& likings = all.emplace_back();
    for (Slot slot = 0; slot < snapshot->slot_count(); ++slot)
      if (const ItemFacts& facts = snapshot->facts(slot); filter.admits(facts, world.catalog.vocabulary()))
        likings.push_back({shopper.like_probability(facts, world.catalog.vocabulary()), slot});
    std::sort(likings.begin(), likings.end(), [](const Liking& a, const Liking& b) {
      return a.liking != b.liking ? a.liking > b.liking : a.slot < b.slot;
    });
  }
  return all;
}

// The quarter of the new garments with the largest mean liking by those whose department they are of.
std::set<uint32_t> good_new_garments(const PageWorld& world, const std::vector<std::vector<Liking>>& likings,
                                     TimePoint now) {
  const auto snapshot = world.catalog.snapshot();
  std::map<uint32_t, std::pair<double, double>> sums;
  for (const auto& of_shopper : likings)
    for (const Liking& one : of_shopper)
      if (const ItemFacts& facts = snapshot->facts(one.slot); is_new(facts, now)) {
        sums[facts.garment].first += one.liking;
        sums[facts.garment].second += 1;
      }
  std::vector<std::pair<double, uint32_t>> means;
  for (const auto& [garment, sum] : sums) means.emplace_back(sum.first / sum.second, garment);
  std::sort(means.rbegin(), means.rend());
  std::set<uint32_t> good;
  for (size_t i = 0; i < (means.size() + 3) / 4; ++i) good.insert(means[i].second);
  return good;
}

// Regret of a page; `swiped`: garments that the shopper has swiped.
double regret_of(const PageWorld& world, const std::vector<Liking>& likings,
                 const std::unordered_set<uint32_t>& swiped, const SimulatedShopper& shopper,
                 const std::vector<Slot>& page) {
  const auto snapshot = world.catalog.snapshot();
  std::unordered_set<uint32_t> on_page;
  double regret = 0;
  size_t position = 0;
  for (const Liking& best : likings) {
    if (position == page.size()) break;
    const uint32_t garment = snapshot->facts(best.slot).garment;
    if (swiped.contains(garment) || !on_page.insert(garment).second) continue;
    const double shown =
        shopper.like_probability(snapshot->facts(page[position]), world.catalog.vocabulary());
    regret += std::pow(1.0 + static_cast<double>(position), -world.eta) * (best.liking - shown);
    ++position;
  }
  return regret;
}

}  // namespace

Result<ExplorationReport> run_exploration_loop(const LoopShop& shop, std::string name,
                                               const ExplorationLoopOptions& options,
                                               const ExplorationProgress& progress) {
  Rng rng(options.seed);
  const Catalog& catalog = shop.shop.catalog().view();
  const auto shoppers = draw_shoppers(options.shoppers, catalog, options.model, rng);
  const PageWorld world{catalog, shoppers, options.eta, options.seed, options.buys};
  const auto likings = likings_of(world);
  const auto good_new = good_new_garments(world, likings, shop.clock.now());
  const auto snapshot = catalog.snapshot();
  ExplorationReport report;
  report.name = std::move(name);
  report.good_new = good_new.size();
  ShopPages pages(shop, shoppers, options.page, {});
  TRY(pages.begin());
  std::vector<std::unordered_set<uint32_t>> swiped(shoppers.size());
  std::unordered_map<uint32_t, size_t> likes_of;  // by garment
  size_t places = 0, bought_from = 0;
  double regret = 0;
  for (size_t number = 0; number < options.pages; ++number) {
    size_t likes = 0, looks = 0;
    for (size_t shopper = 0; shopper < shoppers.size(); ++shopper) {
      TRY_ASSIGN(const auto page, pages.page(shopper));
      places += page.size();
      regret += regret_of(world, likings[shopper], swiped[shopper], shoppers[shopper], page);
      const auto seen = looks_at(world, shopper, number, page);
      TRY(pages.heard(shopper, page, seen));
      bool bought = false;
      for (const Look& look : seen) {
        const uint32_t garment = snapshot->facts(look.slot).garment;
        swiped[shopper].insert(garment);
        if (look.liked) ++likes, ++likes_of[garment];
        if (look.bought) ++report.purchases, bought = true;
      }
      looks += seen.size();
      bought_from += bought ? 1 : 0;
    }
    report.regret.push_back(regret / static_cast<double>(shoppers.size()));
    report.like_rate.push_back(looks > 0 ? static_cast<double>(likes) / static_cast<double>(looks) : 0);
    report.likes += likes;
    report.looks += looks;
    if (progress) progress(number + 1);
  }
  report.conversion = static_cast<double>(bought_from) / static_cast<double>(shoppers.size() * options.pages);
  report.explored = static_cast<double>(pages.explored()) / static_cast<double>(places);
  const auto found = std::count_if(good_new.begin(), good_new.end(),
                                   [&](uint32_t garment) { return likes_of[garment] >= 3; });
  if (!good_new.empty()) report.found = static_cast<double>(found) / static_cast<double>(good_new.size());
  return report;
}

json::value to_report_json(const std::vector<std::vector<ExplorationReport>>& runs,
                           const ExplorationLoopOptions& options) {
  json::array seeds;
  for (const auto& run : runs) {
    json::array policies;
    for (const ExplorationReport& one : run)
      policies.push_back(json::object{{"name", one.name},
                                      {"regret", json::array(one.regret.begin(), one.regret.end())},
                                      {"like_rate", json::array(one.like_rate.begin(), one.like_rate.end())},
                                      {"likes", one.likes},
                                      {"looks", one.looks},
                                      {"purchases", one.purchases},
                                      {"conversion", one.conversion},
                                      {"explored", one.explored},
                                      {"found", one.found},
                                      {"good_new", one.good_new}});
    seeds.push_back(std::move(policies));
  }
  return json::object{{"report", "exploration"}, {"shoppers", options.shoppers}, {"pages", options.pages},
                      {"page", options.page},    {"eta", options.eta},           {"buys", options.buys},
                      {"seed", options.seed},    {"runs", std::move(seeds)}};
}

}  // namespace modiste
