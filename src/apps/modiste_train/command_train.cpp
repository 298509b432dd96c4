#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste_train/publish.h"
#include "apps/modiste_train/scheduled_training.h"
#include "apps/modiste_train/training_flags.h"
#include "events/events_until.h"
#include "learning/datasets/fit_history.h"
#include "learning/datasets/occasion_history.h"
#include "learning/evaluation/evaluate_fit.h"
#include "learning/registry/metric_names.h"
#include "learning/training/occasion_training.h"
#include "learning/training/train_encoder.h"
#include "learning/training/train_outfits.h"
#include "shop/console/progress_line.h"
#include "shop/models/served_models.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "style/fit_format.h"

namespace modiste {
namespace {

std::string describe(const HeadEpoch& epoch) {
  const HeadMetrics& judged = epoch.validation ? *epoch.validation : epoch.training;
  return fmt::format("epoch {:>3}  loss {:.4f}{}{}", epoch.epoch, judged.loss,
                     epoch.validation ? " (held out)" : "", epoch.best ? "  best so far" : "");
}

std::string describe(const FacetPrecision& row) {
  if (row.kept == 0)
    return fmt::format("{:<12} never kept: {:.0f}% of {} would be right", row.facet, 100 * row.precision,
                       row.examples);
  return fmt::format("{:<12} kept from confidence {:.2f}: {} of {}, {:.0f}% right", row.facet, row.keep_from,
                     row.kept, row.examples, 100 * row.precision);
}

Result<Done> train_heads(const Config& config, const TrainingSetArguments& given, const PublishFlags& flags) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(const TrainEncoderOptions options, training_options(given));
  TRY_ASSIGN(const Towers towers, open_towers(config.embedding.threads));
  std::unique_ptr<ProgressLine> line;
  TrainEncoderProgress progress;
  progress.photos = [&](const PhotoProgress& photos) {
    if (line == nullptr) line = std::make_unique<ProgressLine>("photos", photos.total);
    line->at(photos.done, fmt::format("{} computed", photos.computed));
  };
  progress.texts = [&](size_t texts) { line = std::make_unique<ProgressLine>("texts", 0), line->at(texts); };
  progress.epoch = [&](const HeadEpoch& epoch) {
    line.reset();
    fmt::print(stderr, "  {}\n", describe(epoch));
    return true;
  };
  TRY_ASSIGN(const auto trained, train_encoder(options, towers, vocabulary, progress));
  line.reset();
  fmt::print("{}: {} photos ({} held out), {} texts, {} refused\nfrom {}\n", trained.name,
             trained.photos_training, trained.photos_validation, trained.texts, trained.photos_refused,
             trained.draft.trained_on);
  for (const auto& facet : trained.calibration)
    fmt::print("  {:<12} {:5.1f}% of {} held out, temperature {:.2f}\n", facet.facet, 100 * facet.accuracy,
               facet.examples, facet.temperature);
  fmt::print("tags on sets of photos left out of training:\n");
  for (const auto& row : trained.tags) fmt::print("  {}\n", describe(row));
  fmt::print("photos against words on the same sets, one photo in {} exchanged:\n", kExchangedOneIn);
  for (const auto& row : trained.conflicts) fmt::print("  {}\n", describe(row));
  return publish(config, flags, trained.draft, trained.heads);
}

std::string day_text(TimePoint at) { return to_rfc3339(at).substr(0, 10); }

void print(const OccasionHistory& history) {
  fmt::print(
      "{} events, {} stated occasions; left out: {} repeats on the same day, {} bot or accidental events, {} "
      "without consent to training or erased, {} invalid time zones\n{} are from shoppers with known "
      "choices\n",
      history.events, history.said.size(), history.repeated, history.noise, history.without_consent,
      history.unusable, history.with_recent);
}

void print(const OccasionTraining& training) {
  for (const auto& trial : training.trials)
    fmt::print("  half-life {:>4.0f} days, L2 {:>4.0f}   log-loss {:.4f} on the days that choose\n",
               trial.half_life_days, trial.l2, trial.log_loss);
  fmt::print("half-life {:.0f} days and L2 {:.0f}; {} of {} to {} taught, {} of {} to {} were held out\n",
             training.half_life_days, training.l2, training.trained, day_text(training.first),
             day_text(training.split), training.held_out, day_text(training.split), day_text(training.last));
  for (const ContextScores* scores : {&training.table, &training.frequencies, &training.learned})
    fmt::print("  {:<12} log-loss {:.4f}   likeliest is right {:.1f}%\n", scores->name, scores->log_loss,
               100 * scores->accuracy);
  fmt::print("  less than the table's by {:+.4f} ({:+.4f} to {:+.4f}), {} shoppers judge\n",
             training.gain.mean, training.gain.low, training.gain.high, training.judges);
}

Result<Done> train_occasion_model(const Config& config, const PublishFlags& flags, TimePoint as_of) {
  TRY_ASSIGN(auto history, read_log(config, [&](const auto& log, const auto& store, const auto& progress) {
               const EventsUntil then(log, as_of);
               return read_occasion_history({then, store}, Vocabulary::standard(), {}, progress);
             }));
  print(history);
  std::unique_ptr<ProgressLine> line;
  auto training =
      train_occasions(std::move(history.said), Vocabulary::standard(), {}, [&](size_t fit, size_t of) {
        if (line == nullptr) line = std::make_unique<ProgressLine>("fits", of);
        line->at(fit - 1);
      });
  line.reset();
  if (!training.ok()) return training.error();
  print(*training);
  return publish_gated(config, flags, kServedOccasions, draft_of(*training), training->model.serialize());
}

struct FitFlags {
  PublishFlags publish;
  std::string meaning = "outcome";
};

const FitScores& scores_of(const FitReport& report, std::string_view name) {
  const auto found = std::find_if(report.all.begin(), report.all.end(),
                                  [&](const FitScores& scores) { return scores.name == name; });
  CHECK(found != report.all.end());
  return *found;
}

// The champion is not among the judges: it has learned from the outcomes that are held out here.
Result<Done> train_fit_model(const Config& config, const FitFlags& flags, TimePoint as_of) {
  TRY_ASSIGN(const auto history,
             read_log(config, [&](const auto& log, const auto& store, const auto& progress) {
               return read_fit_history(EventsUntil(log, as_of), store, Vocabulary::standard(), progress);
             }));
  fmt::print(
      "{} events, {} outcomes of sizes; left out: {} of robots, {} without consent to training or erased\n",
      history.events, history.rows.size(), history.noise, history.without_consent);
  EvaluateFitOptions options;
  options.training.meaning = *enum_from_name<FitMeaning>(flags.meaning);
  TRY_ASSIGN(const auto report, evaluate_fit(history.rows, options));
  for (const auto& scores : report.all)
    fmt::print("  {:<22} AUC {:.4f}  log-loss {:.4f}  accuracy {:.4f}\n", scores.name, scores.auc,
               scores.log_loss, scores.accuracy);
  const FitScores &model = report.served, &shares = scores_of(report, "class prior");
  fmt::print("as they serve, garments learned outcome by outcome; {} shoppers judge:\n", report.judges);
  for (const FitScores* scores : {&model, &report.untrained})
    fmt::print("  {:<22} AUC {:.4f}  log-loss {:.4f}  accuracy {:.4f}\n", scores->name, scores->auc,
               scores->log_loss, scores->accuracy);
  TRY_ASSIGN(const auto trained, train_fit(history.rows, options.training));
  ModelDraft draft;
  draft.name = kServedFit.name;
  draft.kind = kFitModelKind;
  draft.trained_on = fmt::format("{} outcomes of sizes, meaning {}", report.rows, flags.meaning);
  draft.data_from = history.first;
  draft.data_until = history.last;
  draft.settings = {{"rounds", options.training.rounds}, {"ridge", options.training.ridge}};
  using namespace metric_names;
  draft.metrics = {{"held_out", static_cast<double>(report.tested)},
                   {kJudges, static_cast<double>(report.judges)},
                   {"auc", model.auc},
                   {kLogLoss, model.log_loss},
                   {name_of(kLogLoss, kShares), shares.log_loss},
                   {name_of(kLogLoss, kUntrained), report.untrained.log_loss},
                   {name_of(kGainLow, kShares), report.over_prior.low},
                   {name_of(kGainHigh, kShares), report.over_prior.high},
                   {name_of(kGainLow, kUntrained), report.over_untrained.low},
                   {name_of(kGainHigh, kUntrained), report.over_untrained.high}};
  return publish_gated(config, flags.publish, kServedFit, draft, serialize_fit(trained.parameters()));
}

struct OutfitFlags {
  PublishFlags publish;
  std::string curated, polyvore;
};

Result<Done> train_outfit_model(const Config& config, const OutfitFlags& flags) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto shop, OpenShop::open(view.config()));
  const CatalogService& catalog = shop->services().catalog();
  const auto snapshot = catalog.view().snapshot();
  TRY_ASSIGN(const auto trained,
             train_outfits({flags.curated, flags.polyvore},
                           {*snapshot, catalog.embeddings(), catalog.view().vocabulary()},
                           [](const std::string& line) { fmt::print(stderr, "  {}\n", line); }));
  fmt::print("{}", to_report_text(trained.report));
  return publish(config, flags.publish, trained.draft, trained.payload);
}

void add_train_outfits(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand("outfits",
                                        "Learn what is worn together from outfits of the shop's own "
                                        "garments, or of Polyvore alone. Half of them\n"
                                        "is held out first, to compare the model with pairs of categories.");
  auto flags = std::make_shared<OutfitFlags>();
  command->add_option("--curated", flags->curated, "Outfits, one a line of JSON, as `draw_shop` writes them");
  command->add_option("--polyvore", flags->polyvore,
                      "Outfits of Polyvore that teach categories, besides or alone; plain or gzip");
  add_publish_flags(*command, flags->publish);
  runs(command, chosen, flags, train_outfit_model);
}

void add_train_occasions(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "occasions",
      "Learn from the event log what shoppers dress for: events and requests whose context says\n"
      "an occasion. The last days are held out to compare it with the prior table.");
  auto flags = std::make_shared<PublishFlags>();
  add_publish_flags(*command, *flags);
  runs(command, chosen, flags, [](const Config& config, const PublishFlags& given) {
    return train_occasion_model(config, given, kWholeLog.as_of);
  });
}

void add_train_fit(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "fit",
      "Learn from the event log how sizes fit: purchases and reviews that say it, returns as too small\n"
      "or too large. The latest fifth is held out.");
  auto flags = std::make_shared<FitFlags>();
  add_publish_flags(*command, flags->publish);
  command
      ->add_option("--meaning", flags->meaning,
                   "What the outcomes report: outcome, how the size fitted this shopper; review, how the\n"
                   "garment runs (outcome)")
      ->check(CLI::IsMember({"outcome", "review"}));
  runs(command, chosen, flags, [](const Config& config, const FitFlags& given) {
    return train_fit_model(config, given, kWholeLog.as_of);
  });
}

void add_train_encoder(CLI::App& parent, Command& chosen) {
  auto* command =
      parent.add_subcommand("encoder",
                            "Fit the projection heads that bring photos and words into one "
                            "space. Give at least one set to learn from.\nA shop uses a new "
                            "champion from its next start, which embeds all garments again before it "
                            "serves: that takes as long as an import.");
  struct Flags {
    TrainingSetArguments sets;
    PublishFlags publish;
  };
  auto flags = std::make_shared<Flags>();
  add_training_sets(*command, flags->sets);
  add_publish_flags(*command, flags->publish);
  runs(command, chosen, flags,
       [](const Config& config, const Flags& f) { return train_heads(config, f.sets, f.publish); });
}

}  // namespace

Result<Done> train_fit_scheduled(const Config& config, const ScheduledTraining& training) {
  return train_fit_model(config, {}, training.as_of);
}

Result<Done> train_occasions_scheduled(const Config& config, const ScheduledTraining& training) {
  return train_occasion_model(config, {}, training.as_of);
}

void add_train(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand(
      "train", "Train a model from described photos, or from the shop's own log, and publish it");
  command->require_subcommand(0, 1);
  add_train_schedule(*command, chosen);
  add_train_occasions(*command, chosen);
  add_train_fit(*command, chosen);
  add_train_ranker(*command, chosen);
  add_train_next_choices(*command, chosen);
  add_train_taste(*command, chosen);
  add_train_outfits(*command, chosen);
  add_train_encoder(*command, chosen);
}

}  // namespace modiste
