// The four steps from a word to a term, in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/nearest_term.h"
#include "catalog/normaliser.h"
#include "vocabulary/phrase_index.h"

namespace modiste {

// Confidence of a match, before its place (title, description) lowers it.
inline constexpr float kExactConfidence = 1.0F;
inline constexpr float kStemmedConfidence = 0.95F;
inline constexpr float kPartConfidence = 0.85F;  // a factor when some words of the phrase are unknown

// How often the nearest term is the right one: measured by removing the vocabulary's own synonyms one by one
// and asking MiniLM for them, at cosine 0.72 (category 128 of 215; fabric, occasion and season together 49 of
// 62). For colour words it is 30 of 54, and a wrong colour is worse than none because the photo knows better,
// so colours are not matched in this way.
inline constexpr float kNearestCategoryConfidence = 0.6F;
inline constexpr float kNearestConfidence = 0.75F;

// Threads: const methods from any thread. Borrows the vocabulary.
class Matcher {
 public:
  Matcher(const Vocabulary& vocabulary, TextEmbedder embedder, NormaliserOptions options)
      : vocabulary_(vocabulary),
        phrases_(vocabulary),
        nearest_(vocabulary, std::move(embedder)),
        options_(options) {}

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] const PhraseIndex& phrases() const { return phrases_; }

  // Exact or stemmed match of the whole phrase, in the languages that the weights name.
  [[nodiscard]] Match match_whole(Facet facet, const std::vector<std::string>& words,
                                  const LanguageWeights& weights = kNoLanguageKnown) const;
  // The phrase within the text that names it: the last one, or the first in a language that names first.
  [[nodiscard]] Match match_part(Facet facet, const std::vector<std::string>& words,
                                 const LanguageWeights& weights = kNoLanguageKnown) const;
  // A guess, and only for English: the embedder knows no other language.
  [[nodiscard]] Match match_nearest(Facet facet, std::string_view word) const;
  // Tries all of these in turn.
  [[nodiscard]] Match match(Facet facet, std::string_view word) const;

 private:
  const Vocabulary& vocabulary_;
  PhraseIndex phrases_;
  NearestTerm nearest_;
  NormaliserOptions options_;
};

}  // namespace modiste
