#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/progress.h"
#include "apps/modiste/training_sets.h"
#include "evaluation/embedding_report.h"
#include "evaluation/evaluate_embedding.h"
#include "storage/files/atomic_write.h"

namespace modiste {
namespace {

struct EvaluateArguments {
  TrainingSetArguments sets;
  EvaluateEmbeddingOptions options;
  std::string out = "embedding-report";
};

Result<Done> evaluate(const Config& config, const EvaluateArguments& given) {
  const auto started = std::chrono::steady_clock::now();
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(const TrainEncoderOptions sets, training_options(given.sets));
  TRY_ASSIGN(const Towers towers, open_towers(config.encoder_threads));
  std::unique_ptr<ProgressLine> line;
  TRY_ASSIGN(const auto photos, read_examples(sets, towers, vocabulary, [&](const PhotoProgress& progress) {
               if (line == nullptr) line = std::make_unique<ProgressLine>("photos", progress.total);
               line->at(progress.done, fmt::format("{} computed", progress.computed));
             }));
  line.reset();
  TRY_ASSIGN(const auto texts,
             read_text_features(sets, photos.examples,
                                label_prompts(photos.examples, given.options.source, vocabulary), towers));
  EvaluateEmbeddingOptions options = given.options;
  options.fitting = sets.fitting;
  TRY_ASSIGN(
      auto report,
      evaluate_embedding(photos.examples, texts, vocabulary, options, [](const FoldSummary& fold) {
        fmt::print(
            "  fold of {} senders, {} photos: precision {:.3f} (raw ResNet-50 {:.3f}), zero-shot {:.3f}\n",
            fold.senders, fold.photos_tested, fold.precision_modiste, fold.precision_resnet, fold.zero_shot);
      }));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  TRY(write_atomically(given.out + ".html", to_report_html(report)));
  TRY(write_atomically(given.out + ".json", serialize_json(to_report_json(report))));
  fmt::print("{}.html and {}.json\n", given.out, given.out);
  return kOk;
}

}  // namespace

void add_evaluate(CLI::App& app, Command& chosen) {
  auto* parent = app.add_subcommand("evaluate", "Measure a model");
  parent->require_subcommand(1);
  auto* command = parent->add_subcommand("embedding",
                                         "Neighbours and zero-shot labels by sender-wise folds, beside raw "
                                         "ResNet-50 features. Writes a page and its JSON.");
  auto given = std::make_shared<EvaluateArguments>();
  add_training_sets(*command, given->sets);
  command->add_option("--folds", given->options.folds, "How many (4)")->check(CLI::Range(2, 20));
  command->add_option("--out", given->out, "Report without its ending (embedding-report)");
  command->callback(
      [&chosen, given] { chosen = [given](const Config& config) { return evaluate(config, *given); }; });
}

}  // namespace modiste
