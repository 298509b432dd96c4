#include "serving/query/query_draft.h"

#include <algorithm>

#include "base/contains.h"

namespace modiste {

bool QueryDraft::says_nothing(size_t token) const {
  const std::string& key = tokens[token].key;
  return used[token] || words.languages_of(QueryRole::kFiller, key) != 0 ||
         words.languages_of(QueryRole::kConjunction, key) != 0 || is_but(token);
}

bool QueryDraft::is_but(size_t token) const { return words.is_but(tokens, token, weights); }

// How many tokens say here that what follows is not wanted.
size_t QueryDraft::negation_at(size_t token) const {
  if (used[token] || contains(branded, token)) return 0;
  if (tokens[token].key == kMinusSign) return 1;
  const size_t count = words.match(QueryRole::kNegation, tokens, token);
  if (count == 0 || words.match(QueryRole::kFiller, tokens, token) > count) return 0;  // "no iron"
  if (count != 1) return count;
  // "no" is "in the" in Portuguese.
  const uint32_t mask = words.languages_of(QueryRole::kNegation, tokens[token].key);
  const uint32_t filler = words.languages_of(QueryRole::kFiller, tokens[token].key) & ~mask;
  LanguageWeights own{};  // the word itself does not decide
  phrases.add_evidence(tokens[token].key, 1, own);
  float as_negation = 0, as_filler = 0;
  for (size_t id = 0; id < languages().size(); ++id) {
    if ((mask >> id & 1U) != 0) as_negation = std::max(as_negation, weights[id] - own[id]);
    if ((filler >> id & 1U) != 0) as_filler = std::max(as_filler, weights[id] - own[id]);
  }
  return as_filler > as_negation ? 0 : 1;
}

bool QueryDraft::is_negated(const QuerySpan& span) const {
  size_t token = read[span.from].token;
  while (token > 0) {
    --token;
    if (negation_at(token) > 0) return true;
    if (words.languages_of(QueryRole::kFiller, tokens[token].key) == 0) return false;
  }
  return false;
}

bool QueryDraft::is_covered(size_t token) const {
  return std::any_of(spans.begin(), spans.end(), [&](const QuerySpan& span) {
    return read[span.from].token <= token && token <= read[span.to - 1].token;
  });
}

LanguageId QueryDraft::main_language() const {
  return static_cast<LanguageId>(std::max_element(weights.begin(), weights.end()) - weights.begin());
}

QueryWish QueryDraft::wish_of(const QuerySpan& span) const {
  std::string said;
  const size_t first = read[span.from].token, last = read[span.to - 1].token;
  for (size_t i = first; i <= last; ++i)
    said += (i == first || tokens[i].glued ? "" : tokens[i].hyphen ? "-" : " ") + tokens[i].raw;
  return {span.facet, span.terms, said, span.language, first, last + 1, {}};
}

}  // namespace modiste
