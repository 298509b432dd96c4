#include "serving/lookbook/lookbook_night.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "context/local_time.h"
#include "lookbook/centroid.h"
#include "lookbook/cluster_id.h"
#include "serving/lookbook/look_pieces.h"

namespace modiste {
namespace {

using lookbook::Centroid;
using lookbook::ClusterKey;
using lookbook::WeatherKind;

using Seconds = std::chrono::duration<double>;

int day_of_year(std::chrono::year_month_day day) {
  const auto january = std::chrono::sys_days(day.year() / std::chrono::January / 1);
  return static_cast<int>((std::chrono::sys_days(day) - january).count());
}

WeatherKind usual_at(const Whereabouts& where, int day) {
  return lookbook::usual_weather(latitude_of(located(where.place, where.time_zone)), day);
}

TermId department_of(const ClusterKey& key, const Vocabulary& vocabulary) {
  const Term* term = key.department.empty() ? nullptr : vocabulary.find(Facet::kDepartment, key.department);
  return term == nullptr ? kNoTerm : term->id;
}

// Newcomers of each department that the shop sells for, and of none: so that anybody finds a pool.
void add_newcomers(const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                   std::map<ClusterKey, Centroid>& clusters) {
  clusters[{"", std::string(lookbook::kNewStyle), WeatherKind::kNeutral}];
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
    const ItemFacts& facts = catalog.facts(slot);
    if (!facts.live || facts.department == kNoTerm) continue;
    const Term& department = vocabulary.term(facts.department);
    if (department.name == "women" || department.name == "men")
      clusters[{department.name, std::string(lookbook::kNewStyle), WeatherKind::kNeutral}];
  }
}

bool is_newcomers(const ClusterKey& key) { return key.style == lookbook::kNewStyle; }

// Where the shoppers of a cluster go that is not made: the same that PoolIndex::find() shows them.
std::map<ClusterKey, Centroid>::iterator neighbour_of(std::map<ClusterKey, Centroid>::iterator cluster,
                                                      std::map<ClusterKey, Centroid>& clusters) {
  auto nearest = clusters.end();
  for (auto other = clusters.begin(); other != clusters.end(); ++other)
    if (other != cluster && other->first.department == cluster->first.department &&
        other->first.style == cluster->first.style &&
        (nearest == clusters.end() || lookbook::apart(other->first.weather, cluster->first.weather) <
                                          lookbook::apart(nearest->first.weather, cluster->first.weather)))
      nearest = other;
  const std::string fresh(lookbook::kNewStyle);
  if (nearest == clusters.end())
    nearest = clusters.find({cluster->first.department, fresh, WeatherKind::kNeutral});
  return nearest == clusters.end() ? clusters.find({"", fresh, WeatherKind::kNeutral}) : nearest;
}

void join_smallest(std::map<ClusterKey, Centroid>& clusters, size_t most) {
  while (clusters.size() > most) {
    auto smallest = clusters.end();
    for (auto one = clusters.begin(); one != clusters.end(); ++one)
      if (!is_newcomers(one->first) &&
          (smallest == clusters.end() || one->second.shoppers() < smallest->second.shoppers()))
        smallest = one;
    if (smallest == clusters.end()) return;
    neighbour_of(smallest, clusters)->second.merge(smallest->second);
    clusters.erase(smallest);
  }
}

LookBrief brief_of(std::chrono::year_month_day day, const ClusterKey& key, const Centroid& centroid,
                   const Vocabulary& vocabulary, const NightOptions& options) {
  LookBrief brief;
  brief.day = day;
  brief.cluster = key;
  brief.cluster_id = lookbook::cluster_id(day, key);
  brief.centroid = centroid.profile(department_of(key, vocabulary));
  brief.shoppers = centroid.shoppers();
  brief.day_looks = options.day_looks, brief.evening_looks = options.evening_looks;
  return brief;
}

// The average of each style, of its largest cluster.
LookbookService::Averages averages_of(std::span<const LookBrief> briefs) {
  LookbookService::Averages averages;
  for (const LookBrief& brief : briefs) {
    auto& known = averages[{brief.cluster.department, brief.cluster.style}];
    if (known.profile == nullptr || known.shoppers < brief.shoppers) known = {brief.centroid, brief.shoppers};
  }
  return averages;
}

// Every cluster of the day; their averages serve for those that are asked for later.
Result<std::vector<LookBrief>> plan_all(LookbookService& lookbook, TimePoint now, const NightOptions& options,
                                        NightReport& report) {
  TRY_ASSIGN(auto briefs, plan_night(lookbook.shop(), now, options, report));
  lookbook.keep_averages(averages_of(briefs));
  return briefs;
}

// Those that the service was asked for.
Result<std::vector<LookBrief>> plan_wanted(LookbookService& lookbook, TimePoint now,
                                           const NightOptions& options, NightReport& report) {
  const auto wanted = lookbook.take_wanted();
  if (lookbook.averages() == nullptr) TRY(plan_all(lookbook, now, options, report));
  const auto averages = lookbook.averages();
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  const Vocabulary& vocabulary = lookbook.shop().catalog.vocabulary();
  const auto pools = lookbook.pools();
  std::vector<LookBrief> briefs;
  for (const ClusterKey& key : wanted) {
    if (pools->has(key, lookbook::to_text(day))) continue;
    LookBrief brief = brief_of(day, key, {}, vocabulary, options);
    if (const auto known = averages->find({key.department, key.style}); known != averages->end()) {
      brief.centroid = known->second.profile;
      brief.shoppers = known->second.shoppers;
    }
    briefs.push_back(std::move(brief));
  }
  return briefs;
}

lookbook::LookPool pool_of(const LookBrief& brief, MadeLooks made, TimePoint now,
                           const NightOptions& options) {
  lookbook::LookPool pool;
  pool.cluster_id = brief.cluster_id;
  pool.day = lookbook::to_text(brief.day);
  pool.cluster = brief.cluster;
  pool.generator = std::move(made.generator);
  pool.made_at = now;
  pool.expires_at = now + options.expires_after;
  pool.looks = std::move(made.looks);
  return pool;
}

// told: asks whether the night goes on.
Result<Done> generate_one(const LookBrief& brief, LookStore& store, LookGenerator& generator, TimePoint now,
                          const NightOptions& options, NightReport& report,
                          const std::function<Result<Done>()>& told) {
  ++report.generations;
  auto made = generator.generate(brief);
  // A stop breaks off what a language model is asked: another generator's looks are not what this day is to
  // have, and the next try makes them.
  if (!made.ok() || !made->fell_back.empty()) TRY(told());
  if (!made.ok()) {
    ++report.failed;
    if (report.first_failure.empty()) report.first_failure = made.error().message();
    return kOk;
  }
  report.looks += made->looks.size();
  report.refused += made->refused;
  if (!made->fell_back.empty()) {
    ++report.fell_back;
    if (report.first_failure.empty()) report.first_failure = made->fell_back;
  }
  const lookbook::LookPool pool = pool_of(brief, std::move(*made), now, options);
  return store.put_pools({&pool, 1});
}

}  // namespace

Result<std::vector<LookBrief>> plan_night(const ShopState& shop, TimePoint now, const NightOptions& options,
                                          NightReport& read) {
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  const int of_year = day_of_year(day);
  const auto catalog = shop.catalog.snapshot();
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  // One read of all, never one a shopper.
  const auto places = shop.profiles.whereabouts();
  std::map<ClusterKey, Centroid> clusters;
  TRY(shop.profiles.store().for_each([&](const std::string& person, const ShopperFold& fold) -> Result<Done> {
    const auto state = state_at(fold.current, now, shop.profiles.model());
    StyleCluster cluster = style_cluster(*state, shop, *catalog);
    ++read.shoppers;
    if (cluster.style != lookbook::kNewStyle) ++read.styled;
    const auto where = places.find(person);
    const WeatherKind weather =
        where == places.end() ? WeatherKind::kNeutral : usual_at(where->second, of_year);
    clusters[{std::move(cluster.department), std::move(cluster.style), weather}].add(*state,
                                                                                     shop.profiles.model());
    return kOk;
  }));
  add_newcomers(*catalog, vocabulary, clusters);
  std::vector<LookBrief> briefs;
  join_smallest(clusters, options.clusters_max);
  for (const auto& [key, centroid] : clusters)
    briefs.push_back(brief_of(day, key, centroid, vocabulary, options));
  std::stable_sort(briefs.begin(), briefs.end(),
                   [](const LookBrief& a, const LookBrief& b) { return a.shoppers > b.shoppers; });
  // Newcomers' pools stand in for all others.
  std::stable_partition(briefs.begin(), briefs.end(),
                        [](const LookBrief& brief) { return is_newcomers(brief.cluster); });
  return briefs;
}

Result<NightReport> run_night(LookbookService& lookbook, LookGenerator& generator, TimePoint now,
                              NightScope scope, const NightOptions& options, const NightProgress& progress) {
  LookStore* store = lookbook.store();
  if (store == nullptr) return Error{Code::kUnavailable, "the shop keeps no lookbook", "", ""};
  NightReport report;
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  report.day = lookbook::to_text(day);
  if (scope == NightScope::kWanted && !lookbook.has_wanted()) return report;
  const auto begun = std::chrono::steady_clock::now();
  TRY(lookbook.load());  // what the catalog is made of today
  TRY_ASSIGN(const auto briefs, scope == NightScope::kAll ? plan_all(lookbook, now, options, report)
                                                          : plan_wanted(lookbook, now, options, report));
  report.clusters = briefs.size();
  const auto planned = std::chrono::steady_clock::now();
  report.read_s = Seconds(planned - begun).count();
  Result<Done> ended = kOk;
  for (size_t i = 0; i < briefs.size() && ended.ok(); ++i) {
    const auto told = [&] { return progress ? progress(i, briefs.size()) : Result<Done>(kOk); };
    ended = told();
    if (ended.ok()) ended = generate_one(briefs[i], *store, generator, now, options, report, told);
  }
  // All is made: who stops the night now stops nothing any more.
  if (ended.ok() && progress && !briefs.empty()) static_cast<void>(progress(briefs.size(), briefs.size()));
  TRY_ASSIGN(report.expired, store->drop_expired_pools(now));
  report.generate_s = Seconds(std::chrono::steady_clock::now() - planned).count();
  TRY(lookbook.load());
  if (!ended.ok()) return ended.error();
  if (report.generations > 0 && report.failed == report.generations)
    return Error{Code::kUnavailable, "no cluster's looks could be made: " + report.first_failure, "",
                 "last night's pools serve until they expire"};
  return report;
}

std::string to_text(const NightReport& report) {
  std::string text = fmt::format(
      "{}: {} shoppers ({} with a style) in {} clusters; {} generations, {} looks\n"
      "  profiles read and grouped in {:.1f} s, looks made in {:.1f} s ({:.0f} ms each)\n",
      report.day, report.shoppers, report.styled, report.clusters, report.generations, report.looks,
      report.read_s, report.generate_s,
      report.generations == 0 ? 0.0 : 1'000 * report.generate_s / static_cast<double>(report.generations));
  if (report.failed + report.fell_back + report.refused > 0)
    text += fmt::format("  {} failed, {} made by the composer instead, {} proposed looks refused: {}\n",
                        report.failed, report.fell_back, report.refused, report.first_failure);
  if (report.expired > 0) text += fmt::format("  {} expired pools dropped\n", report.expired);
  return text;
}

}  // namespace modiste
