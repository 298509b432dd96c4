// What occasions are inferred by: learned from what shoppers stated (context/occasion_model.h).
#include "learning/registry/metric_names.h"
#include "shop/models/served_models.h"

namespace modiste {
namespace {

Result<Done> use_occasion_model(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.use_occasions(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto occasions, OccasionModel::parse(payload_text(*model), Vocabulary::standard()));
  shop.use_occasions(std::make_shared<const OccasionModel>(std::move(occasions)), model->manifest.version);
  return kOk;
}

// The metrics that `modiste train occasions` writes, of days that it did not learn from.
std::string refusal_of_occasions(const ModelManifest& manifest) {
  if (const auto judges = metric_of(manifest, metric_names::kJudges))
    if (const std::string few = refusal_by_few(*judges); !few.empty()) return few;
  return refusal_by_loss(manifest, metric_names::kTable, "the prior table");
}

}  // namespace

const ServedModel kServedOccasions{"occasions", kOccasionModelKind, "the prior table", use_occasion_model,
                                   refusal_of_occasions};

}  // namespace modiste
