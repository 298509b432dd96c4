#include "serving/answer/ranking_stage.h"

#include <algorithm>

#include "features/learned_taste.h"
#include "features/source_shares.h"
#include "ranking/learned_ranker.h"
#include "ranking/wardrobe_term.h"
#include "retrieval/next_choices.h"
#include "serving/answer/completability.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

// The largest of each item's variants in stock.
std::vector<float> margins_of(std::span<const Slot> slots, const CatalogSnapshot& catalog) {
  std::vector<float> margins(slots.size(), kFeatureUnknown);
  for (size_t row = 0; row < slots.size(); ++row) {
    const Item& item = catalog.item(slots[row]);
    const auto garment = item.garment.read();
    for (const Variant& variant : garment->variants)
      if (variant.colour == item.colour && variant.stock > 0 && variant.margin)
        margins[row] = std::max(margins[row], static_cast<float>(*variant.margin));
  }
  return margins;
}

}  // namespace

RankingStage::RankingStage(const ShopState& shop, std::span<const std::unique_ptr<Rule>> rules)
    : shop_(shop), rules_(rules) {}

Ranked RankingStage::rank(RequestState& request, Candidates candidates, StageClock& stages) const {
  Ranked ranked;
  Candidates& found = ranked.found;
  found = std::move(candidates);
  const CandidateList* chosen_together = found.of("neighbours");
  ranked.features = compute_features(found, found.scores(chosen_together), request);
  if (chosen_together != nullptr && !chosen_together->items.empty())
    ranked.support = shop_.co_choices.support(request.shopper->subject);
  if (request.next_choices != nullptr)
    ranked.next_choices_share = static_cast<double>(request.next_choices->share());
  if (request.learned_taste != nullptr)
    ranked.learned_taste_share = static_cast<double>(request.learned_taste->share());
  ranked.is_cold = found.cold_start() != nullptr;
  const RequestFacts facts = request.facts();
  const RankInput input = ranked.input(facts, request.policy->weights);
  ranked.ranking = hybrid_.rank(input);
  ranked.ranker = hybrid_.name();
  judge_by_wardrobe(ranked, request);
  ranked.features.set("hybrid",
                      ranked.ranking.scores);  // learned rankers begin from it, and the log keeps it
  const std::shared_ptr<const Ranker> ranker = ranker_of(request);
  if (ranker != nullptr) ranked.features.compute(ranker->features(), input.request);
  const ObjectiveWeights& objective = request.policy->objective;
  ranked.features.compute(objective_features(objective), input.request);
  stages.end("features");
  if (ranker != nullptr) {
    std::vector<std::string> missing = std::move(ranked.ranking.degraded);
    ranked.ranking = ranker->rank(input);
    ranked.ranking.degraded.insert(ranked.ranking.degraded.end(), missing.begin(), missing.end());
    ranked.ranker = ranker->name();
  }
  if (objective.sum() > 0) ranked.by_ranker = ranked.ranking.scores;
  add_objective(ranked.ranking, ranked.features,
                objective.margin > 0 ? margins_of(found.slots, *request.catalog) : std::vector<float>(),
                objective);
  const auto& degraded = ranked.ranking.degraded;
  request.degraded.insert(request.degraded.end(), degraded.begin(), degraded.end());
  const RuleInput rule_input{request.facts(), request.deck};
  ranked.scores.assign(ranked.ranking.scores.begin(), ranked.ranking.scores.end());
  for (size_t row = 0; row < ranked.scores.size(); ++row)
    for (const auto& rule : rules_)
      ranked.scores[row] *= rule->factor(rule_input, ranked.features.slots()[row]);
  suit_proportions(ranked, request);
  stages.end("rank");
  return ranked;
}

FeatureMatrix RankingStage::compute_features(const Candidates& found, std::span<const float> neighbours,
                                             const RequestState& request) const {
  FeatureMatrix features(found.slots);
  std::vector<std::span<const float>> vectors;
  vectors.reserve(found.slots.size());
  for (size_t row = 0; row < found.slots.size(); ++row) vectors.push_back(found.vectors[row]);
  const RequestFacts facts = request.facts();
  features.set("content", content_shares(found.slots, facts));
  features.set("visual", visual_shares(vectors, facts));
  features.set("neighbours", log_shares(neighbours));
  if (request.next_choices != nullptr) {
    auto shares = request.next_choices->shares(*request.catalog, request.shopper->choices, found.slots);
    if (!shares.empty()) features.set("next_choices", std::move(shares));
  }
  std::vector<float> rates = shop_.popularity.rates(found.slots, request.now);
  // A newcomer's candidates are ranked by popularity within their style clusters.
  const CandidateList* cold = found.cold_start();
  features.set("popularity", rank_shares(cold != nullptr ? found.scores(cold) : rates));
  features.set("like_rate", std::move(rates));
  auto fit = shop_.sizing.fit_shares(*shop_.sizing.model(), request.fit, *request.catalog, found.slots);
  std::replace(fit.begin(), fit.end(), Sizing::kUnknownFit, kFeatureUnknown);
  if (!fit.empty()) features.set("fit", std::move(fit));
  features.compute(hybrid_.features(), facts);
  return features;
}

std::shared_ptr<const Ranker> RankingStage::ranker_of(RequestState& request) const {
  const std::string& name = request.policy->ranker;
  if (name == LearnedRanker::kName) return learned_.get();
  if (name == hybrid_.name()) return nullptr;
  request.degraded.emplace_back("ranker");
  return nullptr;
}

// Of the candidates ahead only: the term is too small to bring others to the front.
void RankingStage::judge_by_wardrobe(Ranked& ranked, const RequestState& request) const {
  constexpr size_t kAheadPerItem = 4, kAheadMin = 64, kAheadMax = 256;
  const auto compatibility = compatibility_.get();
  // Only a composer of whole outfits asks for a role, and it judges that by itself.
  if (request.owned == nullptr || compatibility == nullptr || request.role) return;
  std::vector<float> values(ranked.found.slots.size(), kFeatureUnknown);
  const size_t ahead = std::clamp(kAheadPerItem * request.count, kAheadMin, kAheadMax);
  const std::vector<size_t> rows = rows_ahead(ranked.ranking.scores, ahead);
  std::vector<Slot> slots;
  for (const size_t row : rows) slots.push_back(ranked.found.slots[row]);
  const auto embeddings = shop_.embeddings.get(slots);
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t row = rows[i];
    const Item& item = request.catalog->item(slots[i]);
    const auto look = wearable_of(item, embeddings[i].get(), *request.vocabulary);
    const WornBy worn_by{wearers_of_department(item.facts.department, *request.vocabulary),
                         *request.vocabulary};
    const auto value = completability(look, worn_by, *request.owned, *compatibility);
    if (value) values[row] = static_cast<float>(*value);
  }
  add_wardrobe_term(ranked.ranking, values, rows);
  ranked.features.set("wardrobe", std::move(values));
}

// Softly: an order among garments, and none is left out.
void RankingStage::suit_proportions(Ranked& ranked, const RequestState& request) {
  if (request.body_rules.empty()) return;
  for (size_t row = 0; row < ranked.scores.size(); ++row) {
    const ItemFacts& item = request.catalog->facts(ranked.found.slots[row]);
    const OutfitRole role = role_of(item, *request.vocabulary);
    const auto department = department_worn(item, request.departments, *request.vocabulary);
    const auto is_about = [&](const outfits::BodyRule* rule) { return rule->is_about(role, department); };
    if (std::none_of(request.body_rules.begin(), request.body_rules.end(), is_about)) continue;
    const auto verdict = outfits::body_verdict(request.body_rules, role, department, item.terms);
    if (verdict.preferred_by == nullptr)
      ranked.scores[row] *= verdict.avoided ? outfits::kBodyAvoided : outfits::kBodyNeutral;
  }
}

void RankingStage::use_ranker(std::shared_ptr<const Ranker> learned, int version) {
  learned_.set(std::move(learned), version);
}

void RankingStage::use_compatibility(std::shared_ptr<const outfits::Compatibility> compatibility,
                                     int version) {
  compatibility_.set(std::move(compatibility), version);
}

}  // namespace modiste
