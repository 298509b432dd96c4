// The taste that the shop's log teaches (features/learned_taste.h): a candidate source, a share of what
// attributes say in the hybrid, and a feature of the ranker.
#include <fmt/format.h>

#include "features/learned_taste.h"
#include "learning/registry/metric_names.h"
#include "shop/models/served_models.h"

namespace modiste {
namespace {

Result<Done> use_taste_model(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.recommender().use_learned_taste(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto parsed, parse_taste(payload_text(*model)));
  shop.recommender().use_learned_taste(
      std::make_shared<const LearnedTaste>(std::move(parsed), shop.catalog().view().vocabulary()),
      model->manifest.version);
  return kOk;
}

// The metrics that `modiste train taste` writes, measured on likes that the training did not see.
std::string refusal_of_taste(const ModelManifest& manifest) {
  using namespace metric_names;
  const auto metric = [&](const char* name) { return metric_of(manifest, name).value_or(0); };
  if (metric(kAsked) == 0) return "no shopper's latest likes judged it";
  if (const std::string few = refusal_by_few(metric(kAsked)); !few.empty()) return few;
  if (auto gap = refusal_by_gap(manifest, {kAreaOwn, kAreaAlone, kAreaGainLow, kAreaGainHigh}); !gap.empty())
    return gap;
  if (metric(kAreaGainLow) > 0) return "";
  return fmt::format(
      "it does not surely add to what each shopper's reactions say alone: liked garments come before "
      "{:.1f}% of others, before {:.1f}% by the reactions alone, difference {:+.4f} to {:+.4f} (95%), "
      "{:.0f} shoppers",
      100 * metric(kAreaOwn), 100 * metric(kAreaAlone), metric(kAreaGainLow), metric(kAreaGainHigh),
      metric(kAsked));
}

}  // namespace

const ServedModel kServedTaste{"taste", kLearnedTasteKind, "each shopper's own signals alone",
                               use_taste_model, refusal_of_taste};

}  // namespace modiste
