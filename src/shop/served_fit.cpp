// What sizes are advised by: parameters learned from many shoppers (style/fit_model.h).
#include "shop/served_models.h"
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

}  // namespace

const ServedModel kServedFit{"fit", kFitModelKind, "the default parameters", use_fit_model};

}  // namespace modiste
