#include "features/learned_taste.h"

#include <algorithm>

#include "retrieval/term_candidates.h"
#include "retrieval/top_candidates.h"
#include "serving/request/sources.h"

namespace modiste {
namespace {

constexpr size_t kSpeakingTerms = 12;     // more would dilute the search
constexpr size_t kItemsPerCandidate = 3;  // items for each candidate, of which the best stay

std::vector<WeightedTerm> speaking_terms(const TasteWeights& taste, std::span<const float> idf) {
  std::vector<WeightedTerm> terms;
  for (size_t term = 0; term < idf.size(); ++term)
    if (const float weight = taste.weight_of(static_cast<TermId>(term)) * idf[term]; weight > 0)
      terms.push_back({static_cast<TermId>(term), weight});
  std::sort(terms.begin(), terms.end(),
            [](const WeightedTerm& a, const WeightedTerm& b) { return a.weight > b.weight; });
  if (terms.size() > kSpeakingTerms) terms.resize(kSpeakingTerms);
  return terms;
}

// What the shopper likes best by the trained taste model, among items with the terms that speak most for it;
// without a model, nothing. Score: the odds of a like over those of the best.
class LearnedTasteSource final : public CandidateSource {
 public:
  [[nodiscard]] std::string_view name() const override { return "learned_taste"; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    const RequestFacts& request = query.request;
    CandidateList list;
    if (request.learned_taste == nullptr) return list;
    const TasteWeights& taste = *request.learned_taste;
    TopCandidates best(query.k);
    for (const Slot slot : items_of_terms(request.catalog.columns(), speaking_terms(taste, request.idf),
                                          kItemsPerCandidate * query.k, query.filter, query.rng))
      best.offer({slot, taste.logit(request.catalog.facts(slot))});
    list.items = std::move(best).take();
    const float most = list.items.empty() ? 0 : list.items.front().score;
    for (Candidate& one : list.items) one.score = std::exp(one.score - most);
    return list;
  }
};

}  // namespace

std::unique_ptr<CandidateSource> make_learned_taste_source(const SourceParts& /*parts*/) {
  return std::make_unique<LearnedTasteSource>();
}

}  // namespace modiste
