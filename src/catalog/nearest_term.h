// The term nearest in meaning to a word, by sentence embedding.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/mutex.h"
#include "catalog/normaliser.h"

namespace modiste {

// Threads: all methods from any thread. A facet's term vectors are computed once, at the first query; answers
// are cached for the last kRememberedMax words.
class NearestTerm {
 public:
  static constexpr size_t kRememberedMax = 20'000;
  // Embedded with the label; each costs milliseconds at the first query.
  static constexpr size_t kSynonymsMax = 4;

  NearestTerm(const Vocabulary& vocabulary, TextEmbedder embedder)
      : vocabulary_(vocabulary), embedder_(std::move(embedder)) {}

  struct Neighbour {
    const Term* term = nullptr;  // null without an embedder, or when the word cannot be embedded
    float cosine = 0;
  };
  [[nodiscard]] Neighbour find(Facet facet, std::string_view word) const;

 private:
  struct FacetVectors {
    std::once_flag once;
    std::vector<std::pair<const Term*, Vector>> vectors;  // several per term: its label and first synonyms
  };
  [[nodiscard]] Neighbour compute(Facet facet, const std::string& word) const;

  const Vocabulary& vocabulary_;
  TextEmbedder embedder_;
  mutable std::array<FacetVectors, kFacetCount> facets_;
  mutable Mutex mutex_;
  mutable std::unordered_map<std::string, Neighbour> remembered_ GUARDED_BY(mutex_);
};

}  // namespace modiste
