// Finds the term that a phrase means, by the vocabulary's names, labels and synonyms: as written, then by
// stems.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

struct PhraseMatch {
  const Term* term = nullptr;
  size_t from = 0, count = 0;  // words of the text
  bool stemmed = false;
};

// Immutable after construction: any thread may read. Borrows the vocabulary.
class PhraseIndex {
 public:
  explicit PhraseIndex(const Vocabulary& vocabulary);

  // The whole phrase or nothing.
  [[nodiscard]] PhraseMatch find(Facet facet, const std::vector<std::string>& words) const;
  // Every phrase inside a text, longest first from the left, without overlaps.
  [[nodiscard]] std::vector<PhraseMatch> find_inside(Facet facet,
                                                     const std::vector<std::string>& words) const;

 private:
  struct Entry {
    const Term* term;
    bool is_name;  // a name beats a synonym whose stem is the same
  };
  using Phrases = std::unordered_map<std::string, Entry>;
  void add(const Term& term, std::string_view phrase, bool is_name);

  std::array<Phrases, kFacetCount> exact_, stemmed_;
  size_t words_max_ = 1;
};

}  // namespace modiste
