#include "serving/query/query_spelling.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "base/edit_distance.h"
#include "feeds/currency_signs.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

bool is_lettered(std::string_view key) {
  return std::none_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Kana, Han and Hangul: a letter is a syllable or a word, and one edit another word.
bool has_syllables(std::string_view key) {
  return std::any_of(key.begin(), key.end(), [](char c) {
    const auto byte = static_cast<uint8_t>(c);
    return byte >= 0xE3 && byte <= 0xED;
  });
}

size_t common_letters(uint32_t a, uint32_t b) { return static_cast<size_t>(std::popcount(a ^ b)); }
uint32_t letters_in(std::string_view word) {
  uint32_t letters = 0;
  for (const char c : word) letters |= 1U << (static_cast<uint8_t>(c) % 32);
  return letters;
}

bool is_money_word(std::string_view key) {
  return std::any_of(kCurrencySigns.begin(), kCurrencySigns.end(),
                     [&](const CurrencySign& sign) { return sign.sign == key; });
}

}  // namespace

QuerySpelling::QuerySpelling(const Vocabulary& vocabulary, const PhraseIndex& phrases,
                             const QueryWords& words, const TextIndex& catalog,
                             const QuerySpellingOptions& options)
    : phrases_(phrases), words_(words), catalog_(catalog), options_(options) {
  for (const Term& term : vocabulary.terms()) {
    add(term.name, kEnglish, true);
    add(term.label, kEnglish, true);
    for (const auto& synonym : term.synonyms) add(synonym, kEnglish, true);
  }
  for (size_t id = 0; id < languages().size(); ++id) {
    const Language& language = languages()[id];
    const auto own = static_cast<LanguageId>(id);
    for (const auto& word : language.words) add(word.phrase, own, true);
    for (const auto& person : language.persons) add(person.phrase, own, false);
    for (const auto& word : language.function_words) add(word, own, false);
    for (const auto& role : language.query)
      for (const auto& phrase : role) add(phrase, own, false);
  }
  std::map<std::string, Known> merged;
  for (auto& one : known_) {
    Known& all = merged[one.word];
    all.word = one.word;
    all.languages |= one.languages;
    all.is_term = all.is_term || one.is_term;
  }
  known_.clear();
  for (auto& [word, one] : merged) {
    for (size_t id = 0; id < languages().size(); ++id)
      if ((one.languages >> id & 1U) != 0 && !languages()[id].stemmer.empty())
        stems_[stem(word, languages()[id].stemmer)] |= 1U << id;
    known_.push_back(std::move(one));
  }
}

void QuerySpelling::add(std::string_view phrase, LanguageId language, bool is_term) {
  for (const auto& word : words_of(phrase))
    if (word.size() >= 3 && is_lettered(word)) known_.push_back({word, 1U << language, is_term});
}

uint32_t QuerySpelling::speakers_by_stem(const std::string& key) const {
  uint32_t speakers = 0;
  for (size_t id = 0; id < languages().size(); ++id) {
    if (languages()[id].stemmer.empty()) continue;
    const auto found = stems_.find(stem(key, languages()[id].stemmer));
    if (found != stems_.end()) speakers |= found->second & 1U << id;
  }
  return speakers;
}

uint32_t QuerySpelling::listed_in(std::string_view word) const {
  const auto found =
      std::lower_bound(known_.begin(), known_.end(), word,
                       [](const Known& one, std::string_view sought) { return one.word < sought; });
  return found != known_.end() && found->word == word ? found->languages : 0;
}

// In a shop without skirts "skirts" is not "shirts", mistyped.
bool QuerySpelling::is_english_plural(std::string_view key) const {
  const auto listed = [&](const std::string& word) { return (listed_in(word) >> kEnglish & 1U) != 0; };
  if (!key.ends_with('s')) return false;
  const std::string stem(key.substr(0, key.size() - 1));
  if (listed(stem)) return true;
  if (!stem.ends_with('e')) return false;
  const std::string shorter = stem.substr(0, stem.size() - 1);
  return listed(shorter) || (shorter.ends_with('i') && listed(shorter.substr(0, shorter.size() - 1) + "y"));
}

uint32_t QuerySpelling::languages_of(const std::string& key, const Near& near) const {
  const uint32_t listed = listed_in(key) | (is_english_plural(key) ? 1U << kEnglish : 0U);
  if (listed != 0) return listed | phrases_.speakers_of(key);
  // "blackdress" and "swetshirt" end like Dutch and Danish words for clothes, "whit" is a stem of a loan
  // word.
  if (split(key)) return 0;
  const auto english = nearest(near, kEnglish);
  return english && english->edits == 1 ? (phrases_.is_english({key}) ? 1U : 0U)
                                        : speakers_by_stem(key) | phrases_.speakers_of(key);
}

// Stays as it is whatever the language.
bool QuerySpelling::is_fixed(const QueryToken& token) const {
  return token.kind != QueryToken::Kind::kWord || token.key.size() < options_.one_edit_from ||
         !is_lettered(token.key) || has_syllables(token.key) || is_money_word(token.key) ||
         words_.languages_of(QueryRole::kCommon, token.key) != 0 ||
         words_.languages_of(QueryRole::kUnit, token.key) != 0 || catalog_.items_with(token.key) > 0;
}

// People rarely mistype the first letter: words that begin with another are not near, but for the first two
// swapped.
QuerySpelling::Near QuerySpelling::near(const std::string& key) const {
  const size_t edits_max = key.size() >= options_.two_edits_from ? 2 : 1;
  const uint32_t letters = letters_in(key);
  Near near;
  const auto scan = [&](const std::string& begin) {
    auto at = std::lower_bound(known_.begin(), known_.end(), begin,
                               [](const Known& one, const std::string& word) { return one.word < word; });
    for (; at != known_.end() && at->word.starts_with(begin); ++at) {
      if (at->word.size() + edits_max < key.size() || at->word.size() > key.size() + edits_max ||
          at->word == key || common_letters(letters_in(at->word), letters) > 2 * edits_max)
        continue;
      if (const size_t edits = edit_distance(key, at->word); edits <= edits_max)
        near.listed.push_back({at->word, edits, at->languages, at->is_term, catalog_.items_with(at->word)});
    }
  };
  scan(key.substr(0, 1));
  if (key[0] != key[1]) scan({key[1], key[0]});
  constexpr size_t kCatalogMax = 4, kItemsMin = 2;  // a word of one item may be mistyped there
  for (auto& word : catalog_.similar_words(key, edits_max, kCatalogMax)) {
    word.edits = edit_distance(key, word.word);
    const bool alike = word.word.front() == key.front() ||
                       (word.word.size() > 1 && word.word[0] == key[1] && word.word[1] == key[0]);
    if (word.items >= kItemsMin && word.word != key && word.edits <= edits_max && alike)
      near.of_catalog.push_back(std::move(word));
  }
  return near;
}

std::optional<QuerySpelling::Mended> QuerySpelling::nearest(const Near& near, LanguageId language) {
  // Nearest first; among equals a term, what more items have, and the alphabet.
  using Rank = std::tuple<size_t, bool, size_t, std::string_view>;
  std::optional<Rank> best;
  const auto consider = [&](const Rank& rank) {
    if (!best || rank < *best) best = rank;
  };
  for (const auto& one : near.listed)
    if ((one.languages >> language & 1U) != 0)
      consider({one.edits, !one.is_term, SIZE_MAX - one.items, one.word});
  for (const auto& word : near.of_catalog) consider({word.edits, true, SIZE_MAX - word.items, word.word});
  if (!best) return std::nullopt;
  return Mended{std::string(std::get<3>(*best)), std::get<0>(*best)};
}

// "blackdress" -> "black dress".
std::optional<std::string> QuerySpelling::split(const std::string& key) const {
  constexpr size_t kPartMin = 3;
  const auto is_term = [&](const std::vector<std::string>& words) {
    for (size_t f = 0; f < kFacetCount; ++f)
      if (phrases_.find(static_cast<Facet>(f), words, kNoLanguageKnown).language == kEnglish &&
          phrases_.find(static_cast<Facet>(f), words, kNoLanguageKnown).term != nullptr)
        return true;
    return false;
  };
  for (size_t at = kPartMin; at + kPartMin <= key.size(); ++at)
    if ((is_term({key.substr(0, at)}) && is_term({key.substr(at)})) ||
        is_term({key.substr(0, at), key.substr(at)}))
      return key.substr(0, at) + " " + key.substr(at);
  return std::nullopt;
}

std::optional<MendedQuery> QuerySpelling::mend(std::string_view query) const {
  const auto tokens = words_.tokens_of(query);
  std::vector<size_t> open;  // tokens that may be mistyped
  std::vector<Near> near_to;
  std::vector<uint32_t> spoken;
  uint32_t by_all = UINT32_MAX;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (is_fixed(tokens[i])) continue;
    open.push_back(i);
    near_to.push_back(near(tokens[i].key));
    spoken.push_back(languages_of(tokens[i].key, near_to.back()));
    by_all &= spoken.back();
  }
  if (open.empty() || by_all != 0) return std::nullopt;
  std::vector<std::string> best;
  double least = 1e9;
  for (size_t id = 0; id < languages().size(); ++id) {
    double cost = id == kEnglish ? 0 : options_.foreign_cost;
    const bool is_spoken =
        id == kEnglish || std::any_of(tokens.begin(), tokens.end(), [&](const QueryToken& token) {
          return (listed_in(token.key) >> id & 1U) != 0;
        });
    std::vector<std::string> mended;
    for (size_t k = 0; k < open.size(); ++k) {
      const std::string& key = tokens[open[k]].key;
      if ((spoken[k] >> id & 1U) != 0) {
        mended.emplace_back();
        continue;
      }
      if (cost >= least) break;
      const bool may_mend = is_spoken || key.size() >= options_.foreign_from;
      if (auto found = may_mend ? nearest(near_to[k], static_cast<LanguageId>(id)) : std::nullopt) {
        cost += static_cast<double>(found->edits);
        mended.push_back(std::move(found->word));
      } else if (auto parts = id == kEnglish ? split(key) : std::nullopt) {
        cost += 1;
        mended.push_back(std::move(*parts));
      } else {
        cost += options_.unknown_cost;
        mended.emplace_back();
      }
    }
    if (mended.size() == open.size() && cost < least) {
      least = cost;
      best = std::move(mended);
    }
  }
  MendedQuery query_mended;
  std::string& text = query_mended.text;
  for (size_t i = 0, k = 0; i < tokens.size(); ++i) {
    if (i > 0 && !tokens[i].glued) text += tokens[i].hyphen ? "-" : tokens[i].comma ? ", " : " ";
    const bool is_open = k < open.size() && open[k] == i;
    const bool mend = is_open && k < best.size() && !best[k].empty();
    text += mend ? best[k] : tokens[i].raw;
    if (mend) query_mended.words.push_back({tokens[i].raw, best[k]});
    if (is_open) ++k;
  }
  if (query_mended.words.empty()) return std::nullopt;
  return query_mended;
}

}  // namespace modiste
