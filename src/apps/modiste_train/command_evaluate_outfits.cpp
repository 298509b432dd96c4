#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "learning/evaluation/evaluate_outfits.h"
#include "learning/models/outfit_models.h"

namespace modiste {
namespace {

struct OutfitsArguments {
  std::vector<std::string> train, outfits, models;
  std::string questions, compatibility, valid;
  double teach = 0;
  EvaluateOutfitsOptions options;
  std::string out = "outfits.json";
};

Result<Done> evaluate_outfit_files(const OutfitsArguments& given) {
  if (given.questions.empty() && given.compatibility.empty() && given.valid.empty())
    return Error{Code::kInvalid, "there is nothing to judge by", "",
                 "--questions, --compat, or --valid to make both of its outfits"};
  OutfitFiles files;
  files.train.assign(given.train.begin(), given.train.end());
  files.outfits.assign(given.outfits.begin(), given.outfits.end());
  files.questions = given.questions;
  files.compatibility = given.compatibility;
  files.valid = given.valid;
  files.teach = given.teach;
  files.seed = given.options.seed;
  std::vector<std::unique_ptr<OutfitModel>> models;
  for (const std::string& name : given.models) {
    TRY_ASSIGN(auto model, make_outfit_model(name));
    models.push_back(std::move(model));
  }
  TRY_ASSIGN(const OutfitTask task, read_outfit_task(files));
  const auto report = evaluate_outfits(task, models, given.options,
                                       [](const std::string& line) { fmt::print(stderr, "  {}\n", line); });
  fmt::print("{}", to_report_text(report));
  return write_report(given.out, to_report_json(report));
}

}  // namespace

void add_evaluate_outfits(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand(
      "outfits",
      "How well models know what is worn together: fill in the blank and compatibility, on the Maryland\n"
      "Polyvore files as published, or on questions made of --valid. Files are plain or gzip. Writes JSON.");
  auto given = std::make_shared<OutfitsArguments>();
  given->models = outfit_model_names();
  command
      ->add_option("--train", given->train,
                   "Outfits to learn from: train_no_dup.json or lists of categories; may be repeated")
      ->required();
  command->add_option("--questions", given->questions, "fill_in_blank_test.json");
  command->add_option("--compat", given->compatibility, "fashion_compatibility_prediction.txt");
  command->add_option("--outfits", given->outfits,
                      "The outfits that questions and lines name: test_no_dup.json; may be repeated");
  command->add_option(
      "--valid", given->valid,
      "Outfits to make questions and lines of: wrong answers drawn at random, and drawn from\n"
      "the same category");
  command->add_option("--teach", given->teach, "Share of --valid, drawn, that teaches instead (0)")
      ->check(CLI::Range(0.0, 0.95));
  command->add_option("--models", given->models, "Which")->delimiter(',')->capture_default_str();
  command->add_option("--seeds", given->options.seeds, "How often trained models are fitted (1)")
      ->check(CLI::Range(1, 100));
  command->add_option("--seed", given->options.seed, "Of draws; the first of the seeds (7)");
  command->add_option("--resamples", given->options.resamples, "Of the bootstrap (1000)")
      ->check(CLI::Range(1, 100'000));
  command->add_option("--out", given->out, "The report (outfits.json)");
  runs(command, chosen, given,
       [](const Config&, const OutfitsArguments& a) { return evaluate_outfit_files(a); });
}

}  // namespace modiste
