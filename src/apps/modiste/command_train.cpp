#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/training_flags.h"
#include "io/atomic_write.h"
#include "learning/datasets/occasion_history.h"
#include "learning/training/occasion_training.h"
#include "learning/training/train_encoder.h"
#include "shop/open_shop.h"
#include "shop/progress.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/sealed_log.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

std::string describe(const HeadEpoch& epoch) {
  const HeadMetrics& judged = epoch.validation ? *epoch.validation : epoch.training;
  return fmt::format("epoch {:>3}  loss {:.4f}{}{}", epoch.epoch, judged.loss,
                     epoch.validation ? " (held out)" : "", epoch.best ? "  best so far" : "");
}

Result<Done> train(const Config& config, const TrainingSetArguments& given,
                   const std::filesystem::path& out) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(TrainEncoderOptions options, training_options(given));
  options.output = out;
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
  TRY_ASSIGN(const auto report, train_encoder(options, towers, vocabulary, progress));
  line.reset();
  fmt::print("{}: {} photos ({} held out), {} texts, {} refused\nfrom {}\n", report.name,
             report.photos_training, report.photos_validation, report.texts, report.photos_refused,
             report.trained_on);
  for (const auto& facet : report.calibration)
    fmt::print("  {:<12} {:5.1f}% of {} held out, temperature {:.2f}\n", facet.facet, 100 * facet.accuracy,
               facet.examples, facet.temperature);
  fmt::print("{} bytes in {}\n", report.heads_bytes, out.string());
  return kOk;
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
}

Result<OccasionHistory> read_history_of(const DataDirectory& directory, const Config& config) {
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
  std::unique_ptr<ProgressLine> line;
  std::string stage;
  return read_occasion_history(
      {*log, *store}, Vocabulary::standard(), {}, [&](std::string_view what, uint64_t done) {
        if (stage != what)
          line = std::make_unique<ProgressLine>(stage = what, what == "garments" ? 0 : log->size());
        line->at(done);
      });
}

// What guesses worse than the table does is not written: the shop goes on with what it has.
Result<Done> train_occasion_model(const Config& config) {
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(auto history, read_history_of(directory, config));
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
  if (training->learned.log_loss >= training->table.log_loss)
    return Error{Code::kConflict, "the trained model predicts the held-out days worse than the prior table",
                 "", "more said occasions; no model was written"};
  const auto path = directory.occasion_model();
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  TRY(write_atomically(path, training->model.serialize()));
  fmt::print("{}; `modiste serve` guesses by it from its next start\n", path.string());
  return kOk;
}

void add_train_occasions(CLI::App& parent, Command& chosen) {
  parent
      .add_subcommand(
          "occasions",
          "Learn from the event log what shoppers dress for: events and requests whose context says\n"
          "an occasion. The last days are held out to compare it with the prior table. Needs the data\n"
          "directory to itself, as `modiste log` does.")
      ->callback([&chosen] { chosen = train_occasion_model; });
}

}  // namespace

void add_train(CLI::App& app, Command& chosen) {
  auto* train_command =
      app.add_subcommand("train", "Train a model from described photos, or from the shop's own log");
  train_command->require_subcommand(1);
  add_train_occasions(*train_command, chosen);
  auto* command = train_command->add_subcommand("encoder",
                                                "Fit the projection heads that bring photos and words into "
                                                "one space. Give at least one set to learn from.");
  auto given = std::make_shared<TrainingSetArguments>();
  auto out = std::make_shared<std::string>("models/encoder/1");
  add_training_sets(*command, *given);
  command->add_option("--out", *out, "Folder for manifest.json and heads.safetensors (models/encoder/1)");
  command->callback([&chosen, given, out] {
    chosen = [given, out](const Config& config) { return train(config, *given, *out); };
  });
}

}  // namespace modiste
