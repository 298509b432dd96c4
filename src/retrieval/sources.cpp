#include "retrieval/sources.h"

namespace modiste {

Result<CandidateList> AnnSource::candidates(const CandidateQuery& query) const {
  if (query.vector.empty()) return CandidateList{};
  TRY_ASSIGN(auto items, index_.search({.vector = query.vector, .k = query.k, .filter = query.filter}));
  return CandidateList{std::move(items), true};
}

Result<CandidateList> TextSource::candidates(const CandidateQuery& query) const {
  if (query.text.empty()) return CandidateList{};
  return index_.search(
      {.text = query.text, .k = query.k, .filter = query.filter, .deadline = query.deadline});
}

Result<CandidateList> NeighbourSource::candidates(const CandidateQuery& query) const {
  if (!query.shopper) return CandidateList{};
  return index_.search(*query.shopper, query.k, query.filter, query.deadline);
}

Result<CandidateList> PopularitySource::candidates(const CandidateQuery& query) const {
  return index_.search(query.k, clock_.now(), query.filter);
}

}  // namespace modiste
