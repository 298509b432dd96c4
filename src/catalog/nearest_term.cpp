#include "catalog/nearest_term.h"

#include <algorithm>

#include "base/check.h"
#include "base/mutex.h"

namespace modiste {

NearestTerm::Neighbour NearestTerm::compute(Facet facet, const std::string& word) const {
  auto& own = facets_[static_cast<size_t>(facet)];
  std::call_once(own.once, [&] {
    for (const auto& term : vocabulary_.terms(facet)) {
      own.vectors.emplace_back(&term, embedder_(term.label));
      for (size_t i = 0; i < std::min(kSynonymsMax, term.synonyms.size()); ++i)
        own.vectors.emplace_back(&term, embedder_(term.synonyms[i]));
    }
  });
  const Vector query = embedder_(word);
  Neighbour nearest;
  if (query.empty()) return nearest;
  for (const auto& [term, vector] : own.vectors) {
    if (vector.empty()) continue;
    CHECK(vector.size() == query.size());
    const float cosine = dot(query, vector);
    if (nearest.term == nullptr || cosine > nearest.cosine) nearest = {term, cosine};
  }
  return nearest;
}

NearestTerm::Neighbour NearestTerm::find(Facet facet, std::string_view word) const {
  if (!embedder_) return {};
  const std::string text(word);
  const std::string key = std::string(name_of(facet)) + ":" + text;
  {
    const MutexLock lock(mutex_);
    if (const auto known = remembered_.find(key); known != remembered_.end()) return known->second;
  }
  const Neighbour found =
      compute(facet, text);  // slow, so outside the lock; two threads may compute the same
  const MutexLock lock(mutex_);
  if (remembered_.size() >= kRememberedMax) remembered_.clear();
  remembered_.emplace(key, found);
  return found;
}

}  // namespace modiste
