// What shoppers choose next: a candidate source with its share of the neighbours' weight
// (retrieval/next_choices.h).
#include <fmt/format.h>

#include "learning/registry/metric_names.h"
#include "retrieval/next_choices.h"
#include "shop/models/served_models.h"

namespace modiste {
namespace {

Result<Done> use_next_choices_model(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.recommender().use_next_choices(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto parsed, parse_next_choices(payload_text(*model)));
  shop.recommender().use_next_choices(std::make_shared<const NextChoices>(std::move(parsed)),
                                      model->manifest.version);
  return kOk;
}

// The metrics that `modiste train next-choices` writes, measured on choices that the training did not see.
std::string refusal_of_next_choices(const ModelManifest& manifest) {
  using namespace metric_names;
  const auto metric = [&](const char* name) { return metric_of(manifest, name).value_or(0); };
  if (metric(kAsked) == 0) return "no shopper's latest choices judged it";
  if (const std::string few = refusal_by_few(metric(kAsked)); !few.empty()) return few;
  if (auto gap = refusal_by_gap(manifest, {kNdcgMixed, kNdcgNeighbours, kNdcgGainLow, kNdcgGainHigh});
      !gap.empty())
    return gap;
  const bool compared = metric(kChampionAsked) > 0;
  if (auto gap = refusal_by_gap(manifest, {kChampionNdcg, kChampionGainLow, kChampionGainHigh});
      compared && !gap.empty())
    return gap;
  // A training goes on from what serves, and may end worse than it began.
  if (refusal_by_few(metric(kChampionAsked)).empty() && metric(kChampionGainHigh) < 0)
    return fmt::format(
        "it is worse than the champion: NDCG {:.4f}, the champion's {:.4f}, difference {:+.4f} to {:+.4f} "
        "(95%), {:.0f} shoppers",
        metric(kNdcgMixed), metric(kChampionNdcg), metric(kChampionGainLow), metric(kChampionGainHigh),
        metric(kChampionAsked));
  // Above chance: made-up choices, in which nothing follows from the order, may have the better mean.
  if (metric(kNdcgGainLow) > 0) return "";
  return fmt::format(
      "it is not surely better than the neighbours alone: NDCG {:.4f}, theirs {:.4f}, difference {:+.4f} to "
      "{:+.4f} (95%), {:.0f} shoppers",
      metric(kNdcgMixed), metric(kNdcgNeighbours), metric(kNdcgGainLow), metric(kNdcgGainHigh),
      metric(kAsked));
}

}  // namespace

const ServedModel kServedNextChoices{"next-choices", kNextChoicesKind, "no such source",
                                     use_next_choices_model, refusal_of_next_choices};

}  // namespace modiste
