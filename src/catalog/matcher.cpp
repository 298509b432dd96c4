#include "catalog/matcher.h"

#include "vocabulary/words.h"

namespace modiste {
namespace {

Match match_of(const PhraseMatch& phrase, float factor) {
  if (phrase.term == nullptr) return {};
  if (phrase.stemmed) return {MatchStep::kStemmed, phrase.term, kStemmedConfidence * factor};
  return {MatchStep::kExact, phrase.term, kExactConfidence * factor};
}

}  // namespace

Match Matcher::match_whole(Facet facet, const std::vector<std::string>& words,
                           const LanguageWeights& weights) const {
  return match_of(phrases_.find(facet, words, weights), 1);
}

Match Matcher::match_part(Facet facet, const std::vector<std::string>& words,
                          const LanguageWeights& weights) const {
  const auto parts = phrases_.find_inside(facet, words, weights);
  if (parts.empty()) return {};
  const bool first = languages()[parts.front().language].head_first;
  return match_of(first ? parts.front() : parts.back(), kPartConfidence);
}

Match Matcher::match_nearest(Facet facet, std::string_view word) const {
  if (facet == Facet::kColour || facet == Facet::kDepartment) return {};
  const auto [term, cosine] = nearest_.find(facet, word);
  if (term == nullptr || cosine < options_.embedding_threshold) return {};
  return {MatchStep::kEmbedding, term,
          facet == Facet::kCategory ? kNearestCategoryConfidence : kNearestConfidence};
}

Match Matcher::match(Facet facet, std::string_view word) const {
  const auto words = words_of(word);
  if (words.empty()) return {};
  if (const Match whole = match_whole(facet, words); whole.term != nullptr) return whole;
  if (const Match part = match_part(facet, words); part.term != nullptr) return part;
  return match_nearest(facet, word);
}

}  // namespace modiste
