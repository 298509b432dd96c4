// What occasions are inferred by: learned from what shoppers stated (context/occasion_model.h).
#include "shop/served_models.h"

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

}  // namespace

const ServedModel kServedOccasions{"occasions", kOccasionModelKind, "the prior table", use_occasion_model};

}  // namespace modiste
