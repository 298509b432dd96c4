#include "serving/query/query_reading.h"

#include <algorithm>

#include "base/contains.h"
#include "serving/query/query_draft.h"
#include "serving/query/query_numbers.h"
#include "serving/query/query_refusals.h"
#include "serving/query/query_terms.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

using TokenNumbers = std::vector<size_t>;

TokenNumbers newly_used(const std::vector<bool>& before, const std::vector<bool>& now) {
  TokenNumbers tokens;
  for (size_t i = 0; i < now.size(); ++i)
    if (now[i] && !before[i]) tokens.push_back(i);
  return tokens;
}

// What the indexes are asked for: what is left, with the English labels of terms in other languages.
void write_rest(QueryDraft& draft) {
  draft.reading.said =
      draft.text_of([&](size_t i) { return !draft.used[i] && !contains(draft.suffixed, i); });
  std::string rest = draft.reading.said;
  for (const auto& wish : draft.reading.wanted)
    if (wish.language != kEnglish)
      rest += (rest.empty() ? "" : " ") + draft.vocabulary.term(wish.terms.front()).label;
  draft.reading.rest = std::move(rest);
}

// Tells of every part what the query is without it: without its words, and without the word that refuses it
// where it refuses nothing else. Parts of one word ("Leinenkleid") leave the labels of the others.
class PartsLeftOut {
 public:
  explicit PartsLeftOut(QueryDraft& draft) : draft_(draft) {
    QueryReading& reading = draft.reading;
    for (auto& wish : reading.wanted) parts_.push_back({wish.at, wish.end, label_of(wish), &wish.without});
    for (auto& wish : reading.unwanted) parts_.push_back({wish.at, wish.end, {}, &wish.without});
    for (auto& brand : reading.brands) parts_.push_back({brand.at, brand.end, {}, &brand.without});
    for (auto& brand : reading.unwanted_brands) parts_.push_back({brand.at, brand.end, {}, &brand.without});
    for (auto& word : reading.unwanted_words) parts_.push_back({word.at, word.at + 1, {}, &word.without});
  }

  void write() {
    for (const Part& part : parts_) {
      TokenNumbers out;
      for (size_t i = part.at; i < part.end; ++i) out.push_back(i);
      for (const auto& refusal : draft_.refusals)
        if (contains(refusal, part.at) && !refuses_more(refusal, part)) out = refusal;
      *part.without = draft_.text_of([&](size_t i) { return !contains(out, i); });
      for (const Part& other : parts_)
        if (&other != &part && !other.label.empty() && contains(out, other.at) &&
            contains(out, other.end - 1))
          *part.without += (part.without->empty() ? "" : " ") + other.label;
    }
  }

 private:
  struct Part {
    size_t at, end;
    std::string label;  // of what is wanted
    std::string* without;
  };
  [[nodiscard]] std::string label_of(const QueryWish& wish) const {
    return draft_.vocabulary.term(wish.terms.front()).label;
  }
  [[nodiscard]] bool refuses_more(const TokenNumbers& refusal, const Part& part) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const Part& other) { return other.at != part.at && contains(refusal, other.at); });
  }

  QueryDraft& draft_;
  std::vector<Part> parts_;
};

}  // namespace

LanguageWeights QueryReader::languages_of(const std::vector<QueryToken>& tokens) const {
  LanguageWeights weights{};
  weights[kEnglish] = kEnglishAtFirst;
  for (const QueryToken& token : tokens) {
    phrases_.add_evidence(token.key, 1, words_.speakers_of(token.key), weights);
    if (!is_plain_ascii(token.raw)) phrases_.add_evidence_of_letters(token.raw, 1, weights);
  }
  return weights;
}

QueryReading QueryReader::read(std::string_view query, const Catalog& catalog, std::string_view home) const {
  QueryDraft draft{vocabulary_, phrases_, words_, catalog};
  draft.tokens = words_.tokens_of(query);
  draft.weights = languages_of(draft.tokens);
  draft.used.assign(draft.tokens.size(), false);
  const std::vector<bool> none = draft.used;
  draft.reading.sizes = read_query_sizes(words_, draft.tokens, draft.used);
  const std::vector<bool> sizes = draft.used;
  const QueryPrices prices = read_prices(words_, draft.tokens, home, draft.used);
  draft.reading.price_min = prices.min;
  draft.reading.price_max = prices.max;
  draft.reading.currency = prices.currency;
  for (const auto& [text, out] : {std::pair{&draft.reading.without_sizes, newly_used(none, sizes)},
                                  std::pair{&draft.reading.without_prices, newly_used(sizes, draft.used)}})
    if (!out.empty()) *text = draft.text_of([&](size_t i) { return !contains(out, i); });
  find_query_terms(draft);
  find_query_brands(draft);
  refuse_unwanted(draft);
  for (const auto& span : draft.spans) draft.reading.wanted.push_back(draft.wish_of(span));
  write_rest(draft);
  PartsLeftOut(draft).write();
  return std::move(draft.reading);
}

}  // namespace modiste
