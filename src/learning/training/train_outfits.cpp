#include "learning/training/train_outfits.h"

#include <fmt/format.h>

#include <memory>

#include "learning/models/outfit_statistics.h"
#include "learning/models/outfit_transformer.h"

namespace modiste {
Result<TrainedOutfits> train_outfits(const TrainOutfitsFiles& files, const CuratedShop& shop,
                                     const std::function<void(const std::string&)>& progress) {
  TRY_ASSIGN(auto curated, read_curated_outfits(files.curated, shop));
  std::vector<ItemList> polyvore;
  if (!files.polyvore.empty()) {
    TRY_ASSIGN(polyvore, read_polyvore_outfits(files.polyvore, curated.items));
    curated.brands.resize(curated.items.items.size());
  }
  const EvaluateOutfitsOptions evaluation;
  const OutfitTransformerOptions options = served_outfit_options({true, true, false});
  OutfitTask task = split_curated(curated, CuratedSplit::kDrawn, evaluation.seed);
  if (task.train.size() < kSetsMin)
    return Error{Code::kInvalid, fmt::format("there are {} outfits", curated.outfits.size()),
                 files.curated.string(), fmt::format("at least {}", 2 * kSetsMin)};
  task.train.insert(task.train.end(), polyvore.begin(), polyvore.end());
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
  all.insert(all.end(), polyvore.begin(), polyvore.end());
  model.fit({curated.items, all, evaluation.seed, progress});
  CHECK(model.network() != nullptr);
  trained.payload = model.network()->serialize();
  trained.draft.name = "outfits";
  trained.draft.kind = std::string(SetTransformer::kKind);
  trained.draft.trained_on =
      fmt::format("{} outfits curated over the shop's catalog{}", curated.outfits.size(),
                  polyvore.empty() ? "" : fmt::format(", {} of Polyvore", polyvore.size()));
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
