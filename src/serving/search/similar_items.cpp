// Garments similar to one garment: of a comparable kind, for the same wearers, and of its colour and pattern
// where the shop has enough of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/named_item.h"
#include "embedding/palette_likeness.h"
#include "ranking/rules.h"
#include "retrieval/term_candidates.h"
#include "serving/answer/findings.h"
#include "serving/request/eligible_items.h"
#include "serving/request/reason_rules.h"
#include "serving/request/stage_clock.h"
#include "serving/search/photo_match.h"
#include "serving/search/query_match.h"
#include "serving/search/reasonless.h"
#include "serving/search/search_service.h"

namespace modiste {
namespace {

constexpr double kAskedWeight = 0.9;  // of kind, colour and pattern; looks and other attributes order equals

// Weight of the terms that both items have, as a share of all their terms' weight (weighted Jaccard).
float overlap(const ItemFacts& a, const ItemFacts& b, std::span<const float> idfs) {
  float both = 0, any = 0;
  for (const TermId term : a.terms) {
    const float idf = idfs[term];
    any += idf;
    if (std::binary_search(b.terms.begin(), b.terms.end(), term)) both += idf;
  }
  for (const TermId term : b.terms)
    if (!std::binary_search(a.terms.begin(), a.terms.end(), term)) any += idfs[term];
  return any > 0 ? both / any : 0;
}

// Shared attributes that a shopper would notice: at most two.
// "Also plain" tells a shopper nothing: most garments are.
std::vector<std::string> shared_terms(const ItemFacts& a, const ItemFacts& b, const Vocabulary& vocabulary) {
  const Term* plain = vocabulary.find(Facet::kPattern, "solid");
  std::vector<std::string> shared;
  for (const Facet facet : {Facet::kColour, Facet::kPattern, Facet::kFabric, Facet::kSilhouette})
    for (const TermId term : b.terms)
      if (vocabulary.term(term).facet == facet && &vocabulary.term(term) != plain &&
          std::binary_search(a.terms.begin(), a.terms.end(), term) && shared.size() < 2)
        shared.push_back(vocabulary.term(term).label);
  if (!shared.empty()) return shared;
  // Else the narrowest kind that both are of; that both are clothing tells nothing.
  const Term* kind = nullptr;
  for (const TermId term : b.terms)
    if (const Term& one = vocabulary.term(term);
        one.facet == Facet::kCategory && (one.parent || one.role != OutfitRole::kNone) && has_term(a, term) &&
        (kind == nullptr || vocabulary.is_a(term, kind->id)))
      kind = &one;
  if (kind != nullptr) shared.push_back(kind->label);
  return shared;
}

// Who would wear it instead: a gender's garments are compared with unisex ones, unisex ones with all adults',
// and children's with children's.
std::vector<TermId> wearers_of(TermId department, const Vocabulary& vocabulary) {
  if (department == kNoTerm) return {};
  std::vector<TermId> wearers{department};
  const auto add = [&](std::string_view name) {
    if (const Term* term = vocabulary.find(Facet::kDepartment, name)) wearers.push_back(term->id);
  };
  const std::string& name = vocabulary.term(department).name;
  if (name == "unisex") add("women"), add("men");
  if (name == "baby") add("kids");
  return wearers;
}

// The categories whose garments are comparable() with this one.
std::vector<Column> comparable_kinds(const ItemFacts& item, const SlotColumns& columns,
                                     const Vocabulary& vocabulary) {
  std::vector<Column> kinds;
  ItemFacts other;
  for (const Term& category : vocabulary.terms(Facet::kCategory)) {
    other.category = category.id;
    if (comparable(item, other, vocabulary)) kinds.push_back(columns.is(category.id));
  }
  return kinds;
}

// The garment as if a query had stated its kind, colour and pattern.
QueryReading asked_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  QueryReading reading;
  const auto want = [&](Facet facet, TermId term) {
    if (term != kNoTerm) reading.wanted.push_back({facet, {term}, {}, kEnglish, 0, 0, {}});
  };
  want(Facet::kCategory, item.category);
  want(Facet::kColour, item.colour);
  for (const TermId term : item.terms)
    if (vocabulary.term(term).facet == Facet::kPattern) want(Facet::kPattern, term);
  return reading;
}

// The item that is asked about, by any name of it. kNotFound: it is not sold.
Result<Slot> slot_asked(const SimilarRequest& asked, const Catalog& catalog) {
  const auto [garment_id, colour] =
      find_named(catalog, asked.garment_id, asked.colour).value_or(NamedItem{"", asked.colour});
  const Slot slot = catalog.slot(garment_id, colour);
  if (slot != kNoSlot) return slot;
  if (!colour.empty() && !catalog.slots(garment_id).empty())
    return Error{Code::kNotFound, fmt::format("no garment '{}' in '{}'", garment_id, colour), "?colour",
                 "one of its colours, or none for its first one"};
  return Error{Code::kNotFound, fmt::format("no garment '{}'", asked.garment_id), "?id",
               "an id from GET /v1/garments"};
}

// Finds items like one item, and compares them with it. Lives for one request.
class SimilarItems {
 public:
  SimilarItems(Slot slot, const RequestState& request, const ShopState& shop)
      : request_(request),
        shop_(shop),
        item_(request.catalog->facts(slot)),
        embedding_(shop.embeddings.get(slot)),
        reading_(asked_of(item_, *request.vocabulary)),
        match_(reading_, *request.vocabulary, shop.normaliser.phrases()),
        found_(comparisons()) {}

  // By looks and by terms, of a comparable kind: first those of its colour and pattern, others where these
  // are too few.
  void find() {
    std::vector<WeightedTerm> terms;
    for (const TermId term : item_.terms) terms.push_back({term, request_.idf[term]});
    const SlotColumns& columns = request_.catalog->columns();
    for (const bool strictly : {true, false}) {
      if (found_.garments() >= request_.count) break;
      const SlotBits eligible = eligible_items(request_, [&](SlotQuery& query) {
        if (item_.category != kNoTerm)
          query.any_of.push_back(comparable_kinds(item_, columns, *request_.vocabulary));
        if (strictly) match_.require_all(query, columns);
      });
      const SlotFilter filter(eligible);
      if (embedding_ != nullptr)
        for (const auto& hit : shop_.indexes.nearest(embedding_->vector, kSearchCandidates, filter))
          found_.at(request_.catalog->facts(hit.slot));
      Rng rng(0);  // fixed seed: repeated calls give the same garments
      for (const Slot other : items_of_terms(columns, terms, kSearchCandidates, filter, rng))
        found_.at(request_.catalog->facts(other));
    }
  }

  void compare() {
    const PaletteLikeness colours(embedding_ == nullptr ? std::vector<std::string>{} : embedding_->palette);
    for (auto& one : found_.items()) {
      const Item& other = request_.catalog->item(one.item.slot);
      one.values[kStated] = match_.stated(other);
      one.values[kAttributes] = overlap(item_, other.facts, request_.idf);
      const auto its = shop_.embeddings.get(one.item.slot);
      if (embedding_ == nullptr || its == nullptr) continue;
      one.values[kColour] = colours.to(its->palette);
      if (!its->vector.empty() && !embedding_->vector.empty())
        one.values[kVisual] = std::max(0.0F, dot(embedding_->vector, its->vector));
    }
  }

  // The best, each with what it shares.
  [[nodiscard]] Answer answer(RequestState& request) {
    Answer answer = found_.answer(request, shop_);
    for (size_t i = 0; i < answer.items.size(); ++i) {
      auto shared = shared_terms(item_, request.catalog->facts(found_.shown()[i]), *request.vocabulary);
      if (shared.empty()) continue;
      Reason reason{ReasonCode::kSharesTerms, {}};
      reason.args.terms = std::move(shared);
      answer.items[i].reasons.push_back(std::move(reason));
    }
    return answer;
  }

 private:
  enum : size_t { kStated, kVisual, kColour, kAttributes };
  [[nodiscard]] std::array<Comparison, 4> comparisons() const {
    const double rest = match_.states_anything() ? 1 - kAskedWeight : 1;
    return {{{"stated", 1 - rest},
             {"visual", kSimilarLooks * rest},
             {"colour", kSimilarColour * rest},
             {"attributes", kSimilarAttributes * rest}}};
  }

  const RequestState& request_;
  const ShopState& shop_;
  const ItemFacts& item_;
  const std::shared_ptr<const ItemEmbedding> embedding_;  // null: none
  const QueryReading reading_;
  const QueryMatch match_;
  Findings<4> found_;
};

}  // namespace

Result<Answer> SearchService::similar(const SimilarRequest& asked, std::string_view request_id) {
  const StageClock stages;
  TRY_ASSIGN(const Slot slot, slot_asked(asked, shop_.catalog));
  TRY_ASSIGN(RequestState request, begin(named_by(asked), asked.filter, asked.count, request_id));
  const ItemFacts& item = request.catalog->facts(slot);
  request.filter.excluded_garments.push_back(item.garment);
  make_bought_rule(RuleOptions())->exclude({request.facts(), false}, request.excluded);
  if (request.filter.departments.empty())
    request.filter.departments = wearers_of(item.department, *request.vocabulary);
  SimilarItems similar(slot, request, shop_);
  similar.find();
  similar.compare();
  Answer answer = similar.answer(request);
  say_where_unlike(request, answer);
  impressions_.log_found(request, answer, {.query = {}, .garment_id = asked.garment_id});
  answer.took_ms = stages.total_ms();
  return answer;
}

}  // namespace modiste
