#include <fmt/format.h>

#include <array>
#include <functional>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "apps/modiste_train/memory_shop.h"
#include "apps/modiste_train/own_taste.h"
#include "io/atomic_write.h"
#include "learning/ranker/train_ranker.h"
#include "learning/training/train_next_choices.h"
#include "shop/console/progress_line.h"
#include "shop/remote/reading_view.h"
#include "shop/source_weights_file.h"
#include "simulation/ranker_loop.h"
#include "storage/features/read_ranking_rows.h"

namespace modiste {
namespace {

struct RankerLoopArguments {
  RankerLoopOptions options;
  uint64_t seeds = 3;
  std::string learns = "ranker";  // or "next-choices", "both", "taste", "taste-and-ranker"
  std::string debiasing{name_of(TrainRankerOptions().debiasing)};
  bool sources_alone = false;  // what the ranker reads
  bool bounds = false;
  std::string json;
  double against_hybrid_min = 0, against_popularity_min = 0;

  [[nodiscard]] bool learns_one_of(std::initializer_list<std::string_view> names) const {
    return std::ranges::find(names, learns) != names.end();
  }
};

Policy policy_of(const Config& config, const SourceWeights& weights) {
  Policy policy;
  policy.exploration = config.exploration_options();
  policy.objective = config.objective;
  policy.weights = weights;
  return policy;
}

// What each source's candidates are worth to each kind of shopper: what a bandit between the sources could
// know.
constexpr std::array<std::string_view, 11> kOfSources{
    "hybrid",     "content",         "learned_taste", "neighbours", "next_choices",           "visual",
    "popularity", "session_signals", "session_share", "evidence_n", "hours_since_last_signal"};

RankingRows with_columns(const RankingRows& rows, std::span<const std::string_view> columns) {
  RankingRows kept = rows;
  kept.features.assign(columns.begin(), columns.end());
  kept.values.clear();
  for (size_t row = 0; row < rows.rows.size(); ++row)
    for (const std::string_view column : columns) kept.values.push_back(rows.value(row, rows.column(column)));
  return kept;
}

Result<Done> learn_ranker(const LoopShop& shop, const RankerLoopArguments& given) {
  MaterialiseOptions reading;
  reading.training.ripe_hours = 0;  // simulated shoppers do at once what they do
  TRY_ASSIGN(auto rows, read_ranking_rows(shop.log, shop.clock.now(), reading));
  if (given.sources_alone) rows = with_columns(rows, kOfSources);
  TrainRankerOptions options;
  options.debiasing = *enum_from_name<Debiasing>(given.debiasing);
  TRY_ASSIGN(auto trained, train_ranker(rows, options));
  fmt::print("  {}; the tenth place is looked at {:.2f} times as often, {} trees\n", trained.draft.trained_on,
             trained.bias.examined(9), trained.rounds);
  for (const RankerSegment& segment : trained.segments)
    fmt::print("    {:<8}{:>6} answers, NDCG@10 {:.4f}, the hybrid's {:.4f}\n", segment.name, segment.answers,
               segment.ranker.mean, segment.other.mean);
  shop.shop.recommender().use_ranker(std::make_shared<const LearnedRanker>(std::move(trained.model), 1), 1);
  return kOk;
}

// Without the promotion gate: the loop shows what the gate would have kept out, too.
Result<Done> learn_next_choices(const LoopShop& shop, const GarmentStore& garments) {
  TRY_ASSIGN(const auto history, read_choice_history(shop.log, garments, Vocabulary::standard()));
  TRY_ASSIGN(auto trained, train_next_choices(history));
  fmt::print("  {}; NDCG@20 {:.4f} with {:.0f}% network, neighbours {:.4f}, network {:.4f} ({} shoppers)\n",
             trained.draft.trained_on, trained.verdict.mixed.mean, 100 * trained.model.share,
             trained.verdict.neighbours.mean, trained.verdict.network.mean, trained.verdict.asked);
  shop.shop.recommender().use_next_choices(std::make_shared<const NextChoices>(std::move(trained.model)), 1);
  return kOk;
}

Result<Done> learn_taste(const LoopShop& shop, const GarmentStore& garments) {
  TRY_ASSIGN(const auto trained, serve_own_taste(shop.log, garments, shop.shop));
  fmt::print(
      "  {}; liked before others {:.4f}, by their reactions alone {:.4f}, by the mean {:.4f} ({} shoppers)\n",
      trained.draft.trained_on, trained.own.mean, trained.alone.mean, trained.mean.mean, trained.asked);
  return kOk;
}

void print(const PagesReport& policy) {
  fmt::print(
      "  {:<14}before {:5.1f}%   after {:5.1f}%   {:6} likes of {:6} looks, {:3.0f}% of the garments\n",
      policy.name, 100 * policy.before, 100 * policy.after, policy.likes_after, policy.looks_after,
      100 * policy.coverage);
}

void print(const RankerLoopReport& report) {
  for (const auto* policy : {&report.ranker, &report.hybrid, &report.popularity}) print(*policy);
  fmt::print("  {:.3f} x hybrid, {:.3f} x popularity\n\n", report.against_hybrid, report.against_popularity);
}

void print(const RankerBounds& bounds, const RankerLoopReport& report) {
  print(bounds.candidates);
  print(bounds.garments);
  fmt::print("  no ranker passes {:.3f} x hybrid with these candidates, {:.3f} with any\n\n",
             bounds.candidates.after / report.hybrid.after, bounds.garments.after / report.hybrid.after);
}

// A line for each policy.
class PagesProgress {
 public:
  void operator()(std::string_view policy, size_t page, size_t pages) {
    if (running_ != policy) line_ = std::make_unique<ProgressLine>(running_ = policy, pages);
    line_->at(page);
  }
  void end() { line_.reset(); }

 private:
  std::string running_;
  std::unique_ptr<ProgressLine> line_;
};

// Of all seeds: how many times the like rates of the others the ranker's is.
struct MeanRatios {
  double hybrid = 0, popularity = 0;
};

json::object report_of(const RankerLoopArguments& given, const MeanRatios& means, json::array runs) {
  return {{"report", "ranker"},
          {"learns", given.learns},
          {"debiasing", given.debiasing},
          {"sources_alone", given.sources_alone},
          {"shoppers", given.options.shoppers},
          {"pages_before", given.options.pages_before},
          {"pages_after", given.options.pages_after},
          {"page", given.options.page},
          {"eta", given.options.eta},
          {"seed", given.options.seed},
          {"against_hybrid", means.hybrid},
          {"against_popularity", means.popularity},
          {"runs", std::move(runs)}};
}

Result<Done> check_ratios(const RankerLoopArguments& given, const MeanRatios& means) {
  if (means.hybrid >= given.against_hybrid_min && means.popularity >= given.against_popularity_min)
    return kOk;
  return Error{
      Code::kInternal, "the like rate is below the required ratio",
      fmt::format("--seed {} --seeds {}", given.options.seed, given.seeds),
      fmt::format("{} x hybrid and {} x popularity", given.against_hybrid_min, given.against_popularity_min)};
}

Result<Done> simulate_ranker(const Config& config, const RankerLoopArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto garments, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto encoder, open_encoder(config.embedding.model, config.embedding.threads));
  TRY_ASSIGN(const auto weights, read_source_weights(directory.source_weights()));
  const TrainOnLog learn = [&](const LoopShop& shop, bool midway) -> Result<Done> {
    if (given.learns_one_of({"taste", "taste-and-ranker"})) TRY(learn_taste(shop, *garments));
    if (midway) return kOk;
    if (given.learns_one_of({"next-choices", "both"})) TRY(learn_next_choices(shop, *garments));
    return given.learns_one_of({"ranker", "both", "taste-and-ranker"}) ? learn_ranker(shop, given)
                                                                       : Result<Done>(kOk);
  };
  const auto open = [&](MemoryShop& shop) {
    return shop.open(config, *garments, encoder.get(), policy_of(config, weights));
  };
  json::array runs;
  MeanRatios means;
  for (uint64_t seed = 0; seed < given.seeds; ++seed) {
    RankerLoopOptions options = given.options;
    options.seed += seed;
    fmt::print("seed {}: {} shoppers, {} pages of {}, then {} more; eta {}\n", options.seed, options.shoppers,
               options.pages_before, options.page, options.pages_after, options.eta);
    MemoryShop learns, stays;
    TRY(open(learns));
    TRY(open(stays));
    PagesProgress progress;
    TRY_ASSIGN(auto report, run_ranker_loop(learns.view(), stays.view(), learn, options, std::ref(progress)));
    progress.end();
    report.ranker.name = given.learns;
    print(report);
    json::object run = to_report_json(report).as_object();
    if (given.bounds) {
      MemoryShop orders, finds;
      TRY(open(orders));
      TRY(open(finds));
      TRY_ASSIGN(const auto bounds,
                 run_ranker_bounds(orders.view(), finds.view(), options, std::ref(progress)));
      progress.end();
      print(bounds, report);
      run["bounds"] = json::array{to_report_json(bounds.candidates), to_report_json(bounds.garments)};
    }
    runs.emplace_back(std::move(run));
    means.hybrid += report.against_hybrid / static_cast<double>(given.seeds);
    means.popularity += report.against_popularity / static_cast<double>(given.seeds);
  }
  fmt::print("mean of {} seeds: {:.3f} x hybrid, {:.3f} x popularity\n", given.seeds, means.hybrid,
             means.popularity);
  if (!given.json.empty())
    TRY(write_atomically(given.json, serialize_json(report_of(given, means, std::move(runs))) + "\n"));
  return check_ratios(given, means);
}

}  // namespace

void add_simulate_ranker(CLI::App& app, Command& chosen) {
  auto* simulate = app.add_subcommand("simulate", "Let simulated shoppers judge what was learned from them");
  simulate->require_subcommand(1);
  auto* command = simulate->add_subcommand(
      "ranker",
      "Let simulated shoppers look at pages of the hybrid, train on this log, and compare the like rates "
      "with\n"
      "what was trained, with the hybrid, and with popular garments, on the pages that follow");
  auto given = std::make_shared<RankerLoopArguments>();
  auto& options = given->options;
  command
      ->add_option(
          "--learns", given->learns,
          "What is trained: ranker; next-choices (needs 500 shoppers); both of these; taste, after half of\n"
          "the pages before and after all; taste-and-ranker (ranker)")
      ->check(CLI::IsMember({"ranker", "next-choices", "both", "taste", "taste-and-ranker"}));
  command
      ->add_option("--debiasing", given->debiasing,
                   "How the ranker corrects for position: weights, offsets, pairs (as `train ranker`)")
      ->check(CLI::IsMember({"weights", "offsets", "pairs"}));
  command->add_flag("--sources-alone", given->sources_alone,
                    "The ranker reads how the sources rank a garment and who asks, nothing of the garment");
  command->add_flag("--bounds", given->bounds,
                    "Also what nobody can pass: candidates and all garments in the order of the true liking");
  command->add_option("--shoppers", options.shoppers, with_default("How many", options.shoppers))
      ->check(CLI::Range(1, 100'000));
  command
      ->add_option("--before", options.pages_before,
                   with_default("Pages of each shopper before the training", options.pages_before))
      ->check(CLI::Range(1, 1'000));
  command
      ->add_option("--after", options.pages_after,
                   with_default("Pages of each shopper after it", options.pages_after))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--page", options.page, with_default("Garments of a page", options.page))
      ->check(CLI::Range(2, 100));
  command
      ->add_option("--eta", options.eta,
                   with_default("Position p, from 0, is looked at with (1 + p)^-ETA", options.eta))
      ->check(number_range(0, 3));
  command
      ->add_option("--seeds", given->seeds,
                   with_default("How many simulations, from --seed on", given->seeds))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seed", options.seed, with_default("Replays the same simulation", options.seed));
  command->add_option("--json", given->json, "Write the figures to this file, for docs/reports");
  command->add_option("--against-hybrid-min", given->against_hybrid_min,
                      "Fail when the mean ratio to the hybrid is below");
  command->add_option("--against-popularity-min", given->against_popularity_min,
                      "Fail when the mean ratio to popular garments is below");
  runs(command, chosen, given, simulate_ranker);
  add_simulate_debiasing(*simulate, chosen);
  add_simulate_exploration(*simulate, chosen);
}

}  // namespace modiste
