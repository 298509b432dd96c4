#include <algorithm>
#include <cmath>

#include "retrieval/term_candidates.h"
#include "serving/request/sources.h"

namespace modiste {
namespace {

constexpr size_t kLeadingTerms = 10;  // more terms would dilute the search

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

// Items with the terms that each part of the taste likes most; each part gets candidates in proportion to its
// share. Score: always 0, the candidates are a set.
class Attributes final : public CandidateSource {
 public:
  [[nodiscard]] std::string_view name() const override { return "attributes"; }
  [[nodiscard]] size_t limit() const override { return 400; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    CandidateList list;
    const RequestFacts& request = query.request;
    for (size_t t = 0; t < request.tastes.size(); ++t) {
      if (request.tastes[t].share < kTasteShareMin) continue;
      if (query.deadline.passed()) {
        list.complete = false;
        break;
      }
      const auto wanted =
          static_cast<size_t>(std::ceil(static_cast<float>(query.k) * request.tastes[t].share));
      for (const Slot slot :
           items_of_terms(request.catalog.columns(), leading_terms(request.affinities[t], request.idf),
                          wanted, query.filter, query.rng))
        list.items.push_back({slot, 0});
    }
    return list;
  }
};

}  // namespace

std::unique_ptr<CandidateSource> make_attributes_source(const SourceParts& /*parts*/) {
  return std::make_unique<Attributes>();
}

}  // namespace modiste
