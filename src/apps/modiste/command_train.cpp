#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/progress.h"
#include "apps/modiste/shop.h"
#include "apps/modiste/training_sets.h"
#include "training/train_encoder.h"

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
  TRY_ASSIGN(const Towers towers, open_towers(config.encoder_threads));
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

}  // namespace

void add_train(CLI::App& app, Command& chosen) {
  auto* train_command = app.add_subcommand("train", "Train a model from described photos");
  train_command->require_subcommand(1);
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
