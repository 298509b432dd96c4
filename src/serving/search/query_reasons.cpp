#include "serving/search/query_reasons.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/contains.h"
#include "catalog/garment_attributes.h"
#include "serving/request/reason_rules.h"

namespace modiste {
namespace {

// Whether anybody can see that the item is something else than is wished: green where black is asked for.
bool is_otherwise(const ItemFacts& item, const QueryWish& wish, const Vocabulary& vocabulary) {
  constexpr std::array kSeen{Facet::kCategory, Facet::kColour, Facet::kPattern};
  if (!contains(kSeen, wish.facet)) return false;
  const bool has_one = std::any_of(wish.terms.begin(), wish.terms.end(),
                                   [&](TermId term) { return has_term(item, term) || item.colour == term; });
  return !has_one && ((wish.facet == Facet::kColour && item.colour != kNoTerm) ||
                      std::any_of(item.terms.begin(), item.terms.end(),
                                  [&](TermId term) { return vocabulary.term(term).facet == wish.facet; }));
}

// The words of the query, in its order, that the garment's own data has: title, colour, description, and the
// attributes in the vocabulary's and the supplier's words. A description speaks of other things too ("a black
// lining", "under a coat"): there words for what the item is not do not count.
std::vector<std::string> matched_words(const QueryReading& reading, const Item& item, const QueryWords& known,
                                       const Vocabulary& vocabulary) {
  const auto garment = item.garment.read();
  const std::set<std::string> named = said_words(garment->title + " " + item.colour);
  std::set<std::string> of_others;
  for (const auto& wish : reading.wanted)
    if (is_otherwise(item.facts, wish, vocabulary)) of_others.merge(said_words(wish.words));
  std::string text = garment->title + " " + item.colour + " " + garment->description;
  for (const Attribute* attribute : attributes_of(*garment, item.colour))
    text += " " + attribute->term + " " + attribute->word;
  const std::set<std::string> words = said_words(text);
  std::vector<std::string> matched;
  for (const QueryToken& token : known.tokens_of(reading.said)) {
    if (known.languages_of(QueryRole::kFiller, token.key) != 0 ||
        known.languages_of(QueryRole::kConjunction, token.key) != 0 ||
        known.languages_of(QueryRole::kBut, token.key) != 0)
      continue;
    for (const std::string& word : said_words(token.raw))
      if (word.size() > 1 && says(words, word) && !contains(matched, word) &&  // of "t-shirt" not the letter
          (!of_others.contains(word) || says(named, word)))
        matched.push_back(word);
  }
  return matched;
}

// What the query states and the garment has, by the vocabulary, beyond the words that they share: "rotes
// Kleid" of a red dress.
std::vector<std::string> matched_terms(const QueryReading& reading, const Item& item,
                                       const std::vector<std::string>& words, const Vocabulary& vocabulary) {
  std::vector<std::string> labels;
  for (const auto& wish : reading.wanted) {
    const auto own = said_words(wish.words);
    if (std::any_of(words.begin(), words.end(), [&](const std::string& word) { return own.contains(word); }))
      continue;
    const Term& term = vocabulary.term(wish.terms.front());  // the one that the answer's `query` shows
    if (has_term(item.facts, term.id) && !contains(labels, term.label)) labels.push_back(term.label);
  }
  return labels;
}

}  // namespace

std::vector<Reason> reasons_of(const QueryReading& reading, const Item& item, const QueryWords& known,
                               const Vocabulary& vocabulary) {
  std::vector<Reason> reasons;
  auto words = matched_words(reading, item, known, vocabulary);
  if (auto terms = matched_terms(reading, item, words, vocabulary); !terms.empty())
    reasons.emplace_back(Reason{ReasonCode::kAskedFor, {}}).args.terms = std::move(terms);
  if (!words.empty()) reasons.emplace_back(Reason{ReasonCode::kSaysWords, {}}).args.words = std::move(words);
  return reasons;
}

}  // namespace modiste
