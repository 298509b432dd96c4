// Reads a query: what is wanted and what is not, in terms of the vocabulary, the catalog's brands, prices and
// sizes; in every language of the vocabulary.
//
//   "black linen dress without sleeves under 50 €"  category dress, colour black, fabric linen, not the word
//                                                   "sleeves", at most 50 EUR
//
// Rules: the last category named is the thing asked for (the first, in languages that name first), unless
// "and" or "or" joins several; what follows "with" belongs to it. A word that is a term of several facets
// means either. A negation covers the next thing named and those joined to it of the same kind. A number is a
// price only beside a word or sign that says so, and a size only beside "size" or in a form that only sizes
// have.
//
// Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "serving/query/query_text.h"
#include "vocabulary/phrase_index.h"

namespace modiste {

struct QueryWish {
  Facet facet{};              // of the first term
  std::vector<TermId> terms;  // any of them is meant; never empty
  std::string words;          // of the query
  LanguageId language = kEnglish;
  size_t at = 0, end = 0;  // tokens of the query
  std::string without;     // the query as it is without this
};

struct QueryBrand {
  BrandId brand = 0;
  std::string words;
  size_t at = 0, end = 0;
  std::string without;
};

// A word of no facet.
struct QueryWord {
  std::string key;  // folded
  size_t at = 0;
  std::string without;
};

struct QueryReading {
  std::vector<QueryWish> wanted, unwanted;  // in the order of the query
  std::vector<QueryBrand> brands, unwanted_brands;
  std::vector<QueryWord> unwanted_words;
  std::optional<double> price_min, price_max;
  std::string currency;                       // ISO 4217; empty when the query names none
  std::vector<std::string> sizes;             // as written
  std::string without_prices, without_sizes;  // the query as it is without them
  std::string said;                           // the query without prices, sizes and unwanted things
  // The same with the English labels of terms that it says in other languages: what the indexes of words and
  // meaning are asked for.
  std::string rest;
};

class QueryReader {
 public:
  // Borrows all.
  QueryReader(const Vocabulary& vocabulary, const PhraseIndex& phrases)
      : vocabulary_(vocabulary), phrases_(phrases) {}

  // home: the shop's currency, ISO 4217; it decides what "$" and "kr" mean.
  [[nodiscard]] QueryReading read(std::string_view query, const Catalog& catalog,
                                  std::string_view home) const;
  [[nodiscard]] const QueryWords& words() const { return words_; }
  // How much these words speak for each language.
  [[nodiscard]] LanguageWeights languages_of(const std::vector<QueryToken>& tokens) const;

 private:
  const Vocabulary& vocabulary_;
  const PhraseIndex& phrases_;
  const QueryWords words_;
};

}  // namespace modiste
