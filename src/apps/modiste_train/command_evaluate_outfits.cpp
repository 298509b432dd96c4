#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "learning/datasets/curated_outfits.h"
#include "learning/evaluation/evaluate_outfits.h"
#include "learning/models/outfit_models.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"

namespace modiste {
namespace {

struct OutfitsArguments {
  std::vector<std::string> train, outfits, models;
  std::string questions, compatibility, valid, curated;
  double teach = 0;
  EvaluateOutfitsOptions options;
  std::string out = "outfits.json";
};

Result<std::vector<std::unique_ptr<OutfitModel>>> outfit_models(const std::vector<std::string>& names,
                                                                bool served) {
  std::vector<std::unique_ptr<OutfitModel>> models;
  for (const std::string& name : names) {
    TRY_ASSIGN(auto model, make_outfit_model(name, served));
    models.push_back(std::move(model));
  }
  return models;
}

OutfitsReport judge_and_print(const OutfitTask& task, std::span<const std::unique_ptr<OutfitModel>> models,
                              const EvaluateOutfitsOptions& options) {
  auto report = evaluate_outfits(task, models, options,
                                 [](const std::string& line) { fmt::print(stderr, "  {}\n", line); });
  fmt::print("{}", to_report_text(report));
  return report;
}

Result<Done> evaluate_outfit_files(const OutfitsArguments& given) {
  if (given.train.empty())
    return Error{Code::kInvalid, "there is nothing to learn from", "",
                 "--train with outfits, or --curated with those of the shop"};
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
  TRY_ASSIGN(const auto models, outfit_models(given.models, false));
  TRY_ASSIGN(const OutfitTask task, read_outfit_task(files));
  return write_report(given.out, to_report_json(judge_and_print(task, models, given.options)));
}

// Half teaches and half is tested, twice: outfits as drawn, and brands that training never saw.
Result<Done> evaluate_curated(const Config& config, const OutfitsArguments& given) {
  TRY_ASSIGN(const auto models, outfit_models(given.models, true));
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto shop, OpenShop::open(view.config()));
  const CatalogService& catalog = shop->services().catalog();
  const auto snapshot = catalog.view().snapshot();
  TRY_ASSIGN(const auto curated, read_curated_outfits(given.curated, {*snapshot, catalog.embeddings(),
                                                                      catalog.view().vocabulary()}));
  fmt::print("{} outfits; {} left out, {} pieces are not sold\n", curated.outfits.size(), curated.left_out,
             curated.unknown);
  json::object all;
  for (const auto& [name, split] :
       {std::pair("drawn", CuratedSplit::kDrawn), {"brands", CuratedSplit::kBrands}}) {
    fmt::print("\n== half teaches, half is tested: {}\n", name);
    const OutfitTask task = split_curated(curated, split, given.options.seed);
    all[name] = to_report_json(judge_and_print(task, models, given.options));
  }
  return write_report(given.out, all);
}

}  // namespace

void add_evaluate_outfits(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand(
      "outfits",
      "How well models know what is worn together: fill in the blank and compatibility, on the Maryland\n"
      "Polyvore files as published, or on questions made of --valid. Files are plain or gzip. Writes JSON.");
  auto given = std::make_shared<OutfitsArguments>();
  given->models = outfit_model_names();
  command->add_option("--train", given->train,
                      "Outfits to learn from: train_no_dup.json or lists of categories; may be repeated");
  command->add_option("--questions", given->questions, "fill_in_blank_test.json");
  command->add_option("--compat", given->compatibility, "fashion_compatibility_prediction.txt");
  command->add_option("--outfits", given->outfits,
                      "The outfits that questions and lines name: test_no_dup.json; may be repeated");
  command->add_option(
      "--valid", given->valid,
      "Outfits to make questions and lines of: wrong answers drawn at random, and drawn from\n"
      "the same category");
  command->add_option(
      "--curated", given->curated,
      "Instead: outfits of the shop's own garments, one a line of JSON; tested on outfits and on\n"
      "brands that training does not see");
  command
      ->add_option("--teach", given->teach,
                   with_default("Share of --valid, drawn, that teaches instead", given->teach))
      ->check(number_range(0, 0.95));
  command->add_option("--models", given->models, "Which")->delimiter(',')->capture_default_str();
  command
      ->add_option("--seeds", given->options.seeds,
                   with_default("How often trained models are fitted", given->options.seeds))
      ->check(CLI::Range(1, 100));
  command->add_option("--seed", given->options.seed,
                      with_default("Of draws; the first of the seeds", given->options.seed));
  command
      ->add_option("--resamples", given->options.resamples,
                   with_default("Of the bootstrap", given->options.resamples))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--out", given->out, "The report (outfits.json)");
  runs(command, chosen, given, [](const Config& config, const OutfitsArguments& a) {
    return a.curated.empty() ? evaluate_outfit_files(a) : evaluate_curated(config, a);
  });
}

}  // namespace modiste
