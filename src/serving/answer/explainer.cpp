#include "serving/answer/explainer.h"

#include <algorithm>

#include "base/contains.h"
#include "features/source_shares.h"
#include "ranking/learned_ranker.h"
#include "serving/answer/completability.h"
#include "serving/answer/style_names.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/reason_rules.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr float kStrong = 0.9F;  // rank share from which a feature is worth a reason

// Facets that describe a shopper's taste: nobody "leans to women", to winter or to weddings.
bool is_taste(Facet facet) {
  return facet != Facet::kDepartment && facet != Facet::kSeason && facet != Facet::kOccasion;
}

// True if what others chose counts in the score, as it does for a learned ranker, which reads it, and enough
// shoppers chose the item beside one of this shopper's choices: popularity alone does not make it theirs.
bool chosen_beside(const ExplainInput& input, Slot slot) {
  constexpr uint32_t kShoppersMin = 3;
  constexpr size_t kBest = 50;  // of the source's candidates
  const bool counts =
      std::any_of(input.ranking.terms.begin(), input.ranking.terms.end(), [&](const ScoreTerm& term) {
        return (term.feature == "neighbours" || term.feature == "next_choices" ||
                term.feature == LearnedRanker::kName) &&
               term.weight > 0;
      });
  const CandidateList* list = input.candidates.of("neighbours");
  if (!counts || list == nullptr) return false;
  for (size_t i = 0; i < std::min(kBest, list->items.size()); ++i)
    if (list->items[i].slot == slot) return list->evidence[i] >= kShoppersMin;
  return false;
}

// The part of the taste that explains the item best.
struct TasteExplanation {
  ReasonCode code = ReasonCode::kLikesTerms;
  std::string style;                // of kStyleLikesTerms
  std::span<const float> affinity;  // of the request
};

TasteExplanation explaining_taste(const ItemFacts& item, const RequestState& request, const ShopState& shop) {
  constexpr float kShareMin = 0.1F;  // smaller parts of the taste are not mentioned
  const RequestFacts facts = request.facts();
  size_t best = 0, named = 0;
  for (size_t t = 0; t < request.tastes.size(); ++t) {
    if (request.tastes[t].share < kShareMin) continue;
    ++named;
    if (content_match(item, facts, t) > content_match(item, facts, best)) best = t;
  }
  if (named == 0) return {ReasonCode::kLikesTerms, {}, request.affinity};
  if (named == 1) return {ReasonCode::kLikesTerms, {}, request.affinities[best]};
  if (request.tastes[best].mode == kSessionMode)
    return {ReasonCode::kWantsTermsNow, {}, request.affinities[best]};
  return {ReasonCode::kStyleLikesTerms, style_name(request.tastes[best].taste, shop),
          request.affinities[best]};
}

// True if the shopper chose, or named in the quiz, something with this term. An affinity alone can come from
// passes on everything else.
bool is_chosen(std::span<const TasteShare> tastes, TermId term) {
  return std::any_of(tastes.begin(), tastes.end(), [&](const TasteShare& part) {
    const Evidence* evidence = find_evidence(part.taste.terms, term);
    return evidence != nullptr && evidence->positive > 0;
  });
}

// True if the shopper liked or saved a garment of the brand, or named it in the quiz: a look or a purchase
// does not say that they like it.
bool says_liking_of(BrandId brand, const RequestState& request) {
  const ShopperState& shopper = *request.shopper;
  return contains(shopper.preferences.brands, brand) ||
         std::any_of(shopper.liked.begin(), shopper.liked.end(), [&](const Liked& one) {
           return (one.how == EventType::kLike || one.how == EventType::kSave) &&
                  one.slot < request.catalog->slot_count() && request.catalog->facts(one.slot).brand == brand;
         });
}

// "Boots" says nothing beside "Ankle boots", nor "Maxi" beside "Maxi dress".
bool repeats(const Term& term, const Term& said, const Vocabulary& vocabulary) {
  const auto words = [](const Term& one) { return " " + folded(one.label) + " "; };
  return vocabulary.is_a(term.id, said.id) || vocabulary.is_a(said.id, term.id) ||
         words(said).find(words(term)) != std::string::npos ||
         words(term).find(words(said)) != std::string::npos;
}

}  // namespace

std::optional<Reason> Explainer::liked_terms(const ItemFacts& item, const RequestState& request) const {
  const Vocabulary& vocabulary = shop_.catalog.vocabulary();
  auto taste = explaining_taste(item, request, shop_);
  std::vector<std::pair<float, TermId>> liked;
  for (const TermId term : item.terms) {
    const float own = taste.affinity[term] - (request.situation.empty() ? 0 : request.situation[term]);
    if (const float pull = own * request.idf[term];
        pull > 0.15F && is_taste(vocabulary.term(term).facet) && is_chosen(request.tastes, term))
      liked.emplace_back(pull, term);
  }
  if (liked.empty()) return std::nullopt;
  std::sort(liked.rbegin(), liked.rend());
  Reason reason{taste.code, {}};
  const Term& first = vocabulary.term(liked.front().second);
  auto& labels = reason.args.terms.emplace({first.label});
  const auto second = std::find_if(liked.begin() + 1, liked.end(), [&](const auto& one) {
    return !repeats(vocabulary.term(one.second), first, vocabulary);
  });
  if (second != liked.end()) labels.push_back(vocabulary.term(second->second).label);
  if (taste.code == ReasonCode::kStyleLikesTerms) reason.args.style = std::move(taste.style);
  return reason;
}

std::optional<Reason> Explainer::resembles_liked(const ItemFacts& item, const ItemEmbedding* embedding,
                                                 const RequestState& request) const {
  constexpr size_t kRemembered = 20;
  if (embedding == nullptr || embedding->vector.empty()) return std::nullopt;
  const auto& liked = request.shopper->liked;
  const Item* nearest = nullptr;
  EventType how{};
  float nearest_cosine = kAlikeMin;
  for (size_t i = liked.size() > kRemembered ? liked.size() - kRemembered : 0; i < liked.size(); ++i) {
    const Item& candidate = request.catalog->item(liked[i].slot);
    if (candidate.garment == nullptr || candidate.facts.garment == item.garment) continue;
    if (request.shopper->pass_of(liked[i].slot) != nullptr) continue;  // liked and passed: not to be named
    if (!comparable(candidate.facts, item, shop_.catalog.vocabulary())) continue;
    const auto other = shop_.embeddings.get(liked[i].slot);
    if (other == nullptr || other->vector.size() != embedding->vector.size()) continue;
    if (const float cosine = dot(embedding->vector, other->vector); cosine >= nearest_cosine) {
      nearest = &candidate;
      how = liked[i].how;
      nearest_cosine = cosine;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  Reason reason{ReasonCode::kLooksLikeLiked, {}};
  // A purchase does not say that the shopper likes it.
  if (how == EventType::kPurchase || how == EventType::kAddToCart) reason.args.chosen_by = how;
  const auto garment = nearest->garment.read();
  reason.args.garment_id = garment->id;
  reason.args.title = garment->title;
  return reason;
}

std::optional<Reason> Explainer::liked_brand(const ItemFacts& item, const RequestState& request) const {
  if (item.brand == 0 || !(mixed_brand_affinity(request.tastes, item.brand, *request.style) > 0.3F) ||
      !says_liking_of(item.brand, request))
    return std::nullopt;
  Reason reason{ReasonCode::kLikedBrand, {}};
  reason.args.brand = shop_.catalog.brand_name(item.brand);
  return reason;
}

bool Explainer::looks_like(const ItemFacts& item, const ItemFacts& other) const {
  const auto a = shop_.embeddings.get(item.slot), b = shop_.embeddings.get(other.slot);
  return a != nullptr && b != nullptr && !a->vector.empty() && a->vector.size() == b->vector.size() &&
         dot(a->vector, b->vector) >= kAlikeMin && comparable(item, other, shop_.catalog.vocabulary());
}

bool Explainer::liked_lately(Slot slot, const RequestState& request) const {
  return shop_.co_choices.liked_since(slot, request.now - kLikedLately, request.shopper->subject,
                                      kLikedByMin);
}

std::optional<Reason> Explainer::works_with_owned(Slot slot, const ItemEmbedding* embedding,
                                                  const RequestState& request) const {
  if (request.owned == nullptr) return std::nullopt;
  const Item& item = request.catalog->item(slot);
  const auto look = wearable_of(item, embedding, *request.vocabulary);
  const WornBy worn_by{wearers_of_department(item.facts.department, *request.vocabulary),
                       *request.vocabulary};
  const WorksWith works = works_with(look, worn_by, *request.owned, rules_);
  if (works.best == nullptr) return std::nullopt;
  Reason reason{ReasonCode::kWorksWithOwned, {}};
  reason.args.count = static_cast<int>(works.pieces);
  if (works.pieces == 1) reason.args.title = std::string(works.best->item->garment.title());
  return reason;
}

std::optional<Reason> Explainer::suits_proportions(const ItemFacts& item, const RequestState& request) const {
  if (request.body_rules.empty()) return std::nullopt;
  const auto department = department_worn(item, request.departments, *request.vocabulary);
  const auto verdict =
      outfits::body_verdict(request.body_rules, role_of(item, *request.vocabulary), department, item.terms);
  if (verdict.preferred_by == nullptr) return std::nullopt;
  Reason reason{ReasonCode::kSuitsProportions, {}};
  reason.args.terms = {request.vocabulary->term(verdict.preferred).label};
  reason.args.note = verdict.preferred_by->row.says;
  return reason;
}

std::optional<Reason> Explainer::cold_start(const ExplainInput& input, Slot slot) const {
  const CandidateList* list = input.candidates.cold_start();
  if (list == nullptr) return std::nullopt;
  const auto found = std::find_if(list->items.begin(), list->items.end(),
                                  [&](const Candidate& item) { return item.slot == slot; });
  if (found == list->items.end()) return std::nullopt;
  const auto place = static_cast<size_t>(found - list->items.begin());
  const ColdItem cold = unpack_cold_evidence(slot, list->evidence[place]);
  const ItemFacts& item = input.request.catalog->facts(slot);
  if (cold.step == ColdStep::kVisualNeighbours) {
    const auto& choices = input.request.shopper->choices;
    if (!choices.empty() && looks_like(item, input.request.catalog->facts(choices.back().slot)))
      return Reason{ReasonCode::kLooksLikeLast, {}};
  }
  if (cold.cluster == ClusterPopularity::kNoCluster) {
    if (is_new(item, input.request.now)) return Reason{ReasonCode::kNewArrival, {}};
    return std::nullopt;
  }
  if (!liked_lately(slot, input.request)) return std::nullopt;
  std::string style = shop_.style_clusters.name(cold.cluster);
  if (style.empty()) return std::nullopt;
  Reason reason{ReasonCode::kLikedInStyle, {}};
  reason.args.style = std::move(style);
  return reason;
}

std::vector<Reason> Explainer::explain(const ExplainInput& input, size_t row) const {
  const RequestState& request = input.request;
  const Slot slot = input.features.slots()[row];
  const ItemFacts& item = request.catalog->facts(slot);
  std::vector<Reason> reasons;
  const auto add = [&](std::optional<Reason> reason) {
    if (reason) reasons.push_back(std::move(*reason));
  };
  const auto add_context = [&] {
    for (auto& reason : shop_.contexts.reasons(item, *request.context)) add(std::move(reason));
  };
  // What the shopper stated for this answer comes before what is known of them.
  const bool is_told = request.context && is_explicit(*request.context);
  if (is_told) add_context();
  add(liked_terms(item, request));
  const auto embedding = shop_.embeddings.get(slot);
  add(resembles_liked(item, embedding.get(), request));
  add(works_with_owned(slot, embedding.get(), request));
  add(liked_brand(item, request));
  if (chosen_beside(input, slot)) add(Reason{ReasonCode::kLikeMinded, {}});
  if (request.context && !is_told) add_context();
  add(suits_proportions(item, request));
  if (reasons.empty()) add(cold_start(input, slot));
  if (reasons.empty() && input.candidates.cold_start() == nullptr &&
      input.features.column("popularity")[row] > kStrong && liked_lately(slot, request))
    add(Reason{ReasonCode::kMuchLiked, {}});
  if (reasons.empty() && request.shopper->signals == 0 && !request.shopper->preferences.answered)
    add(Reason{ReasonCode::kFirstLook, {}});
  if (reasons.size() > kReasonsMax) reasons.resize(kReasonsMax);
  return reasons;
}

}  // namespace modiste
