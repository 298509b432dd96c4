#include "serving/query/query_cuts.h"

#include <algorithm>
#include <array>

#include "vocabulary/words.h"

namespace modiste {
namespace {

// What may be refused by a part of a word.
constexpr std::array kRefusable{Facet::kFabric, Facet::kPattern, Facet::kColour};

class QueryCuts {
 public:
  explicit QueryCuts(QueryDraft& draft) : q_(draft) {}

  void cut() {
    cut_refusing_prefixes();
    cut_words();
  }

 private:
  // "非皮革夹克" -> "非", "皮革夹克".
  void cut_refusing_prefixes() {
    for (size_t t = 0; t < q_.tokens.size(); ++t) {
      const auto [begin, prefix] =
          q_.used[t] ? std::pair<size_t, size_t>{0, 0} : refusing_prefix(q_.tokens[t]);
      if (prefix == 0) continue;
      const QueryToken whole = q_.tokens[t];
      std::vector<QueryToken> parts;
      for (const auto& key :
           {whole.key.substr(0, begin), whole.key.substr(begin, prefix), whole.key.substr(begin + prefix)})
        if (!key.empty()) {
          QueryToken part{key, key};
          part.glued = true;
          parts.push_back(std::move(part));
        }
      parts.front().glued = whole.glued;
      parts.front().hyphen = whole.hyphen;
      parts.front().comma = whole.comma;
      q_.tokens.erase(q_.tokens.begin() + static_cast<std::ptrdiff_t>(t));
      q_.tokens.insert(q_.tokens.begin() + static_cast<std::ptrdiff_t>(t), parts.begin(), parts.end());
      q_.used.insert(q_.used.begin() + static_cast<std::ptrdiff_t>(t), parts.size() - 1, false);
      t += parts.size() - 1;
    }
  }

  // Where a prefix that refuses stands in a token before a fabric, pattern or colour, and its bytes; 0, 0:
  // nowhere.
  [[nodiscard]] std::pair<size_t, size_t> refusing_prefix(const QueryToken& token) const {
    constexpr size_t kTermBytesMax = 24;
    for (const auto& prefix : q_.words.negation_prefixes())
      for (size_t at = token.key.find(prefix.letters); at != std::string::npos;
           at = token.key.find(prefix.letters, at + 1)) {
        const size_t begin = at + prefix.letters.size();
        for (size_t bytes = 3; bytes <= kTermBytesMax && begin + bytes <= token.key.size(); ++bytes)
          if (names_refusable(token.key.substr(begin, bytes), prefix.language) &&
              (languages()[prefix.language].compounds ||
               !names_refusable(token.key.substr(at, prefix.letters.size() + bytes), prefix.language)))
            return {at, prefix.letters.size()};
      }
    return {0, 0};
  }

  [[nodiscard]] bool names_refusable(const std::string& word, LanguageId language) const {
    LanguageWeights weights{};
    weights[language] = 1;
    return std::any_of(kRefusable.begin(), kRefusable.end(),
                       [&](Facet facet) { return q_.phrases.find(facet, {word}, weights).term != nullptr; });
  }

  // "가죽이" -> "가죽": particles and the like that a language hangs on its words.
  [[nodiscard]] std::string without_endings(std::string word) const {
    constexpr int kEndingsMax = 3;
    const std::string whole = word;
    const auto is_known = [&](const std::string& text, LanguageId language) {
      LanguageWeights weights{};
      weights[language] = 1;
      for (size_t f = 0; f < kFacetCount; ++f)
        if (q_.phrases.find(static_cast<Facet>(f), {text}, weights).term != nullptr) return true;
      return false;
    };
    for (int i = 0; i < kEndingsMax; ++i) {
      const QueryWords::Part* longest = nullptr;
      for (const auto& ending : q_.words.endings())
        if (word.size() > ending.letters.size() && word.ends_with(ending.letters) &&
            (longest == nullptr || ending.letters.size() > longest->letters.size()))
          longest = &ending;
      if (longest == nullptr || is_known(word, longest->language)) return word;
      word.erase(word.size() - longest->letters.size());
      if (is_known(word, longest->language)) return word;
    }
    return whole;
  }

  void cut_words() {
    for (size_t t = 0; t < q_.tokens.size(); ++t) {
      if (q_.used[t]) {
        q_.read.push_back({std::string(kNoWord), t});
        continue;
      }
      std::string raw = q_.tokens[t].raw;
      if (const auto suffix = negated_by_suffix(q_.tokens[t]))
        raw = *suffix;
      else if (auto bare = without_endings(q_.tokens[t].key); bare != q_.tokens[t].key)
        raw = std::move(bare);
      auto words = words_of(raw);
      if (words.empty()) words.emplace_back(kNoWord);
      for (auto& word : words) q_.read.push_back({std::move(word), t});
    }
    for (const auto& word : q_.read) q_.plain.push_back(word.word);
  }

  // "lederfrei" -> "leder": what stands before the ending must name a fabric, pattern or colour.
  std::optional<std::string> negated_by_suffix(const QueryToken& token) {
    for (const auto& suffix : q_.words.negation_suffixes()) {
      if (!token.key.ends_with(suffix.letters) || token.key.size() < suffix.letters.size() + 3) continue;
      const std::string before =
          without_endings(token.key.substr(0, token.key.size() - suffix.letters.size()));
      LanguageWeights weights{};
      weights[suffix.language] = 1;
      for (const Facet facet : kRefusable)
        if (q_.phrases.find(facet, {before}, weights).term != nullptr &&
            q_.phrases.find(facet, {token.key}, weights).term == nullptr) {
          q_.suffixed.push_back(static_cast<size_t>(&token - q_.tokens.data()));
          return before;
        }
    }
    return std::nullopt;
  }

  QueryDraft& q_;
};

}  // namespace

void cut_query_words(QueryDraft& draft) { QueryCuts(draft).cut(); }

}  // namespace modiste
