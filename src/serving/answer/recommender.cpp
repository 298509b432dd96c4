#include "serving/answer/recommender.h"

#include <algorithm>
#include <map>

#include "features/source_shares.h"
#include "ranking/rankers.h"
#include "ranking/rules.h"
#include "ranking/wardrobe_term.h"
#include "serving/answer/answer_item.h"
#include "serving/answer/completability.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/reason_rules.h"
#include "serving/request/sources.h"
#include "serving/state/stated_preferences.h"

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

ScoredItem scored(const ItemFacts& item, size_t row, float score) {
  return {item.slot, item.garment, item.brand, item.category, static_cast<uint32_t>(row), score, 1};
}

// Similarity of two candidates.
Likeness likeness_of(const Candidates& found) {
  return [&found](const ScoredItem& a, const ScoredItem& b) {
    return likeness(found.vectors[a.row], found.vectors[b.row]);
  };
}

// Empty where the size is merely the nearest.
std::optional<Reason> reason_of(const Sizing::Advice& advice) {
  static const std::map<SizeReason, ReasonCode> kCodes{
      {SizeReason::kUsual, ReasonCode::kUsualSize},
      {SizeReason::kByBody, ReasonCode::kSizeByBody},
      {SizeReason::kRunsSmall, ReasonCode::kRunsSmall},
      {SizeReason::kRunsLarge, ReasonCode::kRunsLarge},
      {SizeReason::kRunsSlightlySmall, ReasonCode::kRunsSlightlySmall},
      {SizeReason::kRunsSlightlyLarge, ReasonCode::kRunsSlightlyLarge}};
  const auto code = kCodes.find(advice.reason);
  if (code == kCodes.end()) return std::nullopt;
  Reason reason{code->second, {}};
  reason.args.size = advice.size;
  return reason;
}

AnswerDebug debug_of(const RequestState& request, const Candidates& found, std::string_view ranker,
                     const StageClock& stages) {
  AnswerDebug debug;
  debug.policy = request.policy->name;
  debug.ranker = std::string(ranker);
  debug.candidates = static_cast<int64_t>(found.slots.size());
  for (const SourceResult& source : found.sources)
    debug.sources.push_back({std::string(source.source), static_cast<int64_t>(source.list.items.size()),
                             source.took_ms, source.list.complete});
  debug.stages = stages.stages();
  return debug;
}

}  // namespace

Recommender::Recommender(const Clock& clock, const ShopState& shop, const SubjectStore& subjects,
                         ImpressionQueue& impressions, RecommenderOptions options)
    : clock_(clock),
      shop_(shop),
      subjects_(subjects),
      impressions_(impressions),
      options_(std::move(options)),
      sources_(make_sources({shop.indexes, shop.embeddings, shop.co_choices, shop.popularity,
                             shop.popularity_by_time, shop.style_clusters})),
      rankers_(make_rankers()),
      rules_(make_rules(options_.rules)),
      explainer_(shop),
      shadow_(options_.shadow) {}

// The stages of a request, in order.
Result<Answer> Recommender::recommend(const RecommendRequest& asked, std::string_view request_id) {
  StageClock stages;
  TRY_ASSIGN(RequestState request, begin(asked, request_id));
  stages.end("request");

  Ranked ranked = rank(request, stages);
  const double epsilon = exploration_epsilon(
      {request.shopper->signals, request.shopper->purchases, ranked.support}, request.policy->exploration);
  const std::vector<SelectedItem> selected = rerank(ranked, request, epsilon);
  stages.end("rerank");

  Answer answer = answer_of(selected, {request, ranked.features, ranked.ranking, ranked.found});
  stages.end("explain");

  impressions_.log(request, asked.context, selected, ranked.features);
  answer.debug = debug_of(request, ranked.found, ranked.ranker, stages);
  answer.took_ms = stages.total_ms();
  if (shadow_.wants()) {
    ranked.found = {};  // nobody reads it any more
    shadow_.offer({std::move(request), std::move(ranked)});
  }
  return answer;
}

Ranked Recommender::rank(RequestState& request, StageClock& stages) const {
  RequestState* const one = &request;
  return std::move(rank_each({&one, 1}, stages).front());
}

std::vector<Ranked> Recommender::rank_each(std::span<RequestState* const> requests,
                                           StageClock& stages) const {
  auto found = retrieve_each_with_relaxation({sources_, clock_, &side_}, requests);
  for (Candidates& one : found) one.vectors = shop_.embeddings.vectors(one.slots);
  stages.end("retrieve");
  std::vector<Ranked> ranked;
  for (size_t i = 0; i < requests.size(); ++i)
    ranked.push_back(rank_found(*requests[i], std::move(found[i]), stages));
  return ranked;
}

Ranked Recommender::rank_found(RequestState& request, Candidates candidates, StageClock& stages) const {
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

// Of the candidates ahead only: the term is too small to bring others to the front.
void Recommender::judge_by_wardrobe(Ranked& ranked, const RequestState& request) const {
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
void Recommender::suit_proportions(Ranked& ranked, const RequestState& request) {
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

AnswerItem Recommender::show(const RequestState& request, const Ranked& ranked, size_t row) const {
  return shown({request, ranked.features, ranked.ranking, ranked.found}, *shop_.sizing.model(), row, false);
}

Result<RequestState> Recommender::begin(const RecommendRequest& asked, std::string_view request_id) {
  return prepare(make_request_state(named_by(asked), shop_, subjects_, clock_.now()), asked, request_id);
}

Result<RequestState> Recommender::begin_for(std::shared_ptr<const ShopperState> shopper,
                                            const RecommendRequest& asked) {
  return prepare(request_state_for(std::move(shopper), shop_, clock_.now()), asked, "");
}

Result<RequestState> Recommender::prepare(RequestState request, const RecommendRequest& asked,
                                          std::string_view request_id) {
  request.policy = options_.choose_policy ? options_.choose_policy(asked) : options_.policy;
  TRY_ASSIGN(request.filter, compile_filter(asked.filter, shop_.catalog));
  // Without a seed in the request every request draws new numbers, yet a replay of the same requests draws
  // the same ones.
  const uint64_t drawn = mix64(options_.seed ^ hash64(asked.shopper_id)) +
                         static_cast<uint64_t>(request.shopper->signals) +
                         draws_.fetch_add(1) * 0x9e3779b9ULL;
  // What is retrieved holds for an hour, so that chance enters an answer in one place, whose probabilities
  // select() knows.
  request.retrieval_seed = mix64(
      options_.seed ^ hash64(asked.shopper_id) ^ mix64(hash64(asked.device_id)) ^
      static_cast<uint64_t>(std::chrono::floor<std::chrono::hours>(request.now).time_since_epoch().count()));
  request.seed = asked.seed ? mix64(*asked.seed) : mix64(drawn);
  request.request_id = request_id.empty() ? request_ids_.next(request.now) : std::string(request_id);
  request.count = static_cast<size_t>(asked.count);
  request.deck = asked.deck;
  request.owned = judging_pieces(*request.shopper, wardrobe_parts(shop_, *request.catalog));
  if (asked.context) TRY(enter_context(*asked.context, shop_.contexts, request));
  request.next_choices = next_choices_.get();
  if (const auto taste = learned_taste_.get())
    request.learned_taste = taste->weights_of(request.facts(), shop_.catalog);
  exclude(request);
  return request;
}

void Recommender::exclude(RequestState& request) const {
  const RuleInput input{request.facts(), request.deck};
  for (const auto& rule : rules_) {
    if (!rule->gives_way(input)) {
      rule->exclude(input, request.excluded);
      continue;
    }
    Exclusions reluctant;
    rule->exclude(input, reluctant);
    if (!reluctant.empty()) request.reluctant.emplace_back(rule->name(), std::move(reluctant));
  }
}

void Recommender::use_compatibility(std::shared_ptr<const outfits::Compatibility> compatibility,
                                    int version) {
  compatibility_.set(std::move(compatibility), version);
}

void Recommender::use_next_choices(std::shared_ptr<const NextChoices> model, int version) {
  next_choices_.set(std::move(model), version);
}

void Recommender::use_learned_taste(std::shared_ptr<const LearnedTaste> model, int version) {
  learned_taste_.set(std::move(model), version);
}

void Recommender::use_ranker(std::shared_ptr<const Ranker> learned, int version) {
  learned_.set(std::move(learned), version);
}

void Recommender::use_challenger(std::shared_ptr<const Ranker> challenger, int version) {
  shadow_.use(std::move(challenger), version);
}

std::shared_ptr<const Ranker> Recommender::ranker_of(RequestState& request) const {
  const std::string& name = request.policy->ranker;
  if (name == LearnedRanker::kName) return learned_.get();
  if (name == hybrid_.name()) return nullptr;
  const auto found =
      std::find_if(rankers_.begin(), rankers_.end(), [&](const auto& one) { return one->name() == name; });
  if (found != rankers_.end()) return *found;
  request.degraded.emplace_back("ranker");
  return nullptr;
}

FeatureMatrix Recommender::compute_features(const Candidates& found, std::span<const float> neighbours,
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

std::vector<float> Recommender::explore_weights(std::span<const Slot> open,
                                                const RequestState& request) const {
  const ExplorationDraw draw = request.policy->exploration.draw;
  std::vector<GarmentTrials> garments(open.size());
  for (size_t i = 0; i < open.size(); ++i)
    garments[i].is_new = is_new(request.catalog->facts(open[i]), request.now);
  if (draw != ExplorationDraw::kEven) {  // which reads no counts
    const auto counts = shop_.popularity.counts(open, request.now);
    for (size_t i = 0; i < open.size(); ++i)
      garments[i].positives = counts[i].positives, garments[i].impressions = counts[i].impressions;
  }
  return exploration_weights(draw, garments);
}

std::vector<SelectedItem> Recommender::rerank(const Ranked& ranked, const RequestState& request,
                                              double epsilon) const {
  const Candidates& found = ranked.found;
  std::vector<ScoredItem> items;
  items.reserve(found.slots.size());
  for (size_t row = 0; row < found.slots.size(); ++row) {
    items.push_back(scored(request.catalog->facts(found.slots[row]), row, ranked.scores[row]));
    items.back().tier = found.tiers[row];
  }
  std::vector<ScoredItem> open;  // candidates for exploration
  const std::vector<float> weights = explore_weights(found.open, request);
  for (size_t i = 0; i < found.open.size(); ++i)
    open.emplace_back(items[found.rows.at(found.open[i])]).explore_weight = weights[i];
  sort_by_score(items, request.seed);
  SelectOptions options = request.policy->select;
  options.count = request.count;
  options.epsilon = epsilon;
  Rng rng(request.seed);
  return select(items, open, options, likeness_of(found), rng);
}

AnswerItem Recommender::shown(const ExplainInput& input, const Sizing::Model& sizes, size_t row,
                              bool explored) const {
  const RequestState& request = input.request;
  const Item& item = request.catalog->item(input.features.slots()[row]);
  AnswerItem shown = to_answer_item(item, shop_);
  shown.explored = explored;
  for (const ScoreTerm& term : input.ranking.terms) {
    const float value = term.values.empty() ? input.features.column(term.feature)[row] : term.values[row];
    if (term.weight > 0 && value != kFeatureUnknown)
      shown.score_breakdown.push_back({std::string(term.feature), term.weight, static_cast<double>(value)});
  }
  if (explored)
    shown.reasons.push_back({ReasonCode::kExplored, {}});  // it is shown for no other reason
  else
    shown.reasons = explainer_.explain(input, row);
  if (auto advice = shop_.sizing.advise(sizes, request.fit, item)) {
    if (!explored && advice->fit >= kFitSaidMin)
      if (auto reason = reason_of(*advice)) shown.reasons.push_back(std::move(*reason));
    shown.size = std::move(advice->size);
    shown.fit = advice->fit;
  }
  return shown;
}

Answer Recommender::answer_of(std::span<const SelectedItem> selected, const ExplainInput& input) const {
  const RequestState& request = input.request;
  Answer answer;
  answer.request_id = request.request_id;
  const auto sizes = shop_.sizing.model();
  for (const SelectedItem& picked : selected) {
    AnswerItem item = shown(input, *sizes, picked.item.row, picked.explored);
    item.score = static_cast<double>(picked.item.score);
    item.position = static_cast<int>(answer.items.size());
    item.propensity = picked.propensity;
    answer.items.push_back(std::move(item));
  }
  answer.degraded = request.degraded;
  if (request.context) answer.context = shop_.contexts.view(*request.context);
  return answer;
}

}  // namespace modiste
