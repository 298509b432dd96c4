#include "serving/answer/recommender.h"

#include <algorithm>
#include <map>

#include "ranking/rules.h"
#include "serving/answer/answer_item.h"
#include "serving/answer/rerank_stage.h"
#include "serving/request/reason_rules.h"
#include "serving/request/sources.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

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
      rules_(make_rules(options_.rules)),
      ranking_(shop, rules_),
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
  const std::vector<SelectedItem> selected = rerank(ranked, request, shop_.popularity, epsilon);
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
    ranked.push_back(ranking_.rank(*requests[i], std::move(found[i]), stages));
  return ranked;
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
  ranking_.use_compatibility(std::move(compatibility), version);
}

void Recommender::use_next_choices(std::shared_ptr<const NextChoices> model, int version) {
  next_choices_.set(std::move(model), version);
}

void Recommender::use_learned_taste(std::shared_ptr<const LearnedTaste> model, int version) {
  learned_taste_.set(std::move(model), version);
}

void Recommender::use_ranker(std::shared_ptr<const Ranker> learned, int version) {
  ranking_.use_ranker(std::move(learned), version);
}

void Recommender::use_challenger(std::shared_ptr<const Ranker> challenger, int version) {
  shadow_.use(std::move(challenger), version);
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
