// Request path: who and what -> candidates from every source -> score -> exclude -> choose -> answer.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <unordered_set>

#include "serving/engine.h"

namespace modiste {
namespace {

// Terms that lead the content source's search; more of them dilute it.
constexpr size_t kLeadingTerms = 10;

std::vector<WeightedTerm> leading_terms(std::span<const float> affinity, std::span<const float> idf) {
  std::vector<WeightedTerm> terms;
  for (size_t term = 0; term < idf.size(); ++term)
    if (const float weight = affinity[term] * idf[term]; weight > 0.01F)
      terms.push_back({static_cast<TermId>(term), weight});
  std::sort(terms.begin(), terms.end(),
            [](const WeightedTerm& a, const WeightedTerm& b) { return a.weight > b.weight; });
  if (terms.size() > kLeadingTerms) terms.resize(kLeadingTerms);
  return terms;
}

ScoredItem unscored(const ItemFacts& facts) {
  return {facts.slot, facts.garment, facts.brand, facts.category, {}, 0};
}

size_t distinct_garments(const std::vector<ScoredItem>& items) {
  std::unordered_set<uint32_t> garments;
  for (const auto& item : items) garments.insert(item.garment);
  return garments.size();
}

// A part of her taste that is smaller than this sends for no candidates and ranks none.
constexpr float kTasteShareMin = 0.02F;

size_t share_of(size_t candidates, float share) {
  return static_cast<size_t>(std::ceil(static_cast<float>(candidates) * share));
}

// Each taste ranks the items for itself and gives by its share, most to its best: an item that one taste
// loves goes before one that all find passable. One taste alone gives its ranks.
template <class ValueOf>
void mix_tastes(std::span<ScoredItem> items, Source source, std::span<const TasteShare> tastes,
                const ValueOf& value_of) {
  constexpr float kSharpness = 8;  // chosen in `modiste simulate style`
  const auto s = static_cast<size_t>(source);
  std::vector<float> given(items.size(), 0);
  for (size_t t = 0; t < tastes.size(); ++t) {
    if (tastes[t].share < kTasteShareMin) continue;
    for (size_t i = 0; i < items.size(); ++i) items[i].values[s] = value_of(i, t);
    rank_normalise(items, source);
    for (size_t i = 0; i < items.size(); ++i)
      given[i] += tastes[t].share * std::pow(items[i].values[s], kSharpness);
  }
  for (size_t i = 0; i < items.size(); ++i) items[i].values[s] = given[i];
  rank_normalise(items, source);
}

// Neighbours are looked for by the choices that belong to what she likes now.
UserKnn::Relevance relevance_of_choices(const ShopperState& shopper, std::span<const TasteShare> tastes) {
  std::unordered_map<Slot, float> weights;
  for (const Choice& choice : shopper.choices) {
    float& weight = weights[choice.slot];
    for (const TasteShare& part : tastes)
      if (part.mode == choice.mode || (part.with_session && choice.mode == kSessionMode))
        weight += part.share;
  }
  return [weights = std::move(weights)](Slot slot) {
    const auto known = weights.find(slot);
    return known == weights.end() ? 0.0F : known->second;
  };
}

}  // namespace

Engine::Request Engine::begin_for(std::span<const Identifier> who) const {
  Request request;
  request.catalog = catalog_.snapshot();
  request.subjects = subjects_of(who);
  const auto person = profiles_.person_of(refs_of(request.subjects));
  request.shopper = shopper_state(person);
  if (person) request.fit = profiles_.declared(*person).fit;
  const size_t terms = catalog_.vocabulary().terms().size();
  request.idf = indexes_.attributes().idfs(terms);
  request.affinity.assign(terms, 0);
  request.tastes = present_taste(request.shopper->style, request.shopper->session, profiles_.model());
  for (const TasteShare& part : request.tastes) {
    auto& affinity = request.affinities.emplace_back(terms, 0.0F);
    for (const Evidence& evidence : part.taste.terms) {
      const auto term = static_cast<TermId>(evidence.key);
      affinity[term] = part.taste.affinity(evidence, options_.profiles.style);
      request.affinity[term] += part.share * affinity[term];
    }
  }
  return request;
}

Result<Engine::Request> Engine::begin(const RecommendRequest& request) const {
  Request begun = begin_for(named_by(request));
  TRY_ASSIGN(begun.filter, compile_filter(request.filter, catalog_));
  // Without a seed every request draws anew, yet a replay of the same requests draws the same.
  const uint64_t drawn = mix64(options_.seed ^ hash64(request.shopper_id)) +
                         static_cast<uint64_t>(begun.shopper->signals) +
                         request_counter_.load() * 0x9e3779b9ULL;
  begun.seed = request.seed ? mix64(*request.seed) : mix64(drawn);
  begun.rng = Rng(begun.seed);
  begun.count = static_cast<size_t>(request.count);
  begun.deck = request.deck;
  TRY(enter_context(request.context, begun));
  return begun;
}

// The situation speaks before the search: to the terms that lead it and to the vectors that are looked for.
// For a stranger it stands for the taste that she has not shown yet, if it was told and not only guessed.
Result<Done> Engine::enter_context(const std::optional<RequestContext>& asked, Request& request) const {
  if (!asked) return kOk;
  TRY_ASSIGN(request.context,
             contexts_.infer(*asked, *request.shopper, *request.catalog, ports_.clock.now()));
  request.situation.assign(request.affinity.size(), 0);
  contexts_.apply(*request.context, request.situation);
  contexts_.apply(*request.context, request.affinity);
  if (request.tastes.empty() && is_explicit(*request.context)) {
    request.tastes.push_back({1, kSessionMode, true, {}});
    request.affinities.emplace_back(request.affinity.size(), 0.0F);
  }
  for (size_t t = 0; t < request.tastes.size(); ++t) {
    contexts_.apply(*request.context, request.affinities[t]);
    Vector& vector = request.tastes[t].taste.vector;
    vector = contexts_.shift(vector, *request.context);
  }
  return kOk;
}

bool Engine::excluded(Slot slot, const Request& request) const {
  const ShopperState& shopper = *request.shopper;
  const auto has = [slot](const std::vector<Slot>& list) {
    return std::find(list.begin(), list.end(), slot) != list.end();
  };
  if (has(shopper.purchased) || has(shopper.recent_passes)) return true;
  if (const PassRecord* passed = shopper.pass_of(slot); passed != nullptr && passed->count >= 2) return true;
  return request.deck && has(shopper.liked);
}

bool Engine::admits(Slot slot, const Request& request) const {
  return slot < request.catalog->slot_count() &&
         request.filter.admits(request.catalog->facts(slot), catalog_.vocabulary()) &&
         !excluded(slot, request);
}

// Random admitted items. When hardly any is admitted every item is looked at: an answer is never empty while
// one is left.
std::vector<Slot> Engine::sample(size_t count, Request& request) const {
  std::vector<Slot> found;
  std::unordered_set<Slot> seen;
  const size_t total = request.catalog->slot_count();
  if (total == 0) return found;
  const auto take = [&](size_t place) {
    const auto slot = static_cast<Slot>(place);
    if (seen.insert(slot).second && admits(slot, request)) found.push_back(slot);
  };
  if (total > 16 * count)
    for (size_t draw = 0; draw < 8 * count && found.size() < count; ++draw) take(request.rng.below(total));
  const size_t start = request.rng.below(total);
  for (size_t i = 0; i < total && found.size() < count; ++i) take((start + i) % total);
  return found;
}

std::vector<ScoredItem> Engine::gather(Request& request) const {
  const auto admitted = [&](Slot slot) { return admits(slot, request); };
  const SlotFilter filter(admitted);
  std::vector<ScoredItem> items;
  std::unordered_map<Slot, size_t> places;
  const auto add = [&](Slot slot) -> ScoredItem& {
    const auto [place, is_new] = places.try_emplace(slot, items.size());
    if (is_new) items.push_back(unscored(request.catalog->facts(slot)));
    return items[place->second];
  };
  for (size_t t = 0; t < request.tastes.size(); ++t) {
    const TasteShare& part = request.tastes[t];
    if (part.share < kTasteShareMin) continue;
    if (Vector taste = part.taste.vector; !taste.empty() && normalise(taste))
      for (const auto& found :
           indexes_.nearest(taste, share_of(options_.visual_candidates, part.share), filter))
        add(found.slot);
    const auto terms = leading_terms(request.affinities[t], request.idf);
    for (const Slot slot : indexes_.attributes().candidates(
             terms, share_of(options_.content_candidates, part.share), admitted, request.rng))
      add(slot);
  }
  const auto relevance = relevance_of_choices(*request.shopper, request.tastes);
  for (const auto& found :
       neighbours_.search(request.shopper->subject, options_.neighbour_candidates, filter, {}, relevance)
           .items)
    add(found.slot).values[static_cast<size_t>(Source::kNeighbours)] = found.score;
  if (start_cold(request, filter)) {
    for (const auto& [slot, cold] : request.cold) add(slot);
  } else {
    for (const auto& found :
         popularity_.search(options_.popular_candidates, ports_.clock.now(), filter).items)
      add(found.slot);
  }
  for (const Slot slot : sample(options_.explore_candidates + 4 * request.count, request)) add(slot);
  return items;
}

// For one of whom little is known: what is liked in the styles she leans to, now; never what everybody likes.
bool Engine::start_cold(Request& request, const SlotFilter& filter) const {
  request.cold.clear();
  const ShopperState& shopper = *request.shopper;
  if (shopper.signals >= options_.thin_signals) return false;
  const auto neighbours = [&](size_t k) {
    std::vector<Slot> found;
    if (shopper.choices.empty()) return found;
    if (const auto embedding = embeddings_.get(shopper.choices.back().slot);
        embedding != nullptr && !embedding->vector.empty())
      for (const auto& near : indexes_.nearest(embedding->vector, k, filter)) found.push_back(near.slot);
    return found;
  };
  const auto arrivals = [&](size_t k) {
    std::vector<Slot> found = sample(4 * k, request);
    std::stable_sort(found.begin(), found.end(), [&](Slot a, Slot b) {
      return request.catalog->facts(a).created_at_s > request.catalog->facts(b).created_at_s;
    });
    if (found.size() > k) found.resize(k);
    return found;
  };
  const auto items = style_clusters_.cold_start({shopper, request.context, ports_.clock.now(),
                                                 options_.popular_candidates, filter, neighbours, arrivals},
                                                *request.catalog, embeddings_);
  for (size_t i = 0; i < items.size(); ++i)
    request.cold.try_emplace(items[i].slot, 1 - static_cast<float>(i) / static_cast<float>(items.size()),
                             items[i]);
  return !items.empty();
}

// Her own wishes give way one by one, the strictest first, before an answer gets short.
std::vector<ScoredItem> Engine::gather_relaxing(Request& request) const {
  const ItemFilter asked = request.filter;
  std::vector<ScoredItem> items;
  for (size_t step = 0; step < kRelaxationNames.size(); ++step) {
    if (step > 0) request.degraded.push_back("relaxed " + std::string(kRelaxationNames[step]));
    request.filter = asked;
    add_preferences(request.filter, request.shopper->preferences, static_cast<Relaxation>(step));
    items = gather(request);
    if (distinct_garments(items) >= request.count || !request.shopper->preferences.answered) break;
  }
  return items;
}

float Engine::content_value(const ItemFacts& facts, const Request& request, size_t of) const {
  const Taste& taste = request.tastes[of].taste;
  const auto& affinity = request.affinities[of];
  float sum = 0, weight = 0.5F;  // the half keeps an item with one lucky term from the top
  for (const TermId term : facts.terms) {
    const float idf = request.idf[term];
    sum += idf * affinity[term];
    weight += idf * idf;
  }
  sum += taste.brand_affinity(facts.brand, options_.profiles.style);
  float value = sum / std::sqrt(weight + 1);
  if (taste.price_weight > 0 && facts.price > 0) {
    const float mean = taste.log_price_sum / taste.price_weight;
    const float variance =
        std::max(0.0F, taste.log_price_square_sum / taste.price_weight - mean * mean) + 0.15F;
    const float off = std::log(facts.price) - mean;
    value -= 0.25F * std::min(4.0F, off * off / variance);
  }
  return value;
}

float Engine::content_value(const ItemFacts& facts, const Request& request) const {
  float value = 0;
  for (size_t t = 0; t < request.tastes.size(); ++t)
    value += request.tastes[t].share * content_value(facts, request, t);
  return value;
}

void Engine::score_tastes(std::vector<ScoredItem>& items, const Request& request) const {
  std::vector<Slot> slots;
  for (const auto& item : items) slots.push_back(item.slot);
  const auto embeddings = embeddings_.get(slots);
  mix_tastes(items, Source::kContent, request.tastes, [&](size_t item, size_t taste) {
    return content_value(request.catalog->facts(items[item].slot), request, taste);
  });
  std::vector<Vector> directions;
  for (const TasteShare& part : request.tastes)
    if (!normalise(directions.emplace_back(part.taste.vector))) directions.back().clear();
  mix_tastes(items, Source::kVisual, request.tastes, [&](size_t item, size_t taste) {
    const auto& embedding = embeddings[item];
    const bool seen = embedding != nullptr && !embedding->vector.empty();
    return seen && embedding->vector.size() == directions[taste].size()
               ? dot(directions[taste], embedding->vector)
               : 0;
  });
}

void Engine::score(std::vector<ScoredItem>& items, Request& request) const {
  const ShopperState& shopper = *request.shopper;
  const auto any_taste = [&](const auto& knows) {
    return std::any_of(request.tastes.begin(), request.tastes.end(),
                       [&](const TasteShare& part) { return knows(part.taste); });
  };
  const bool has_taste = any_taste([](const Taste& taste) { return !taste.vector.empty(); });
  const bool has_content = any_taste([](const Taste& taste) { return !taste.terms.empty(); }) ||
                           (request.context && is_explicit(*request.context));
  std::vector<float> chosen_by_neighbours;
  const TimePoint now = ports_.clock.now();
  for (auto& item : items) {
    chosen_by_neighbours.push_back(item.values[static_cast<size_t>(Source::kNeighbours)]);
    const auto cold = request.cold.find(item.slot);
    item.values[static_cast<size_t>(Source::kPopularity)] = request.cold.empty()
                                                                ? popularity_.rate(item.slot, now)
                                                            : cold != request.cold.end() ? cold->second.first
                                                                                         : 0;
  }
  score_tastes(items, request);
  const double agreement = neighbour_agreement(chosen_by_neighbours);
  for (const Source source : {Source::kNeighbours, Source::kPopularity}) rank_normalise(items, source);
  if (shopper.signals >= 20 && agreement == 0) request.degraded.emplace_back("neighbours");
  request.weights =
      // A stranger who said what she is looking for is not answered with what others like.
      trust(redistribute(hybrid_weights(shopper.signals),
                         {has_content, agreement > 0, has_taste,
                          request.cold.empty() || !request.context || !is_explicit(*request.context)}),
            Source::kNeighbours, agreement);
  combine(items, request.weights);
  for (auto& item : items)
    if (const PassRecord* passed = shopper.pass_of(item.slot)) {
      const double since = shopper.signals - passed->at_signal;
      item.score *= static_cast<float>(1 - std::exp2(-since / options_.pass_fade_signals));
    }
}

std::vector<Picked> Engine::choose(const std::vector<ScoredItem>& ranked, Request& request) const {
  std::vector<ScoredItem> pool;
  for (const Slot slot : sample(options_.explore_candidates, request))
    pool.push_back(unscored(request.catalog->facts(slot)));
  for (auto& item :
       pool)  // an explored item keeps its score, so that the answer can say what it would have been
    if (const auto known =
            std::find_if(ranked.begin(), ranked.end(), [&](const auto& r) { return r.slot == item.slot; });
        known != ranked.end())
      item = *known;
  SelectOptions options = options_.select;
  options.count = request.count;
  options.epsilon = exploration_epsilon(request.shopper->signals, options_.exploration);

  std::unordered_map<Slot, std::shared_ptr<const ItemEmbedding>> embeddings;
  for (size_t i = 0; i < std::min(ranked.size(), options.pool); ++i)
    embeddings.emplace(ranked[i].slot, embeddings_.get(ranked[i].slot));
  const auto alike = [&](Slot a, Slot b) {
    const auto embedding = [&](Slot slot) {
      auto& known = embeddings[slot];
      if (known == nullptr) known = embeddings_.get(slot);
      return known.get();
    };
    return likeness(embedding(a), embedding(b));
  };
  return select(ranked, pool, options, alike, request.rng);
}

Result<Answer> Engine::recommend(const RecommendRequest& asked) {
  const auto started = std::chrono::steady_clock::now();
  TRY_ASSIGN(Request request, begin(asked));
  auto items = gather_relaxing(request);
  score(items, request);
  sort_by_score(items, request.seed);
  Answer answer;
  answer.request_id = next_request_id();
  const auto weights = request.weights;
  const auto chosen = choose(items, request);
  for (const auto& picked : chosen) {
    AnswerItem shown = present(request.catalog->item(picked.item.slot));
    shown.position = static_cast<int>(answer.items.size());
    shown.score = static_cast<double>(picked.item.score);
    shown.propensity = picked.propensity;
    shown.explored = picked.explored;
    for (size_t s = 0; s < kSourceCount; ++s)
      if (weights[s] > 0)
        shown.parts.push_back(
            {std::string(kSourceNames[s]), weights[s], static_cast<double>(picked.item.values[s])});
    const auto advice = sizing_.advise(request.fit, request.catalog->item(picked.item.slot));
    if (advice) {
      shown.size = advice->size;
      shown.fit = advice->fit;
    }
    if (picked.explored) shown.reasons.emplace_back("Something different, to learn what you like");
    for (auto& reason : reasons(picked.item, request)) shown.reasons.push_back(std::move(reason));
    if (advice && !advice->reason.empty()) shown.reasons.push_back(advice->reason);
    answer.items.push_back(std::move(shown));
  }
  answer.degraded = std::move(request.degraded);
  if (request.context) answer.context = contexts_.view(*request.context);
  log_impressions(asked, request, chosen, answer);
  answer.took_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

}  // namespace modiste
