// What answers are ordered by: trees that were trained on the shop's own log (ranking/learned_ranker.h).
#include <fmt/format.h>

#include "learning/registry/metric_names.h"
#include "ranking/learned_ranker.h"
#include "shop/models/served_models.h"

namespace modiste {
namespace {

Result<Done> use_learned_ranker(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.recommender().use_ranker(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto ranker, parse_ranker(payload_text(*model)));
  const int version = model->manifest.version;
  shop.recommender().use_ranker(std::make_shared<const LearnedRanker>(std::move(ranker), version), version);
  return kOk;
}

Result<Done> use_shadow_ranker(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.recommender().use_challenger(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto ranker, parse_ranker(payload_text(*model)));
  const int version = model->manifest.version;
  shop.recommender().use_challenger(std::make_shared<const LearnedRanker>(std::move(ranker), version),
                                    version);
  return kOk;
}

// The metrics that `modiste train ranker` writes for each segment of shoppers, over the latest answers, which
// the trees did not see: NDCG of the ranker and of the hybrid, and the 95% interval of their difference.
std::string refusal_of_ranker(const ModelManifest& manifest) {
  using namespace metric_names;
  const auto metric = [&](const char* what, std::string_view segment) {
    return metric_of(manifest, name_of(what, segment)).value_or(0);
  };
  // Shoppers whose answers judged; versions from before these were counted know the answers alone.
  const auto judges = [&](const char* shoppers, const char* answers, std::string_view segment) {
    const auto counted = metric_of(manifest, name_of(shoppers, segment));
    return counted ? *counted : metric(answers, segment);
  };
  std::string refusal;
  const auto add = [&](const std::string& why) { refusal += (refusal.empty() ? "" : "; ") + why; };
  const auto measured_as = [&](std::string_view is, std::string_view segment) {
    return fmt::format(
        "{} for {} shoppers: NDCG {:.4f}, the hybrid's {:.4f}, difference within {:+.4f} and {:+.4f} in "
        "{:.0f} "
        "answers",
        is, segment, metric(kNdcgRanker, segment), metric(kNdcgHybrid, segment),
        metric(kNdcgGainLow, segment), metric(kNdcgGainHigh, segment), metric(kAnswers, segment));
  };
  // Whether enough shoppers judged; what is missing then is a reason to refuse.
  const auto has_verdict = [&](std::string_view segment) {
    if (!refusal_by_few(judges(kShoppers, kAnswers, segment)).empty()) return false;
    const auto gap =
        refusal_by_gap(manifest, {name_of(kNdcgRanker, segment), name_of(kNdcgHybrid, segment),
                                  name_of(kNdcgGainLow, segment), name_of(kNdcgGainHigh, segment)});
    if (!gap.empty()) add(gap);
    return gap.empty();
  };
  const auto has_champion_verdict = [&](std::string_view segment) {
    if (!refusal_by_few(judges(kChampionShoppers, kChampionAnswers, segment)).empty()) return false;
    const auto gap =
        refusal_by_gap(manifest, {name_of(kChampionGainLow, segment), name_of(kChampionGainHigh, segment)});
    if (!gap.empty()) add(gap);
    return gap.empty();
  };
  for (const std::string_view segment : {"cold", "warm", "engaged"})
    if (has_verdict(segment) && metric(kNdcgGainHigh, segment) < 0) add(measured_as("it is worse", segment));
  if (metric(kAnswers, "all") == 0) return "it was not compared with the hybrid; `modiste train ranker` does";
  const double judges_of_all = judges(kShoppers, kAnswers, "all");
  if (const std::string few = refusal_by_few(judges_of_all); !few.empty()) return few;
  if (has_verdict("all") && metric(kNdcgRanker, "all") <= metric(kNdcgHybrid, "all"))
    add(measured_as("it is not better", "all"));
  // A training beside a champion compares it with that too.
  for (const std::string_view segment : {"cold", "warm", "engaged", "all"})
    if (has_champion_verdict(segment) && metric(kChampionGainHigh, segment) < 0)
      add(fmt::format(
          "it is worse than the champion for {} shoppers: difference within {:+.4f} and {:+.4f} in {:.0f} "
          "answers",
          segment, metric(kChampionGainLow, segment), metric(kChampionGainHigh, segment),
          metric(kChampionAnswers, segment)));
  return refusal;
}

}  // namespace

const ServedModel kServedRanker{"ranker",           kRankerKind,       "the hybrid ranker",
                                use_learned_ranker, refusal_of_ranker, use_shadow_ranker};

}  // namespace modiste
