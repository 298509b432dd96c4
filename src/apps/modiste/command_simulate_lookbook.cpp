#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "serving/lookbook/composed_looks.h"
#include "serving/lookbook/lookbook_night.h"
#include "shop/console/progress_line.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "simulation/lookbook_crowd.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

using Steady = std::chrono::steady_clock;

double ms_since(Steady::time_point begun) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begun).count();
}

double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())))];
}

// Each shopper's looks of the day, at their own time.
Result<Done> show_all(Shop& shop, const std::vector<CrowdMember>& crowd) {
  std::vector<double> took;
  std::map<std::string, std::set<std::string>> first;  // by cluster
  std::map<std::string, size_t> of_cluster;
  size_t own = 0, composed = 0, evening = 0;
  for (const CrowdMember& member : crowd) {
    LooksRequest request;
    request.shopper_id = member.id;
    request.context.emplace();
    request.context->time_zone = member.time_zone;
    const auto begun = Steady::now();
    TRY_ASSIGN(const LooksAnswer answer, shop.lookbook().looks(request));
    took.push_back(ms_since(begun));
    composed += answer.source ? 0 : 1;
    own += answer.source && answer.source->stand_in == "none" ? 1 : 0;
    evening += answer.evening ? 1 : 0;
    if (!answer.source || answer.looks.empty()) continue;
    first[answer.source->cluster_id].insert(answer.looks[0].look_id);
    ++of_cluster[answer.source->cluster_id];
  }
  const double n = static_cast<double>(crowd.size());
  fmt::print("answers: {:.1f}% from the shopper's own pool, {:.1f}% composed; evening for {:.1f}%\n",
             100 * static_cast<double>(own) / n, 100 * static_cast<double>(composed) / n,
             100 * static_cast<double>(evening) / n);
  double sum = 0;
  size_t large = 0;
  for (const auto& [cluster, count] : of_cluster)
    if (count >= 20) sum += static_cast<double>(first[cluster].size()), ++large;
  if (large > 0)
    fmt::print("different first looks in a cluster of 20 shoppers or more: {:.1f} on average\n",
               sum / static_cast<double>(large));
  fmt::print("an answer of three looks: p50 {:.2f} ms, p99 {:.2f} ms\n", quantile(took, 0.5),
             quantile(took, 0.99));
  return kOk;
}

// The catalog of the data directory; shoppers, events and looks live in memory and leave no trace.
Result<Done> simulate_lookbook(const Config& config, const LookbookCrowdOptions& options) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto garments, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto encoder, open_encoder(config.embedding.model, config.embedding.threads));
  ManualClock clock(TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) +
                    std::chrono::hours(12));
  MemoryEventLog log;
  MemoryStore stores;
  ShopOptions shop_options;
  shop_options.impressions.enabled = false;  // nobody reads this log
  ShopPorts ports{.clock = clock, .log = log, .garments = *garments, .subjects = stores};
  ports.encoder = encoder.get();
  ports.looks = &stores;
  Shop shop(ports, Vocabulary::standard(), shop_options);
  TRY(shop.load());
  if (shop.catalog().view().garment_count() == 0)
    return Error{Code::kInvalid, "the shop has no garments", config.data.directory,
                 "`draw_shop`, then `modiste catalog import`"};
  auto line = std::make_unique<ProgressLine>("shoppers", options.shoppers);
  TRY_ASSIGN(const auto crowd, gather_crowd(shop, options, [&](size_t done) { line->at(done); }));
  line = std::make_unique<ProgressLine>("clusters", 0);
  ComposedLooks composer(shop.lookbook());
  TRY_ASSIGN(const NightReport night, run_night(shop.lookbook(), composer, clock.now(), NightScope::kAll, {},
                                                [&](size_t done, size_t) -> Result<Done> {
                                                  return line->at(done), Result<Done>(kOk);
                                                }));
  line.reset();
  fmt::print("{}generation calls: {} for {} shoppers, in {:.2f} minutes\n", to_text(night), night.generations,
             night.shoppers, (night.read_s + night.generate_s) / 60);
  return show_all(shop, crowd);
}

}  // namespace

void add_simulate_lookbook(CLI::App& simulate, Command& chosen) {
  auto* command = simulate.add_subcommand(
      "lookbook", "Make a night's lookbook for simulated shoppers, and show each of them their looks");
  auto given = std::make_shared<LookbookCrowdOptions>();
  command->add_option("--shoppers", given->shoppers, with_default("How many", given->shoppers))
      ->check(CLI::Range(1, 1'000'000));
  command
      ->add_option("--cards", given->cards,
                   with_default("Garments that each sees, and likes or not", given->cards))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seed", given->seed, with_default("Replays the same shoppers", given->seed));
  runs(command, chosen, given, simulate_lookbook);
}

}  // namespace modiste
