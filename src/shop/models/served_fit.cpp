// What sizes are advised by: parameters learned from many shoppers (style/fit_model.h).
#include "learning/registry/metric_names.h"
#include "shop/models/served_models.h"
#include "style/fit_format.h"

namespace modiste {
namespace {

Result<Done> use_fit_model(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.use_fit({}, 0);
    return kOk;
  }
  TRY_ASSIGN(auto parameters, parse_fit(payload_text(*model)));
  shop.use_fit(std::move(parameters), model->manifest.version);
  return kOk;
}

// The metrics that `modiste train fit` writes, of outcomes that it did not learn from.
std::string refusal_of_fit(const ModelManifest& manifest) {
  if (const auto judges = metric_of(manifest, metric_names::kJudges))
    if (const std::string few = refusal_by_few(*judges); !few.empty()) return few;
  std::string refusal = refusal_by_loss(manifest, metric_names::kShares, "the shares of the outcomes");
  return refusal.empty() ? refusal_by_loss(manifest, metric_names::kUntrained, "the default parameters")
                         : refusal;
}

}  // namespace

const ServedModel kServedFit{"fit", kFitModelKind, "the default parameters", use_fit_model, refusal_of_fit};

}  // namespace modiste
