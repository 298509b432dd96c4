// A query while it is read: its tokens, the phrases found among them, and what became of both. The steps of
// reading (query_terms.h, query_refusals.h) work on it one after the other.
//
// Threads: lives for one call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "serving/query/query_reading.h"

namespace modiste {

// A phrase of the query that means something in a facet. Words from..to - 1 of the draft.
struct QuerySpan {
  Facet facet{};
  size_t from = 0, to = 0;
  std::vector<TermId> terms;
  LanguageId language = kEnglish;
  bool is_name = false;  // the term's own name, not a synonym
  bool dropped = false;
  bool is_part = false;  // of a word that names the thing too: "Leinenkleid"
  bool stemmed = false;

  [[nodiscard]] size_t size() const { return to - from; }
  [[nodiscard]] bool is_within(const QuerySpan& other) const { return from >= other.from && to <= other.to; }
  [[nodiscard]] bool overlaps(const QuerySpan& other) const { return from < other.to && other.from < to; }
};

struct QueryDraft {
  struct Word {
    std::string word;
    size_t token = 0;
  };

  const Vocabulary& vocabulary;
  const PhraseIndex& phrases;
  const QueryWords& words;
  const Catalog& catalog;
  std::vector<QueryToken> tokens = {};
  std::vector<bool> used = {};                      // by token: price, size, or not wanted
  std::vector<size_t> suffixed = {}, branded = {};  // tokens: "lederfrei"; of a brand's name
  std::vector<Word> read = {};
  std::vector<std::string> plain = {};  // the words of read
  LanguageWeights weights = {};
  std::vector<QuerySpan> spans = {};
  QueryReading reading = {};
  // Tokens that belong together: what is refused with the word that refuses it.
  std::vector<std::vector<size_t>> refusals = {};

  // word: index into plain.
  [[nodiscard]] bool has_role(size_t word, QueryRole role) const {
    return words.languages_of(role, plain[word]) != 0;
  }
  [[nodiscard]] bool says_nothing(size_t token) const;
  // How many tokens say here that what follows is not wanted.
  [[nodiscard]] size_t negation_at(size_t token) const;
  // "But" between things, in the query's own language: French "ma" is not the Italian "but".
  [[nodiscard]] bool is_but(size_t token) const;
  [[nodiscard]] bool is_negated(const QuerySpan& span) const;
  [[nodiscard]] bool is_covered(size_t token) const;
  [[nodiscard]] LanguageId main_language() const;
  [[nodiscard]] QueryWish wish_of(const QuerySpan& span) const;
  // The tokens that keep() lets pass, as people write them; no joining word at either end.
  template <class Keep>
  [[nodiscard]] std::string text_of(const Keep& keep) const;
};

template <class Keep>
std::string QueryDraft::text_of(const Keep& keep) const {
  std::vector<size_t> kept;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (!keep(i) || is_but(i)) continue;
    if (words.languages_of(QueryRole::kConjunction, tokens[i].key) != 0) {
      // Of "wool, polyester or acrylic" without polyester it is kept, of "red and black" without either not.
      const bool joins = !kept.empty() && i + 1 < tokens.size() && keep(i + 1) &&
                         (kept.back() + 1 == i || tokens[kept.back() + 1].comma);
      if (!joins) continue;
    }
    kept.push_back(i);
  }
  std::string text;
  for (size_t k = 0; k < kept.size(); ++k) {
    const QueryToken& token = tokens[kept[k]];
    const bool follows = k > 0 && kept[k - 1] + 1 == kept[k];
    if (k > 0 && !(follows && token.glued))
      text += !follows ? " " : token.hyphen ? "-" : token.comma ? ", " : " ";
    text += token.raw;
  }
  return text;
}

}  // namespace modiste
