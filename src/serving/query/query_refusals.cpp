#include "serving/query/query_refusals.h"

#include <algorithm>

#include "base/contains.h"
#include "catalog/colour_shades.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr size_t kBrandTokensMax = 4;

class QueryRefusals {
 public:
  explicit QueryRefusals(QueryDraft& draft) : q_(draft) {}

  void negate() {
    for (size_t token = 0; token < q_.tokens.size(); ++token) {
      if (contains(q_.suffixed, token))
        if (QuerySpan* span = span_from(token)) {
          refuse(*span);
          note_refusal(token, token + 1);
        }
      if (const size_t count = q_.negation_at(token); count > 0 && !is_inside_phrase(token)) {
        const size_t behind = refuse_from(token + count);
        if (behind > token + count) note_refusal(token, behind);
        token = std::max(token, behind - 1);
      } else if (const size_t after =
                     q_.used[token] ? 0 : q_.words.match(QueryRole::kNegationAfter, q_.tokens, token);
                 after > 0 && token > 0 && !contains(q_.branded, token)) {
        size_t before = token - 1;
        while (before > 0 && span_until(before) == nullptr && !q_.used[before] && q_.says_nothing(before))
          --before;
        if (QuerySpan* span = span_until(before); span != nullptr && !is_english_free(token, *span)) {
          const size_t first = q_.read[span->from].token;
          refuse(*span);
          note_refusal(first, token + after);
        }
      }
    }
  }

 private:
  // Tokens from..to - 1 refuse something, all in one.
  void note_refusal(size_t from, size_t to) {
    q_.refusals.emplace_back();
    for (size_t i = from; i < to; ++i) {
      q_.used[i] = true;
      q_.refusals.back().push_back(i);
    }
  }

  [[nodiscard]] QuerySpan* span_from(size_t token) {
    QuerySpan* longest = nullptr;
    for (auto& span : q_.spans)
      if (q_.read[span.from].token == token && (longest == nullptr || span.size() > longest->size()))
        longest = &span;
    return longest;
  }
  [[nodiscard]] QuerySpan* span_until(size_t token) {
    QuerySpan* longest = nullptr;
    for (auto& span : q_.spans)
      if (q_.read[span.to - 1].token == token && (longest == nullptr || span.size() > longest->size()))
        longest = &span;
    return longest;
  }

  // "No leather jacket" is a jacket, and not of leather.
  [[nodiscard]] QuerySpan* refused_part(const QuerySpan& span) {
    if (span.facet != Facet::kCategory || span.size() < 2) return nullptr;
    for (auto& inner : q_.spans) {
      if (inner.facet == Facet::kCategory || inner.from != span.from || inner.to >= span.to) continue;
      const std::vector<std::string> thing(q_.plain.begin() + static_cast<std::ptrdiff_t>(inner.to),
                                           q_.plain.begin() + static_cast<std::ptrdiff_t>(span.to));
      const auto match = q_.phrases.find(Facet::kCategory, thing, q_.weights);
      if (match.term == nullptr) continue;
      QuerySpan rest = span;
      rest.from = inner.to;
      rest.terms = {match.term->id};
      const QuerySpan whole = span;
      const size_t from = inner.from, to = inner.to;
      std::erase_if(q_.spans, [&](const QuerySpan& other) {
        return other.is_within(whole) && other.facet == Facet::kCategory;
      });
      q_.spans.push_back(rest);
      for (auto& one : q_.spans)
        if (one.from == from && one.to == to) return &one;
    }
    return nullptr;
  }

  void refuse(QuerySpan& span) {
    const size_t first = q_.read[span.from].token, last = q_.read[span.to - 1].token;
    for (size_t i = first; i <= last; ++i) q_.used[i] = true;
    // All that the words mean: "without lace" is neither the fabric nor the pattern. But "不要皮革夹克" is a
    // jacket, and not of leather.
    const QuerySpan whole = span;
    const auto is_thing = [&](const QuerySpan& other) {
      return other.facet == Facet::kCategory && other.is_part && other.is_within(whole);
    };
    const bool keeps_thing =
        std::any_of(q_.spans.begin(), q_.spans.end(), is_thing) &&
        std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& other) {
          return other.facet != Facet::kCategory && other.is_part && other.is_within(whole);
        });
    std::erase_if(q_.spans, [&](const QuerySpan& other) {
      if (!other.is_within(whole) || (keeps_thing && is_thing(other))) return false;
      q_.reading.unwanted.push_back(q_.wish_of(other));
      if (is_plain_colour(other)) add_shades(q_.reading.unwanted.back().terms, q_.vocabulary);
      return true;
    });
    if (keeps_thing)
      for (auto& other : q_.spans)
        if (is_thing(other)) widen(other);
  }

  // A basic word for a colour: "blue", "blau", "bleue". "Royal blue" and "royalblau" are one shade of it.
  [[nodiscard]] bool is_plain_colour(const QuerySpan& span) const {
    if (span.facet != Facet::kColour || span.size() != 1 || span.terms.size() != 1) return false;
    if (span.is_name || span.is_part || q_.plain[span.from] == "gray") return true;
    const auto& words = languages()[span.language].words;
    const auto first = std::find_if(words.begin(), words.end(), [&](const LanguageWord& word) {
      return word.term == span.terms.front();
    });
    if (first == words.end()) return false;
    constexpr size_t kSameBytes = 3;  // "blau" and "blaues"
    return folded(first->phrase).starts_with(q_.plain[span.from].substr(0, kSameBytes));
  }

  // The thing of a word without what it is made of: of "レザージャケット" "ジャケット".
  void widen(QuerySpan& thing) const {
    const std::string& word = q_.plain[thing.from];
    for (size_t at = 3; at < word.size(); ++at) {
      const auto match = q_.phrases.find(Facet::kCategory, {word.substr(at)}, q_.weights);
      if (match.term == nullptr || match.term->id == thing.terms.front() ||
          !q_.vocabulary.is_a(thing.terms.front(), match.term->id))
        continue;
      thing.terms = {match.term->id};
      return;
    }
  }

  // Refuses what begins at a token and what is joined to it. Returns the token behind.
  size_t refuse_from(size_t token) {
    std::optional<Facet> facet;
    for (bool first = true; token < q_.tokens.size(); first = false) {
      size_t at = token;
      if (!first) {
        const size_t joined = q_.words.match(QueryRole::kConjunction, q_.tokens, at);
        if (joined == 0 && !q_.tokens[at].comma) break;
        at += joined;
      }
      while (at < q_.tokens.size() && span_from(at) == nullptr && !q_.used[at] &&
             q_.words.languages_of(QueryRole::kFiller, q_.tokens[at].key) != 0)
        ++at;
      if (at >= q_.tokens.size() || q_.used[at] || q_.is_but(at)) break;
      const auto brand = std::find_if(q_.reading.brands.begin(), q_.reading.brands.end(),
                                      [&](const QueryBrand& one) { return one.at == at; });
      QuerySpan* span = span_from(at);
      if (!first && (brand != q_.reading.brands.end() || (span == nullptr) != !facet ||
                     (span && span->facet != *facet)))
        break;
      if (brand != q_.reading.brands.end()) {
        at += q_.words.tokens_of(brand->words).size();
        q_.reading.unwanted_brands.push_back(*brand);
        q_.reading.brands.erase(brand);
      } else if (span != nullptr) {
        if (QuerySpan* part = refused_part(*span)) span = part;
        facet = span->facet;
        at = q_.read[span->to - 1].token + 1;
        refuse(*span);
      } else if (q_.tokens[at].kind == QueryToken::Kind::kWord && !(first && q_.tokens[at].hyphen)) {
        // "non-iron" is a property, "no pockets" a wish
        const size_t count = is_see_through(at) ? 2 : 1;
        q_.reading.unwanted_words.push_back({count == 1 ? q_.tokens[at].key : "see through", at, {}});
        at += count;
      } else {
        break;
      }
      for (size_t i = token; i < at; ++i) q_.used[i] = true;
      token = at;
    }
    return token;
  }

  // One property of two words, of which neither says it.
  [[nodiscard]] bool is_see_through(size_t token) const {
    return q_.tokens[token].key == "see" && token + 1 < q_.tokens.size() &&
           (q_.tokens[token + 1].key == "through" || q_.tokens[token + 1].key == "thru");
  }

  // English "free" negates only a fabric before it: "leather-free", not "dress free shipping".
  [[nodiscard]] bool is_english_free(size_t token, const QuerySpan& span) const {
    const uint32_t mask = q_.words.languages_of(QueryRole::kNegationAfter, q_.tokens[token].key);
    return mask == 1U << kEnglish && span.facet != Facet::kFabric;
  }
  // "No show socks", "without sleeves" as names.
  [[nodiscard]] bool is_inside_phrase(size_t token) const {
    return std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& span) {
      return span.size() > 1 && q_.read[span.from].token <= token && token <= q_.read[span.to - 1].token;
    });
  }

  QueryDraft& q_;
};

}  // namespace

// A brand's name that is not made of terms and filler only: "Free People", not "Only".
void find_query_brands(QueryDraft& q) {
  for (size_t at = 0; at < q.tokens.size(); ++at)
    for (size_t count = std::min(kBrandTokensMax, q.tokens.size() - at); count > 0; --count) {
      std::string text;
      bool telling = false;
      for (size_t i = at; i < at + count; ++i) {
        text += (i == at ? "" : q.tokens[i].glued ? "" : q.tokens[i].hyphen ? "-" : " ") + q.tokens[i].raw;
        telling = telling || !(q.is_covered(i) || q.says_nothing(i));
      }
      const auto brand = telling ? q.catalog.brand(text) : std::nullopt;
      if (!brand || *brand == 0) continue;
      q.reading.brands.push_back({*brand, text, at, at + count, {}});
      const size_t last = at + count - 1;
      std::erase_if(q.spans, [&](const QuerySpan& span) {
        return q.read[span.from].token <= last && q.read[span.to - 1].token >= at;
      });
      for (size_t i = at; i <= last; ++i) q.branded.push_back(i);
      at = last;
      break;
    }
}

void refuse_unwanted(QueryDraft& draft) { QueryRefusals(draft).negate(); }

}  // namespace modiste
