#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste_train/own_taste.h"
#include "history/history_formats.h"
#include "io/atomic_write.h"
#include "io/file_input.h"
#include "learning/evaluation/evaluate_next_item.h"
#include "shop/console/progress_line.h"
#include "shop/open_shop.h"
#include "shop/source_weights_file.h"
#include "simulation/style_properties.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste {
namespace {

struct NextItemArguments {
  std::string rtr, amazon;
  NextItemOptions options;
  bool one_taste = false, taste = false;
  std::string out = "next-item.json";
};

// The garments and events that `modiste import` would bring.
Result<ChoiceHistory> read_choices(const std::string& file, const HistoryFormat& format, TimePoint now) {
  HistoryOptions options;
  options.now = now;
  options.bare_garments = true;
  options.prefix = fmt::format("{}-", format.name);
  ChoiceHistory history;
  history.name = std::string(format.name);
  HistorySinks garments, events;
  garments.garment = [&](Garment&& garment) -> Result<Done> {
    return history.garments.push_back(std::move(garment)), kOk;
  };
  events.event = [&](Event&& event, size_t) -> Result<Done> {
    return history.events.push_back(std::move(event)), kOk;
  };
  for (const HistorySinks* sinks : {&garments, &events}) {
    TRY_ASSIGN(auto input, FileInput::open(file));
    TRY(read_history(input, format, options, *sinks));
  }
  return history;
}

void print(const NextItemReport& report) {
  fmt::print("\n{}: {} garments, {} events of {} shoppers; the last item of {} is held out, {} are asked\n",
             report.history, report.garments, report.events, report.shoppers, report.held_out, report.asked);
  fmt::print("{:<54} {:>7} {:>17}  {:>7} {:>17}\n", "", fmt::format("HR@{}", report.count), "95%",
             fmt::format("NDCG@{}", report.count), "95%");
  for (const NextItemScore& score : report.scores)
    fmt::print("{:<54} {:>7.4f} {:>8.4f}–{:.4f}   {:>7.4f} {:>8.4f}–{:.4f}\n", score.name, score.hit_rate,
               score.hit_rate_low, score.hit_rate_high, score.ndcg, score.ndcg_low, score.ndcg_high);
  if (report.modes.shoppers > 0)
    fmt::print("{} of the {} shoppers with the longest histories (at least {} choices) have several modes\n",
               report.modes.several, report.modes.shoppers, report.modes.choices_min);
  fmt::print("weights{}: content {}, neighbours {}, visual {}, popularity {}; {:.2f} ms an answer\n",
             report.chosen_on == 0 ? "" : fmt::format(" chosen on {} other shoppers", report.chosen_on),
             report.weights.content, report.weights.neighbours, report.weights.visual,
             report.weights.popularity, report.ms_per_answer);
}

// Why the chosen weights should not serve.
std::string why_not(const NextItemReport& report) {
  if (!report.gain) return "no change of a weight is worth more than chance";
  return fmt::format(
      "the chosen weights are not surely better than those as they were: difference {:+.4f} to {:+.4f} "
      "(95%), {} shoppers, at least {} must judge",
      report.gain->low, report.gain->high, report.asked, kWitnessesMin);
}

Result<Done> evaluate_next_item_of(const Config& config, const NextItemArguments& given) {
  ManualClock clock(SystemClock().now());
  const bool is_rtr = !given.rtr.empty();
  TRY_ASSIGN(auto history, read_choices(is_rtr ? given.rtr : given.amazon,
                                        is_rtr ? kRtrHistory : kAmazonHistory, clock.now()));
  MemoryEventLog log;
  MemoryStore store;
  auto policy = std::make_shared<const Policy>();
  ShopOptions options;
  options.recommender.choose_policy = [&policy](const RecommendRequest&) { return policy; };
  options.impressions.enabled = false;  // nobody reads this log
  if (given.one_taste) options.state.profiles.style = single_accumulator();
  Shop shop({clock, log, store, store}, Vocabulary::standard(), options);
  TRY(shop.load());
  NextItemOptions judged = given.options;
  judged.exploration = config.exploration_options();
  TRY_ASSIGN(judged.weights, read_source_weights(DataPaths(config.folder()).source_weights()));
  std::unique_ptr<ProgressLine> line;
  std::string stage;
  AskedShop asked{shop, [&](Policy used) { policy = std::make_shared<const Policy>(std::move(used)); },
                  [&](TimePoint at) { clock.advance(at - clock.now()); }};
  if (given.taste)
    asked.train_taste = [&]() -> Result<Done> {
      TRY(serve_own_taste(log, store, shop));
      return kOk;
    };
  TRY_ASSIGN(const auto report, evaluate_next_item(std::move(history), asked, judged,
                                                   [&](std::string_view what, size_t done, size_t total) {
                                                     if (stage != what)
                                                       line = std::make_unique<ProgressLine>(stage = what,
                                                                                             total);
                                                     line->at(done);
                                                   }));
  line.reset();
  print(report);
  if (judged.choose && !report.has_better_weights()) {
    fmt::print("{}; nothing is written\n", why_not(report));
  } else if (judged.choose) {
    const auto file = DataPaths(config.folder()).source_weights();
    TRY(write_source_weights(file, {.weights = report.weights,
                                    .history = report.history,
                                    .shoppers = static_cast<int64_t>(report.chosen_on)}));
    fmt::print("{}\n", file.string());
  }
  return write_report(given.out, to_report_json(report));
}

}  // namespace

void add_evaluate_next_item(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand("next-item",
                                                  "Hold out the last item of each shopper of a history and "
                                                  "ask the recommender for it, beside popularity\n"
                                                  "and item kNN. Writes JSON.");
  auto given = std::make_shared<NextItemArguments>();
  auto* sets = command->add_option_group("history", "The history");
  sets->add_option("--rtr", given->rtr, "Rent the Runway's rentals, CSV or gzip");
  sets->add_option("--amazon", given->amazon, "What each shopper bought, one a line: user item item ...");
  sets->require_option(1);
  command
      ->add_option("--shoppers", given->options.shoppers_max,
                   with_default("How many are asked", given->options.shoppers_max))
      ->check(CLI::Range(2, 1'000'000));
  command
      ->add_option("--count", given->options.count, with_default("Items of an answer", given->options.count))
      ->check(CLI::Range(1, 100));
  command->add_option("--seed", given->options.seed, with_default("Draws the shoppers", given->options.seed));
  command->add_flag(
      "--choose", given->options.choose,
      "Also choose how much each source counts, on shoppers of their own, and write it to the data\n"
      "directory, where serving reads it, if the shoppers asked say that it is surely better");
  command->add_flag(
      "--at-its-time", given->options.at_its_time,
      "Ask each shopper at the time of their last item, when nothing after it has happened; weights\n"
      "are chosen on the earlier half of those asked and judged by the later one");
  command
      ->add_flag("--taste", given->taste,
                 "Then train a taste model on the imported history, and ask again with it")
      ->excludes("--at-its-time");
  command->add_flag("--one-taste", given->one_taste,
                    "Profiles of one taste instead of several modes, to compare");
  command->add_option("--out", given->out, "The report (next-item.json)");
  runs(command, chosen, given, evaluate_next_item_of);
}

}  // namespace modiste
