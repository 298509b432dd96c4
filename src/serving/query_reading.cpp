#include "serving/query_reading.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/contains.h"
#include "serving/query_numbers.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr float kLanguageShareMin = 0.4F;   // of the leading language's weight: the query is in this one too
constexpr std::string_view kBarrier = "|";  // a word that no phrase has
constexpr size_t kBrandTokensMax = 4;

// A phrase of the query that means something in a facet. Words from..to - 1 of the reading.
struct Span {
  Facet facet{};
  size_t from = 0, to = 0;
  std::vector<TermId> terms;
  LanguageId language = kEnglish;
  bool is_name = false;  // the term's own name, not a synonym
  bool dropped = false;
  bool is_part = false;  // of a word that names the thing too: "Leinenkleid"

  [[nodiscard]] size_t size() const { return to - from; }
  [[nodiscard]] bool is_within(const Span& other) const { return from >= other.from && to <= other.to; }
  [[nodiscard]] bool overlaps(const Span& other) const { return from < other.to && other.from < to; }
};

// Reads one query. Lives for one call.
class Reading {
 public:
  Reading(const Vocabulary& vocabulary, const PhraseIndex& phrases, const QueryWords& words,
          const Catalog& catalog, std::string_view home)
      : vocabulary_(vocabulary), phrases_(phrases), words_(words), catalog_(catalog), home_(home) {}

  QueryReading read(std::string_view query) {
    tokens_ = words_.tokens_of(query);
    used_.assign(tokens_.size(), false);
    reading_.sizes = read_query_sizes(words_, tokens_, used_);
    const QueryPrices prices = read_prices(words_, tokens_, home_, used_);
    reading_.price_min = prices.min;
    reading_.price_max = prices.max;
    reading_.currency = prices.currency;
    cut_words();
    weigh_languages();
    find_spans();
    choose_category();
    add_first_parts();
    drop_covered();
    find_brands();
    negate();
    write_wishes();
    write_rest();
    return std::move(reading_);
  }

 private:
  struct ReadWord {
    std::string word;
    size_t token = 0;
  };

  void cut_words() {
    for (size_t t = 0; t < tokens_.size(); ++t) {
      if (used_[t]) {
        read_.push_back({std::string(kBarrier), t});
        continue;
      }
      std::string raw = tokens_[t].raw;
      if (const auto suffix = negated_by_suffix(tokens_[t])) raw = *suffix;
      auto words = words_of(raw);
      if (words.empty()) words.emplace_back(kBarrier);
      for (auto& word : words) read_.push_back({std::move(word), t});
    }
    for (const auto& word : read_) plain_.push_back(word.word);
  }

  // "lederfrei" -> "leder": what stands before the ending must name a fabric, pattern or colour.
  std::optional<std::string> negated_by_suffix(const QueryToken& token) {
    for (const auto& suffix : words_.negation_suffixes()) {
      if (!token.key.ends_with(suffix.letters) || token.key.size() < suffix.letters.size() + 3) continue;
      std::string before = token.key.substr(0, token.key.size() - suffix.letters.size());
      LanguageWeights weights{};
      weights[suffix.language] = 1;
      for (const Facet facet : {Facet::kFabric, Facet::kPattern, Facet::kColour})
        if (phrases_.find(facet, {before}, weights).term != nullptr &&
            phrases_.find(facet, {token.key}, weights).term == nullptr) {
          suffixed_.push_back(static_cast<size_t>(&token - tokens_.data()));
          return before;
        }
    }
    return std::nullopt;
  }

  void weigh_languages() {
    weights_ = {};
    weights_[kEnglish] = kEnglishAtFirst;
    for (const auto& word : read_)
      if (word.word != kBarrier) phrases_.add_evidence(word.word, 1, weights_);
    for (size_t t = 0; t < tokens_.size(); ++t) {
      const uint32_t speakers = used_[t] ? words_.speakers_of(tokens_[t].key) : 0;
      for (size_t id = 0; id < languages().size(); ++id)
        if ((speakers >> id & 1U) != 0) weights_[id] += 1.0F / static_cast<float>(std::popcount(speakers));
    }
  }

  // A word of the query's language that says something beside terms: "für" does not mean fur in German, "bez"
  // not beige in Polish where something follows.
  [[nodiscard]] bool is_function_word(const Span& span) const {
    if (span.size() != 1) return false;
    const size_t token = read_[span.from].token;
    const std::string& key = tokens_[token].key;
    uint32_t speakers =
        words_.languages_of(QueryRole::kFiller, key) | words_.languages_of(QueryRole::kConjunction, key);
    if (token + 1 < tokens_.size()) speakers |= words_.languages_of(QueryRole::kNegation, key);
    for (size_t id = 0; id < languages().size(); ++id)
      if ((speakers >> id & 1U) != 0 && weights_[id] >= weights_[span.language]) return true;
    return false;
  }

  [[nodiscard]] bool is_meant(const PhraseMatch& match, LanguageId language) const {
    const float leading = *std::max_element(weights_.begin(), weights_.end());
    return (match.term == nullptr || match.language == kEnglish ||
            weights_[language] >= kLanguageShareMin * leading);
  }

  // Words that may stand in a query for something else than the term: "warm" does not mean summer there.
  [[nodiscard]] bool is_plain(size_t from, size_t to) const {
    return to - from == 1 && words_.languages_of(QueryRole::kPlain, plain_[from]) != 0;
  }

  void find_spans() {
    for (size_t f = 0; f < kFacetCount; ++f)
      for (const auto& match : phrases_.find_inside(static_cast<Facet>(f), plain_, weights_)) {
        Span span{static_cast<Facet>(f), match.from, match.from + match.count, {}, match.language};
        if (!is_meant(match, match.language) || is_plain(span.from, span.to)) continue;
        if (match.term != nullptr)
          span.terms = {match.term->id};
        else
          for (const auto& meaning : match.meanings)
            if (!meaning.secondary) span.terms.push_back(meaning.term->id);
        if (span.terms.empty() || is_function_word(span)) continue;
        const std::string text = join_words(plain_, span.from, span.size());
        const auto name = words_of(vocabulary_.term(span.terms.front()).name);
        span.is_name = join_words(name, 0, name.size()) == text;
        // "赤いワンピース" is one word here, as "Damenschuhe" is.
        span.is_part = languages()[span.language].unspaced ||
                       (span.facet == Facet::kDepartment && languages()[span.language].compounds);
        spans_.push_back(std::move(span));
      }
  }

  // Whether only joining words or a comma stand between two spans.
  [[nodiscard]] bool is_joined(const Span& left, const Span& right) const {
    if (right.from < left.to) return false;
    size_t at = read_[left.to - 1].token + 1;
    const size_t end = read_[right.from].token;
    if (at == end) return tokens_[end].comma;
    while (at < end) {
      const size_t count = words_.match(QueryRole::kConjunction, tokens_, at);
      if (count == 0) return false;
      at += count;
    }
    return at == end;
  }

  // True where a word such as "with" stands before, so that what follows belongs to the thing.
  [[nodiscard]] bool is_after(const Span& span) const {
    if (span.from == 0) return false;
    const auto& after = languages()[main_language()].after;
    for (size_t i = 0; i < span.from; ++i)
      for (const auto& word : after) {
        const auto cut = words_of(word);
        if (cut.size() == 1 && cut[0] == plain_[i] && has_category_before(i) &&
            words_.languages_of(QueryRole::kNegation, plain_[i]) == 0)
          return true;
      }
    return false;
  }
  [[nodiscard]] bool has_category_before(size_t word) const {
    return std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) {
      return span.facet == Facet::kCategory && !span.dropped && span.to <= word;
    });
  }
  [[nodiscard]] LanguageId main_language() const {
    return static_cast<LanguageId>(std::max_element(weights_.begin(), weights_.end()) - weights_.begin());
  }

  // A word that is the name of a fabric or cut but only a synonym of a category ("denim", "mini", "fleece")
  // means the former; a longer phrase of another facet covers it ("cap sleeve").
  [[nodiscard]] bool gives_way(const Span& category) const {
    return std::any_of(spans_.begin(), spans_.end(), [&](const Span& other) {
      if (other.facet == Facet::kCategory || !category.is_within(other)) return false;
      return other.size() > category.size() ||
             (other.is_name && !category.is_name && category.language == kEnglish);
    });
  }

  void choose_category() {
    std::vector<Span*> categories;
    for (auto& span : spans_) {
      if (span.facet != Facet::kCategory) continue;
      span.dropped = gives_way(span) || is_after(span);
      if (!span.dropped && !is_negated(span)) categories.push_back(&span);
    }
    if (categories.empty()) return;
    const bool first = languages()[categories.front()->language].head_first;
    size_t low = first ? 0 : categories.size() - 1, high = low;
    while (low > 0 && is_joined(*categories[low - 1], *categories[low])) --low;
    while (high + 1 < categories.size() && is_joined(*categories[high], *categories[high + 1])) ++high;
    for (size_t i = 0; i < categories.size(); ++i) categories[i]->dropped = i < low || i > high;
  }

  // "Leinenkleid" is a dress and of linen.
  void add_first_parts() {
    constexpr size_t kPartBytesMin = 3;
    for (size_t i = 0, count = spans_.size(); i < count; ++i) {
      const Span category = spans_[i];
      if (category.facet != Facet::kCategory || category.dropped || category.size() != 1 ||
          !languages()[category.language].compounds)
        continue;
      const std::string& word = plain_[category.from];
      for (size_t at = word.size() - kPartBytesMin; at >= kPartBytesMin && at < word.size(); --at) {
        const auto thing = phrases_.find(Facet::kCategory, {word.substr(at)}, weights_).term;
        if (thing == nullptr || !vocabulary_.is_a(category.terms.front(), thing->id)) continue;
        for (const Facet facet : {Facet::kColour, Facet::kPattern, Facet::kFabric})
          for (const std::string_view link : {"", "n", "s", "en", "e"}) {
            if (!std::string_view(word).substr(0, at).ends_with(link) || at < kPartBytesMin + link.size())
              continue;
            const auto part = phrases_.find(facet, {word.substr(0, at - link.size())}, weights_);
            if (part.term == nullptr) continue;
            spans_.push_back(
                {facet, category.from, category.to, {part.term->id}, category.language, false, false, true});
            break;
          }
      }
    }
  }

  // The chosen category takes its word from other facets, unless it is a phrase ("linen shirt" is of linen).
  // A longer phrase takes the words of shorter ones.
  void drop_covered() {
    for (auto& span : spans_) {
      if (span.facet == Facet::kCategory) continue;
      for (const auto& other : spans_) {
        if (&span == &other || other.dropped || !span.overlaps(other)) continue;
        if (span.is_part) continue;
        if (other.facet == Facet::kCategory) {
          if (other.size() == 1 || !span.is_within(other)) span.dropped = true;
        } else if (other.size() > span.size()) {
          span.dropped = true;
        }
      }
    }
    std::erase_if(spans_, [](const Span& span) { return span.dropped; });
    // A word for a fabric and its colour ("cuero") means the fabric, unless it is the colour's own name
    // ("gold").
    for (auto& colour : spans_)
      for (auto& fabric : spans_)
        if (colour.facet == Facet::kColour && fabric.facet == Facet::kFabric && colour.from == fabric.from &&
            colour.to == fabric.to)
          (colour.is_name && !fabric.is_name ? fabric : colour).dropped = true;
    std::erase_if(spans_, [](const Span& span) { return span.dropped; });
    // The same words in several facets: one wish for any of them.
    std::stable_sort(spans_.begin(), spans_.end(),
                     [](const Span& a, const Span& b) { return a.from < b.from; });
    for (size_t i = 0; i < spans_.size(); ++i)
      for (size_t j = i + 1; j < spans_.size();) {
        const bool same = spans_[j].from == spans_[i].from && spans_[j].to == spans_[i].to &&
                          spans_[i].facet != Facet::kCategory && spans_[j].facet != Facet::kCategory &&
                          spans_[i].facet != spans_[j].facet && !spans_[i].is_part && !spans_[j].is_part;
        if (same)
          spans_[i].terms.insert(spans_[i].terms.end(), spans_[j].terms.begin(), spans_[j].terms.end());
        if (same)
          spans_.erase(spans_.begin() + static_cast<std::ptrdiff_t>(j));
        else
          ++j;
      }
  }

  [[nodiscard]] bool is_covered(size_t token) const {
    return std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) {
      return read_[span.from].token <= token && token <= read_[span.to - 1].token;
    });
  }
  [[nodiscard]] bool says_nothing(size_t token) const {
    const std::string& key = tokens_[token].key;
    return used_[token] || words_.languages_of(QueryRole::kFiller, key) != 0 ||
           words_.languages_of(QueryRole::kConjunction, key) != 0;
  }

  // A brand's name that is not made of terms and filler only: "Free People", not "Only".
  void find_brands() {
    for (size_t at = 0; at < tokens_.size(); ++at)
      for (size_t count = std::min(kBrandTokensMax, tokens_.size() - at); count > 0; --count) {
        std::string text;
        bool telling = false;
        for (size_t i = at; i < at + count; ++i) {
          text += (i == at ? "" : tokens_[i].glued ? "" : tokens_[i].hyphen ? "-" : " ") + tokens_[i].raw;
          telling = telling || !(is_covered(i) || says_nothing(i));
        }
        const auto brand = telling ? catalog_.brand(text) : std::nullopt;
        if (!brand || *brand == 0) continue;
        reading_.brands.push_back({*brand, text, at});
        const size_t last = at + count - 1;
        std::erase_if(spans_, [&](const Span& span) {
          return read_[span.from].token <= last && read_[span.to - 1].token >= at;
        });
        for (size_t i = at; i <= last; ++i) branded_.push_back(i);
        at = last;
        break;
      }
  }

  // How many tokens say here that what follows is not wanted.
  [[nodiscard]] size_t negation_at(size_t token) const {
    if (used_[token] || contains(branded_, token)) return 0;
    const size_t count = words_.match(QueryRole::kNegation, tokens_, token);
    if (count != 1) return count;
    // "no" is "in the" in Portuguese.
    const uint32_t mask = words_.languages_of(QueryRole::kNegation, tokens_[token].key);
    const uint32_t filler = words_.languages_of(QueryRole::kFiller, tokens_[token].key) & ~mask;
    LanguageWeights own{};  // the word itself does not decide
    phrases_.add_evidence(tokens_[token].key, 1, own);
    float as_negation = 0, as_filler = 0;
    for (size_t id = 0; id < languages().size(); ++id) {
      if ((mask >> id & 1U) != 0) as_negation = std::max(as_negation, weights_[id] - own[id]);
      if ((filler >> id & 1U) != 0) as_filler = std::max(as_filler, weights_[id] - own[id]);
    }
    return as_filler > as_negation ? 0 : 1;
  }
  [[nodiscard]] bool is_negated(const Span& span) const {
    size_t token = read_[span.from].token;
    while (token > 0) {
      --token;
      if (negation_at(token) > 0) return true;
      if (words_.languages_of(QueryRole::kFiller, tokens_[token].key) == 0) return false;
    }
    return false;
  }

  [[nodiscard]] Span* span_from(size_t token) {
    Span* longest = nullptr;
    for (auto& span : spans_)
      if (read_[span.from].token == token && (longest == nullptr || span.size() > longest->size()))
        longest = &span;
    return longest;
  }
  [[nodiscard]] Span* span_until(size_t token) {
    Span* longest = nullptr;
    for (auto& span : spans_)
      if (read_[span.to - 1].token == token && (longest == nullptr || span.size() > longest->size()))
        longest = &span;
    return longest;
  }

  // "No leather jacket" is a jacket, and not of leather.
  [[nodiscard]] Span* refused_part(const Span& span) {
    if (span.facet != Facet::kCategory || span.size() < 2) return nullptr;
    for (auto& inner : spans_) {
      if (inner.facet == Facet::kCategory || inner.from != span.from || inner.to >= span.to) continue;
      const std::vector<std::string> thing(plain_.begin() + static_cast<std::ptrdiff_t>(inner.to),
                                           plain_.begin() + static_cast<std::ptrdiff_t>(span.to));
      const auto match = phrases_.find(Facet::kCategory, thing, weights_);
      if (match.term == nullptr) continue;
      Span rest = span;
      rest.from = inner.to;
      rest.terms = {match.term->id};
      const Span whole = span;
      const size_t from = inner.from, to = inner.to;
      std::erase_if(spans_, [&](const Span& other) {
        return other.is_within(whole) && other.facet == Facet::kCategory;
      });
      spans_.push_back(rest);
      for (auto& one : spans_)
        if (one.from == from && one.to == to) return &one;
    }
    return nullptr;
  }

  void refuse(Span& span) {
    const size_t first = read_[span.from].token, last = read_[span.to - 1].token;
    for (size_t i = first; i <= last; ++i) used_[i] = true;
    // All that the words mean: "without lace" is neither the fabric nor the pattern.
    for (const auto& other : spans_)
      if (other.from >= span.from && other.to <= span.to) reading_.unwanted.push_back(wish_of(other));
    const Span whole = span;
    std::erase_if(spans_, [&](const Span& other) { return other.is_within(whole); });
  }

  // Refuses what begins at a token and what is joined to it. Returns the token behind.
  size_t refuse_from(size_t token) {
    std::optional<Facet> facet;
    for (bool first = true; token < tokens_.size(); first = false) {
      size_t at = token;
      if (!first) {
        const size_t joined = words_.match(QueryRole::kConjunction, tokens_, at);
        if (joined == 0 && !tokens_[at].comma) break;
        at += joined;
      }
      while (at < tokens_.size() && span_from(at) == nullptr && !used_[at] &&
             words_.languages_of(QueryRole::kFiller, tokens_[at].key) != 0)
        ++at;
      if (at >= tokens_.size() || used_[at]) break;
      const auto brand = std::find_if(reading_.brands.begin(), reading_.brands.end(),
                                      [&](const QueryBrand& one) { return one.at == at; });
      Span* span = span_from(at);
      if (!first &&
          (brand != reading_.brands.end() || (span == nullptr) != !facet || (span && span->facet != *facet)))
        break;
      if (brand != reading_.brands.end()) {
        at += words_.tokens_of(brand->words).size();
        reading_.unwanted_brands.push_back(*brand);
        reading_.brands.erase(brand);
      } else if (span != nullptr) {
        if (Span* part = refused_part(*span)) span = part;
        facet = span->facet;
        at = read_[span->to - 1].token + 1;
        refuse(*span);
      } else if (tokens_[at].kind == QueryToken::Kind::kWord && !(first && tokens_[at].hyphen)) {
        // "non-iron" is a property, "no pockets" a wish
        reading_.unwanted_words.push_back(tokens_[at].key);
        ++at;
      } else {
        break;
      }
      for (size_t i = token; i < at; ++i) used_[i] = true;
      token = at;
    }
    return token;
  }

  void negate() {
    for (size_t token = 0; token < tokens_.size(); ++token) {
      if (contains(suffixed_, token))
        if (Span* span = span_from(token)) refuse(*span);
      if (const size_t count = negation_at(token); count > 0 && !is_inside_phrase(token)) {
        const size_t behind = refuse_from(token + count);
        if (behind > token + count)
          for (size_t i = token; i < token + count; ++i) used_[i] = true;
        token = std::max(token, behind - 1);
      } else if (const size_t after =
                     used_[token] ? 0 : words_.match(QueryRole::kNegationAfter, tokens_, token);
                 after > 0 && token > 0 && !contains(branded_, token)) {
        size_t before = token - 1;
        while (before > 0 && span_until(before) == nullptr && !used_[before] && says_nothing(before))
          --before;
        if (Span* span = span_until(before); span != nullptr && !is_english_free(token, *span)) {
          refuse(*span);
          for (size_t i = token; i < token + after; ++i) used_[i] = true;
        }
      }
    }
  }
  // English "free" negates only a fabric before it: "leather-free", not "dress free shipping".
  [[nodiscard]] bool is_english_free(size_t token, const Span& span) const {
    const uint32_t mask = words_.languages_of(QueryRole::kNegationAfter, tokens_[token].key);
    return mask == 1U << kEnglish && span.facet != Facet::kFabric;
  }
  // "No show socks", "without sleeves" as names.
  [[nodiscard]] bool is_inside_phrase(size_t token) const {
    return std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) {
      return span.size() > 1 && read_[span.from].token <= token && token <= read_[span.to - 1].token;
    });
  }

  [[nodiscard]] QueryWish wish_of(const Span& span) const {
    std::string words;
    const size_t first = read_[span.from].token, last = read_[span.to - 1].token;
    for (size_t i = first; i <= last; ++i)
      words += (i == first || tokens_[i].glued ? "" : tokens_[i].hyphen ? "-" : " ") + tokens_[i].raw;
    return {span.facet, span.terms, words, span.language, first};
  }

  void write_wishes() {
    for (const auto& span : spans_) reading_.wanted.push_back(wish_of(span));
  }

  void write_rest() {
    std::string rest;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (used_[i] || contains(suffixed_, i)) continue;
      const bool joined = i > 0 && !used_[i - 1] && tokens_[i].glued;
      if (!rest.empty() && !joined) rest += tokens_[i].hyphen && i > 0 && !used_[i - 1] ? "-" : " ";
      rest += tokens_[i].raw;
    }
    reading_.said = rest;
    for (const auto& wish : reading_.wanted)
      if (wish.language != kEnglish)
        rest += (rest.empty() ? "" : " ") + vocabulary_.term(wish.terms.front()).label;
    reading_.rest = std::move(rest);
  }

  const Vocabulary& vocabulary_;
  const PhraseIndex& phrases_;
  const QueryWords& words_;
  const Catalog& catalog_;
  const std::string_view home_;
  std::vector<QueryToken> tokens_;
  std::vector<bool> used_;  // by token: price, size, or not wanted
  std::vector<size_t> suffixed_, branded_;
  std::vector<ReadWord> read_;
  std::vector<std::string> plain_;  // the words of read_
  LanguageWeights weights_{};
  std::vector<Span> spans_;
  QueryReading reading_;
};

}  // namespace

QueryReading QueryReader::read(std::string_view query, const Catalog& catalog, std::string_view home) const {
  return Reading(vocabulary_, phrases_, words_, catalog, home).read(query);
}

}  // namespace modiste
