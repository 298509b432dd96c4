#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <span>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste_train/training_flags.h"
#include "history/history_formats.h"
#include "io/file_input.h"
#include "learning/datasets/imported_history.h"
#include "learning/evaluation/context_report.h"
#include "learning/evaluation/embedding_report.h"
#include "learning/evaluation/evaluate_embedding.h"
#include "learning/evaluation/evaluate_unseen.h"
#include "learning/evaluation/fit_report.h"
#include "shop/console/progress_line.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "style/aesthetic_clusters.h"

namespace modiste {
namespace {

struct EvaluateArguments {
  TrainingSetArguments sets;
  EvaluateEmbeddingOptions options;
  std::string out = "embedding.json";
};

struct DescribedPhotos {
  TrainEncoderOptions sets;
  ExaminedPhotos photos;
  TextFeatureTable texts;
};

// more: adds texts beside the photos' own.
Result<DescribedPhotos> read_described(
    const Config& config, const TrainingSetArguments& given,
    const std::function<std::vector<std::string>(const std::vector<PhotoExample>&)>& more = {}) {
  DescribedPhotos read;
  TRY_ASSIGN(read.sets, training_options(given));
  TRY_ASSIGN(const Towers towers, open_towers(config.embedding.threads));
  std::unique_ptr<ProgressLine> line;
  TRY_ASSIGN(read.photos,
             read_examples(read.sets, towers, Vocabulary::standard(), [&](const PhotoProgress& progress) {
               if (line == nullptr) line = std::make_unique<ProgressLine>("photos", progress.total);
               line->at(progress.done, fmt::format("{} computed", progress.computed));
             }));
  line.reset();
  TRY_ASSIGN(read.texts,
             read_text_features(read.sets, read.photos.examples,
                                more ? more(read.photos.examples) : std::vector<std::string>{}, towers));
  return read;
}

Result<Done> evaluate(const Config& config, const EvaluateArguments& given) {
  const auto started = std::chrono::steady_clock::now();
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(const auto read, read_described(config, given.sets, [&](const auto& examples) {
               return label_prompts(examples, given.options.source, vocabulary);
             }));
  EvaluateEmbeddingOptions options = given.options;
  options.fitting = read.sets.fitting;
  TRY_ASSIGN(
      auto report,
      evaluate_embedding(read.photos.examples, read.texts, vocabulary, options, [](const FoldSummary& fold) {
        fmt::print(
            "  fold of {} senders, {} photos: precision {:.3f} (raw ResNet-50 {:.3f}), zero-shot {:.3f}\n",
            fold.senders, fold.photos_tested, fold.precision_modiste, fold.precision_resnet, fold.zero_shot);
      }));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return write_report(given.out, to_report_json(report));
}

void print(const UnseenSet& set, const EvaluateUnseenOptions& options) {
  fmt::print("\ntrained without {}, tested on its {} photos, {} of a known colour\n", set.source, set.photos,
             set.coloured);
  fmt::print("  {:<12} {:>8} {:>8} {:>8}   precision@{}\n", "vectors", "type", "colour", "both", options.k);
  for (const auto& row : set.neighbours)
    fmt::print("  {:<12} {:>8.3f} {:>8.3f} {:>8.3f}\n", row.vectors, row.type, row.colour, row.both);
  if (set.texts > 0)
    fmt::print("  text finds its bare photo among {}: {:.3f} of {}\n", options.recall_at, set.text_recall,
               set.texts);
  if (set.colours_named.photos > 0)
    fmt::print("  colours named as the shop does: {:.3f} of {}; by nearest anchor {:.3f}\n",
               set.colours_named.learned, set.colours_named.photos, set.colours_named.anchors);
  for (const auto& row : set.tags)
    fmt::print("  tag {:<11} {:5.1f}% right, {} of {} kept from confidence {:.2f}\n", row.facet,
               100 * row.precision, row.kept, row.examples, row.keep_from);
  for (const auto& row : set.conflicts) fmt::print("  conflict {}\n", describe(row));
}

struct UnseenArguments {
  TrainingSetArguments sets;
  std::string sheets;  // folder; empty: none
};

void print(const std::vector<AlikeBound>& bounds) {
  fmt::print(
      "  pairs of garments of one role at a cosine of at least: of one type / of like colours / both\n");
  for (const auto& row : bounds)
    fmt::print("    {:.2f} {:>7} pairs {:.3f} {:.3f} {:.3f}\n", row.cosine, row.pairs, row.type, row.colour,
               row.both);
}

Result<Done> evaluate_unseen_sets(const Config& config, const UnseenArguments& given) {
  TRY_ASSIGN(const auto read, read_described(config, given.sets));
  EvaluateUnseenOptions options;
  options.makes_sheets = !given.sheets.empty();
  options.fitting = read.sets.fitting;
  options.looked_at = read.sets.looked_at;
  const auto progress = [&](const UnseenSet& set) {
    print(set, options);
    print(set.alike);
  };
  TRY_ASSIGN(const auto sets,
             evaluate_unseen(read.photos.examples, read.texts, Vocabulary::standard(), options, progress));
  for (const auto& set : sets)
    for (const auto& sheet : set.sheets) {
      TRY(write_sheet(sheet, given.sheets));
      fmt::print("{}\n", (std::filesystem::path(given.sheets) / (sheet.name + ".html")).string());
    }
  return kOk;
}

// Rent the Runway's rentals, plain or gzip, as `modiste import rtr` reads them.
ImportedSet rentals_in(const std::string& file) {
  HistoryOptions options;
  options.now = SystemClock().now();
  return {&kRtrHistory, options, [file]() -> Result<std::unique_ptr<FeedInput>> {
            TRY_ASSIGN(auto input, FileInput::open(file));
            return std::unique_ptr<FeedInput>(std::make_unique<FileInput>(std::move(input)));
          }};
}

struct FitArguments {
  std::string rtr, out = "fit.json";
};

void print_bounds(std::string_view whose, std::span<const FitBound> bounds) {
  fmt::print("    P(fit) of {}, of the {} rows of the size that it advises:\n", whose, bounds.front().rows);
  for (const FitBound& one : bounds)
    fmt::print("      >= {:.2f}: {:5.1f}% of them, {:.1f}% of these fitted\n", one.bound, 100 * one.share,
               100 * one.fitted);
}

Result<Done> evaluate_sizes(const FitArguments& given) {
  TRY_ASSIGN(const ImportedFit read, read_fit_rows(rentals_in(given.rtr), Vocabulary::standard()));
  fmt::print("  {} rentals; of {} rows {} are refused, {} repeated, {} without a size or fit\n",
             read.rows.size(), read.count.rows, read.count.refused, read.count.repeated, read.left_out);
  FitReport reports[2];
  for (const bool shuffled : {false, true}) {
    const auto started = std::chrono::steady_clock::now();
    EvaluateFitOptions options;
    options.shuffled = shuffled;
    options.training.meaning = FitMeaning::kReview;  // the set's shoppers review how a garment runs
    TRY_ASSIGN(auto report, evaluate_fit(read.rows, options));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    fmt::print("  {}\n", shuffled ? "tested on a random draw" : "tested on the latest");
    for (const auto& scores : report.all)
      fmt::print("    {:<32} AUC {:.4f}  log-loss {:.4f}  accuracy {:.4f}\n", scores.name, scores.auc,
                 scores.log_loss, scores.accuracy);
    print_bounds("the model", report.bounds);
    print_bounds("a model that is not trained", report.bounds_untrained);
    reports[shuffled ? 1 : 0] = std::move(report);
  }
  return write_report(given.out, to_report_json(reports[0], reports[1]));
}

// The styles that the shop's catalog falls into, largest first.
Result<Done> evaluate_clusters(const Config& config) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto shop, OpenShop::open(view.config()));
  Shop& services = shop->services();
  const auto snapshot = services.catalog().view().snapshot();
  std::vector<std::shared_ptr<const ItemEmbedding>> embeddings;
  std::vector<ClusterItem> items;
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    if (!snapshot->facts(slot).live) continue;
    embeddings.push_back(services.catalog().embeddings().get(slot));
    items.push_back(
        {&snapshot->facts(slot), embeddings.back() ? embeddings.back()->vector : std::span<const float>()});
  }
  const auto clusters = AestheticClusters::learn(items, services.catalog().view().vocabulary(), {});
  fmt::print("{} items in {} clusters\n", items.size(), clusters.size());
  for (size_t k = 0; k < clusters.size(); ++k) {
    const auto& cluster = clusters.cluster(k);
    fmt::print("\n{:>5}  {}\n       ", cluster.items, cluster.name);
    constexpr size_t kShown = 6;
    for (size_t i = 0; i < std::min(kShown, cluster.attributes.size()); ++i)
      fmt::print("{} {:.0f}% ({:.0f}%)  ", cluster.attributes[i].label,
                 100 * cluster.attributes[i].share_inside, 100 * cluster.attributes[i].share_outside);
  }
  fmt::print("\n");
  return kOk;
}

struct ContextArguments {
  std::string rtr;
  std::string out = "context.json";
};

Result<Done> evaluate_occasions(const ContextArguments& given) {
  const auto started = std::chrono::steady_clock::now();
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(const auto said, read_said_occasions(rentals_in(given.rtr), vocabulary));
  TRY_ASSIGN(auto report, evaluate_context(said, vocabulary));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  fmt::print("{}", to_report_text(report));
  return write_report(given.out, to_report_json(report));
}

void add_evaluate_context(CLI::App& parent, Command& chosen) {
  auto* command =
      parent.add_subcommand("context",
                            "Occasion prediction on Rent the Runway, split by time: the prior table "
                            "beside the learned model. Writes JSON.");
  auto given = std::make_shared<ContextArguments>();
  command->add_option("--rtr", given->rtr, "Rent the Runway's rentals, CSV or gzip")->required();
  command->add_option("--out", given->out, "The report (context.json)");
  runs(command, chosen, given,
       [](const Config&, const ContextArguments& a) { return evaluate_occasions(a); });
}

}  // namespace

void add_evaluate(CLI::App& app, Command& chosen) {
  auto* parent = app.add_subcommand("evaluate", "Measure a model");
  parent->require_subcommand(1);
  add_evaluate_context(*parent, chosen);
  add_evaluate_next_item(*parent, chosen);
  add_evaluate_search(*parent, chosen);
  add_evaluate_sheets(*parent, chosen);
  add_evaluate_sequences(*parent, chosen);
  add_evaluate_outfits(*parent, chosen);
  add_evaluate_policy(*parent, chosen);
  add_evaluate_challenger(*parent, chosen);
  auto* command = parent->add_subcommand("embedding",
                                         "Neighbours and zero-shot labels by sender-wise folds, beside raw "
                                         "ResNet-50 features. Writes JSON.");
  auto given = std::make_shared<EvaluateArguments>();
  add_training_sets(*command, given->sets);
  command->add_option("--folds", given->options.folds, with_default("How many", given->options.folds))
      ->check(CLI::Range(2, 20));
  command->add_option("--out", given->out, "The report (embedding.json)");
  runs(command, chosen, given, evaluate);

  auto* unseen = parent->add_subcommand(
      "unseen",
      "Each set of photos is left out of training and then tested: type and colour of neighbours beside raw "
      "ResNet-50 and colours alone, search by text, tags. Give two sets or more.");
  auto sets = std::make_shared<UnseenArguments>();
  add_training_sets(*unseen, sets->sets);
  unseen->add_option("--sheets", sets->sheets, "Folder for contact sheets, as HTML pages");
  runs(unseen, chosen, sets, evaluate_unseen_sets);

  auto* fit = parent->add_subcommand(
      "fit", "The size model on Rent the Runway's reports, beside baselines. Writes JSON.");
  auto sizes = std::make_shared<FitArguments>();
  fit->add_option("--rtr", sizes->rtr, "Rent the Runway's rentals, CSV or gzip")->required();
  fit->add_option("--out", sizes->out, "The report (fit.json)");
  runs(fit, chosen, sizes, [](const Config&, const FitArguments& a) { return evaluate_sizes(a); });

  auto* clusters = parent->add_subcommand(
      "clusters",
      "The style clusters of the shop: name, size, and the attributes that set each apart, "
      "with their share inside (and outside)");
  clusters->callback([&chosen] { chosen = evaluate_clusters; });
}

}  // namespace modiste
