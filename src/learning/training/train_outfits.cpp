#include "learning/training/train_outfits.h"

#include <fmt/format.h>

#include <memory>

#include "learning/models/outfit_statistics.h"
#include "learning/models/outfit_transformer.h"

namespace modiste {
namespace {

// What teaches: outfits of which half is held out first, and others beside them.
struct TaughtOutfits {
  CuratedExamples held;
  std::vector<ItemList> beside;
  std::string described;
};

Result<TaughtOutfits> read_taught(const TrainOutfitsFiles& files, const CuratedShop& shop) {
  TaughtOutfits taught;
  if (!files.curated.empty()) {
    TRY_ASSIGN(taught.held, read_curated_outfits(files.curated, shop));
    taught.described = fmt::format("{} outfits curated over the shop's catalog", taught.held.outfits.size());
  }
  if (!files.polyvore.empty()) {
    TRY_ASSIGN(taught.beside, read_polyvore_outfits(files.polyvore, taught.held.items));
    taught.held.brands.resize(taught.held.items.items.size());
    taught.described +=
        fmt::format("{}{} outfits of Polyvore", taught.described.empty() ? "" : ", ", taught.beside.size());
  }
  if (files.curated.empty()) taught.held.outfits.swap(taught.beside);
  return taught;
}

}  // namespace

Result<TrainedOutfits> train_outfits(const TrainOutfitsFiles& files, const CuratedShop& shop,
                                     const std::function<void(const std::string&)>& progress) {
  if (files.curated.empty() && files.polyvore.empty())
    return Error{Code::kInvalid, "there is nothing to learn from", "",
                 "--curated with outfits of the shop, --polyvore, or both"};
  TRY_ASSIGN(TaughtOutfits taught, read_taught(files, shop));
  const CuratedExamples& curated = taught.held;
  const EvaluateOutfitsOptions evaluation;
  const OutfitTransformerOptions options = served_outfit_options({true, true, false});
  OutfitTask task = split_curated(curated, CuratedSplit::kDrawn, evaluation.seed);
  if (task.train.size() < kSetsMin)
    return Error{Code::kInvalid, fmt::format("there are {} outfits", curated.outfits.size()),
                 (files.curated.empty() ? files.polyvore : files.curated).string(),
                 fmt::format("at least {}", 2 * kSetsMin)};
  task.train.insert(task.train.end(), taught.beside.begin(), taught.beside.end());
  std::vector<std::unique_ptr<OutfitModel>> models;
  models.push_back(std::make_unique<OutfitPairs>());
  models.push_back(std::make_unique<OutfitTransformer>("transformer", options));
  TrainedOutfits trained;
  trained.report = evaluate_outfits(task, models, evaluation, progress);
  const auto &floor = trained.report.models[0], &learned = trained.report.models[1];
  if (learned.areas[0].score.mean <= floor.areas[0].score.mean)
    return Error{Code::kConflict, "the trained model knows outfits less well than pairs of categories do", "",
                 "more outfits; no model was published"};
  OutfitTransformer model("transformer", options);
  std::vector<ItemList> all = curated.outfits;
  all.insert(all.end(), taught.beside.begin(), taught.beside.end());
  model.fit({curated.items, all, evaluation.seed, progress});
  CHECK(model.network() != nullptr);
  trained.payload = model.network()->serialize();
  trained.draft.name = "outfits";
  trained.draft.kind = std::string(SetTransformer::kKind);
  trained.draft.trained_on = taught.described;
  trained.draft.settings = {{"width", static_cast<double>(options.width)},
                            {"layers", static_cast<double>(options.layers)},
                            {"seed", static_cast<double>(evaluation.seed)}};
  trained.draft.metrics = {{"held_out", static_cast<double>(learned.filled[0].count)},
                           {"fill_in_the_blank", learned.filled[0].score.mean},
                           {"auc", learned.areas[0].score.mean},
                           {"auc.category_pairs", floor.areas[0].score.mean},
                           {"auc.same_category", learned.areas[1].score.mean}};
  return trained;
}

}  // namespace modiste
