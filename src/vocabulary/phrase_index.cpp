#include "vocabulary/phrase_index.h"

#include <algorithm>

#include "vocabulary/words.h"

namespace modiste {
namespace {

std::vector<std::string> stems_of(const std::vector<std::string>& words) {
  std::vector<std::string> stems;
  stems.reserve(words.size());
  for (const auto& word : words) stems.push_back(stem(word));
  return stems;
}

}  // namespace

PhraseIndex::PhraseIndex(const Vocabulary& vocabulary) {
  for (const auto& term : vocabulary.terms()) {
    add(term, term.name, true);
    for (const auto& synonym : term.synonyms) add(term, synonym, false);
  }
  for (const auto& term : vocabulary.terms()) add(term, term.label, false);  // gives way to all the above
}

void PhraseIndex::add(const Term& term, std::string_view phrase, bool is_name) {
  const auto words = words_of(phrase);
  if (words.empty()) return;
  words_max_ = std::max(words_max_, words.size());
  const auto facet = static_cast<size_t>(term.facet);
  exact_[facet].try_emplace(join_words(words, 0, words.size()), Entry{&term, is_name});
  const auto [known, is_new] =
      stemmed_[facet].try_emplace(join_words(stems_of(words), 0, words.size()), Entry{&term, is_name});
  if (!is_new && is_name && !known->second.is_name) known->second = {&term, true};
}

PhraseMatch PhraseIndex::find(Facet facet, const std::vector<std::string>& words) const {
  const auto i = static_cast<size_t>(facet);
  if (words.empty() || words.size() > words_max_) return {};
  if (const auto found = exact_[i].find(join_words(words, 0, words.size())); found != exact_[i].end())
    return {found->second.term, 0, words.size(), false};
  const auto found = stemmed_[i].find(join_words(stems_of(words), 0, words.size()));
  if (found == stemmed_[i].end()) return {};
  return {found->second.term, 0, words.size(), true};
}

std::vector<PhraseMatch> PhraseIndex::find_inside(Facet facet, const std::vector<std::string>& words) const {
  const auto i = static_cast<size_t>(facet);
  const auto stems = stems_of(words);
  std::vector<PhraseMatch> matches;
  const auto longest_at = [&](size_t from) -> PhraseMatch {
    for (size_t count = std::min(words_max_, words.size() - from); count > 0; --count) {
      if (const auto exact = exact_[i].find(join_words(words, from, count)); exact != exact_[i].end())
        return {exact->second.term, from, count, false};
      if (const auto stemmed = stemmed_[i].find(join_words(stems, from, count)); stemmed != stemmed_[i].end())
        return {stemmed->second.term, from, count, true};
    }
    return {};
  };
  for (size_t from = 0; from < words.size();) {
    const PhraseMatch match = longest_at(from);
    if (match.term != nullptr) matches.push_back(match);
    from += std::max<size_t>(1, match.count);
  }
  return matches;
}

}  // namespace modiste
