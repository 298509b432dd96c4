// What answers are ordered by: trees that were trained on the shop's own log (ranking/learned_ranker.h).
#include <fmt/format.h>

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
  const auto metric = [&](std::string_view what, std::string_view segment) {
    return metric_of(manifest, fmt::format("{}.{}", what, segment)).value_or(0);
  };
  // Shoppers whose answers judged; versions from before these were counted know the answers alone.
  const auto judges = [&](const std::string& with, std::string_view segment) {
    const auto counted = metric_of(manifest, fmt::format("{}shoppers.{}", with, segment));
    return counted ? *counted : metric(with + "answers", segment);
  };
  const auto has_verdict = [&](const std::string& with, std::string_view segment) {
    return refusal_by_few(judges(with, segment)).empty();
  };
  std::string refusal;
  const auto add = [&](std::string_view segment, std::string_view is) {
    refusal += fmt::format(
        "{}{} for {} shoppers: NDCG {:.4f}, the hybrid's {:.4f}, difference within {:+.4f} and "
        "{:+.4f} in {:.0f} answers",
        refusal.empty() ? "" : "; ", is, segment, metric("ndcg.ranker", segment),
        metric("ndcg.hybrid", segment), metric("ndcg.gain_low", segment), metric("ndcg.gain_high", segment),
        metric("answers", segment));
  };
  for (const std::string_view segment : {"cold", "warm", "engaged"})
    if (has_verdict("", segment) && metric("ndcg.gain_high", segment) < 0) add(segment, "it is worse");
  if (metric("answers", "all") == 0)
    return "it was not compared with the hybrid; `modiste train ranker` does";
  if (!has_verdict("", "all")) return refusal_by_few(judges("", "all"));
  if (metric("ndcg.ranker", "all") <= metric("ndcg.hybrid", "all")) add("all", "it is not better");
  // A training beside a champion compares it with that too.
  for (const std::string_view segment : {"cold", "warm", "engaged", "all"})
    if (has_verdict("champion.", segment) && metric("champion.gain_high", segment) < 0)
      refusal += fmt::format(
          "{}it is worse than the champion for {} shoppers: difference within {:+.4f} and {:+.4f} in {:.0f} "
          "answers",
          refusal.empty() ? "" : "; ", segment, metric("champion.gain_low", segment),
          metric("champion.gain_high", segment), metric("champion.answers", segment));
  return refusal;
}

}  // namespace

const ServedModel kServedRanker{"ranker",           kRankerKind,       "the hybrid ranker",
                                use_learned_ranker, refusal_of_ranker, use_shadow_ranker};

}  // namespace modiste
