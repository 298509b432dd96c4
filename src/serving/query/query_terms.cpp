#include "serving/query/query_terms.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/contains.h"
#include "serving/query/query_context.h"
#include "serving/query/query_cuts.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr float kLanguageShareMin = 0.4F;  // of the leading language's weight: the query is in this one too

class QueryTerms {
 public:
  explicit QueryTerms(QueryDraft& draft) : q_(draft) {}

  void find() {
    cut_query_words(q_);
    weigh_languages();
    find_spans();
    drop_foreign_kinds();
    find_warmth();
    find_persons();
    choose_category();
    add_first_parts();
    drop_covered();
    drop_out_of_context(q_);
  }

 private:
  void weigh_languages() {
    q_.weights = {};
    q_.weights[kEnglish] = kEnglishAtFirst;
    for (const auto& word : q_.read)
      if (word.word != kNoWord)
        q_.phrases.add_evidence(word.word, 1, q_.words.speakers_of(word.word), q_.weights);
    for (const auto& token : q_.tokens)  // read has no accents
      if (!is_plain_ascii(token.raw)) q_.phrases.add_evidence_of_letters(token.raw, 1, q_.weights);
    for (size_t t = 0; t < q_.tokens.size(); ++t) {
      const uint32_t speakers = q_.used[t] ? q_.words.speakers_of(q_.tokens[t].key) : 0;
      for (size_t id = 0; id < languages().size(); ++id)
        if ((speakers >> id & 1U) != 0) q_.weights[id] += 1.0F / static_cast<float>(std::popcount(speakers));
    }
  }

  // A word of the query's language that says something beside terms: "für" does not mean fur in German, "bez"
  // not beige in Polish where something follows.
  [[nodiscard]] bool is_function_word(const QuerySpan& span) const {
    if (span.size() != 1) return false;
    const size_t token = q_.read[span.from].token;
    if (q_.is_but(token)) return true;
    const std::string& key = q_.tokens[token].key;
    uint32_t speakers =
        q_.words.languages_of(QueryRole::kFiller, key) | q_.words.languages_of(QueryRole::kConjunction, key);
    if (token + 1 < q_.tokens.size()) speakers |= q_.words.languages_of(QueryRole::kNegation, key);
    for (size_t id = 0; id < languages().size(); ++id)
      if ((speakers >> id & 1U) != 0 && q_.weights[id] >= q_.weights[span.language]) return true;
    return false;
  }

  [[nodiscard]] bool is_meant(const PhraseMatch& match, LanguageId language) const {
    const float leading = *std::max_element(q_.weights.begin(), q_.weights.end());
    return (match.term == nullptr || match.language == kEnglish ||
            q_.weights[language] >= kLanguageShareMin * leading);
  }

  // Words that may stand in a query for something else than the term: "warm" does not mean summer there.
  [[nodiscard]] bool is_plain(size_t from, size_t to) const {
    return to - from == 1 && (q_.words.languages_of(QueryRole::kPlain, q_.plain[from]) != 0 ||
                              q_.has_role(from, QueryRole::kWarm));
  }

  // What a phrase means, any of which may be wanted. Meanings that have equal reason are not what they have
  // in common: an Italian "golf" is a sweater or a turtleneck. "Khaki" is beige or olive. Where a language
  // says that the word is its own, other languages but English do not count.
  [[nodiscard]] std::vector<TermId> meant_by(const PhraseMatch& match, const std::string& text) const {
    constexpr float kEqual = 1e-4F;
    const auto contests = [&](const PhraseMatch::Meaning& meaning) {
      return contains(languages()[meaning.language].contested, text);
    };
    const bool contested = std::any_of(match.meanings.begin(), match.meanings.end(), contests);
    const auto weight_of = [&](const PhraseMatch::Meaning& meaning) {
      return q_.weights[meaning.language] - (contested && meaning.language == kEnglish ? kEnglishAtFirst : 0);
    };
    float most = 0;
    for (const auto& meaning : match.meanings)
      if (!meaning.secondary) most = std::max(most, weight_of(meaning));
    if (match.meanings.size() > 1 && match.meanings.front().term->facet == Facet::kColour)
      if (auto colours = colours_of_english(text); colours.size() > 1) return colours;
    std::vector<TermId> leading, narrower;
    for (const auto& meaning : match.meanings) {
      const TermId term = meaning.term->id;
      if (meaning.secondary || weight_of(meaning) < most - kEqual) continue;
      if (contested && meaning.language != kEnglish && !contests(meaning)) continue;
      leading.push_back(term);
      if (match.term != nullptr && term != match.term->id && q_.vocabulary.is_a(term, match.term->id))
        narrower.push_back(term);
    }
    if (narrower.size() >= 2) return narrower;
    return match.term == nullptr ? leading : std::vector<TermId>{match.term->id};
  }

  // Both, of a word that English has for two colours; in other languages it may be listed for one.
  [[nodiscard]] std::vector<TermId> colours_of_english(const std::string& text) const {
    LanguageWeights weights{};
    weights[kEnglish] = 1;
    const auto match = q_.phrases.find(Facet::kColour, words_of(text), weights);
    std::vector<TermId> colours;
    if (match.language != kEnglish) return colours;
    for (const auto& meaning : match.meanings)
      if (meaning.language == kEnglish) colours.push_back(meaning.term->id);
    return colours;
  }

  // "For over 50s": not of the fifties.
  [[nodiscard]] bool is_age(const QuerySpan& span) const {
    if (span.facet != Facet::kAesthetic || span.size() != 1) return false;
    const size_t token = q_.read[span.from].token;
    const std::string& key = q_.tokens[token].key;
    return key.ends_with("0s") && token > 0 && q_.words.match(QueryRole::kAbove, q_.tokens, token - 1) > 0;
  }

  // A bare word that is a kind of garment in one language and something else in English: nothing but English
  // speaks in "golf", which is a sweater in Italian. A language that contests the word keeps it.
  void drop_foreign_kinds() {
    const auto is_foreign = [&](const QuerySpan& kind) {
      if (kind.facet != Facet::kCategory || kind.size() != 1 || kind.language == kEnglish || kind.is_part ||
          q_.weights[kind.language] >= q_.weights[kEnglish] ||
          contains(languages()[kind.language].contested, q_.plain[kind.from]))
        return false;
      return std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& other) {
        return other.facet != Facet::kCategory && other.language == kEnglish && other.from == kind.from &&
               other.to == kind.to;
      });
    };
    for (QuerySpan& span : q_.spans) span.dropped = is_foreign(span);
    std::erase_if(q_.spans, [](const QuerySpan& span) { return span.dropped; });
  }

  void find_spans() {
    for (size_t f = 0; f < kFacetCount; ++f)
      for (const auto& match : q_.phrases.find_inside(static_cast<Facet>(f), q_.plain, q_.weights)) {
        QuerySpan span{static_cast<Facet>(f), match.from, match.from + match.count, {}, match.language};
        if (!is_meant(match, match.language) || is_plain(span.from, span.to)) continue;
        const std::string text = join_words(q_.plain, span.from, span.size());
        span.terms = meant_by(match, text);
        if (span.terms.empty() || is_function_word(span) || is_age(span)) continue;
        const auto name = words_of(q_.vocabulary.term(span.terms.front()).name);
        span.is_name = join_words(name, 0, name.size()) == text;
        // "赤いワンピース" is one word here, as "Damenschuhe" is.
        span.is_part = languages()[span.language].unspaced ||
                       (span.facet == Facet::kDepartment && languages()[span.language].compounds);
        span.stemmed = match.stemmed;
        q_.spans.push_back(std::move(span));
      }
  }

  // "Something warm" is for winter. "For warm weather", "clima cálido" and "warm colours" are not, no phrase
  // that has the word, and nothing where another season is named.
  void find_warmth() {
    const Term* winter = q_.vocabulary.find(Facet::kSeason, "winter");
    const auto of_season = [](const QuerySpan& span) { return span.facet == Facet::kSeason; };
    if (winter == nullptr || std::any_of(q_.spans.begin(), q_.spans.end(), of_season)) return;
    const auto is_of_others = [&](size_t i) {
      return i < q_.plain.size() && q_.has_role(i, QueryRole::kWeather);
    };
    for (size_t i = 0; i < q_.plain.size(); ++i) {
      const uint32_t speakers = q_.words.languages_of(QueryRole::kWarm, q_.plain[i]);
      if (speakers == 0) continue;
      if (is_of_others(i + 1) || (i > 0 && is_of_others(i - 1))) continue;
      const QuerySpan span{
          Facet::kSeason, i, i + 1, {winter->id}, static_cast<LanguageId>(std::countr_zero(speakers))};
      if (std::none_of(q_.spans.begin(), q_.spans.end(),
                       [&](const QuerySpan& other) { return other.overlaps(span); }))
        q_.spans.push_back(span);
    }
  }

  // "Je suis une fille": who searches for themselves is not a child.
  void grow_up() {
    const auto is_self = [&](const QuerySpan& span) {
      size_t at = q_.read[span.from].token;
      const auto says = [&](QueryRole role, size_t token) {
        return q_.words.languages_of(role, q_.tokens[token].key) != 0;
      };
      while (at > 0 && says(QueryRole::kWhose, at - 1)) --at;
      constexpr size_t kAmTokens = 2;  // "i am"; of "as a girl" who searches may be the parent
      return at >= kAmTokens && q_.words.match(QueryRole::kAm, q_.tokens, at - kAmTokens) == kAmTokens;
    };
    for (QuerySpan& span : q_.spans)
      if (span.facet == Facet::kDepartment && span.size() == 1 && span.terms.size() == 1 && is_self(span))
        span.terms = {grown(span.terms.front())};
  }
  [[nodiscard]] TermId grown(TermId department) const {
    const std::string& name = q_.vocabulary.term(department).name;
    const char* adult = name == "girls" ? "women" : name == "boys" ? "men" : nullptr;
    return adult == nullptr ? department : q_.vocabulary.find(Facet::kDepartment, adult)->id;
  }

  // "for my dad": the person that it is for says which department, and else the person who searches. A kind
  // of garment takes the words of a person: "for mom jeans".
  void find_persons() {
    std::vector<QuerySpan> selves;
    grow_up();
    for (size_t t = 0; t < q_.tokens.size(); ++t) {
      if (q_.used[t]) continue;
      const auto person = q_.words.person_at(q_.tokens, t);
      if (!person || std::any_of(q_.used.begin() + static_cast<std::ptrdiff_t>(t),
                                 q_.used.begin() + static_cast<std::ptrdiff_t>(t + person->count),
                                 [](bool used) { return used; }))
        continue;
      const auto word_of = [&](size_t token) {
        const auto at = std::find_if(q_.read.begin(), q_.read.end(),
                                     [&](const QueryDraft::Word& word) { return word.token >= token; });
        return static_cast<size_t>(at - q_.read.begin());
      };
      QuerySpan span{
          Facet::kDepartment, word_of(t), word_of(t + person->count), {person->department}, person->language};
      span.is_part = languages()[person->language].unspaced;
      if (person->self) span.terms = {grown(person->department)};
      t += person->count - 1;
      if (std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& other) {
            return other.facet != Facet::kDepartment && other.from < span.to && other.to > span.to;
          }))
        continue;  // "mom jeans", "a baby blue dress"
      std::erase_if(q_.spans, [&](const QuerySpan& other) {
        return other.facet == Facet::kDepartment && other.overlaps(span);
      });
      (person->self ? selves : q_.spans).push_back(std::move(span));
    }
    const bool for_whom = std::any_of(q_.spans.begin(), q_.spans.end(),
                                      [](const QuerySpan& span) { return span.facet == Facet::kDepartment; });
    if (!for_whom && !selves.empty()) q_.spans.push_back(std::move(selves.front()));
  }

  // Whether a joining word or a comma stands between two things, and beside it only what says nothing or
  // describes them: "jeans and a white t-shirt".
  [[nodiscard]] bool is_joined(const QuerySpan& left, const QuerySpan& right) const {
    if (right.from < left.to) return false;
    size_t at = q_.read[left.to - 1].token + 1;
    const size_t end = q_.read[right.from].token;
    bool joins = at <= end && q_.tokens[end].comma;
    while (at < end) {
      joins = joins || q_.tokens[at].comma;
      if (const size_t count = q_.words.match(QueryRole::kConjunction, q_.tokens, at); count > 0) {
        joins = true;
        at += count;
      } else if (q_.words.languages_of(QueryRole::kFiller, q_.tokens[at].key) != 0 || describes(at)) {
        ++at;
      } else {
        return false;
      }
    }
    return joins && at == end;
  }
  [[nodiscard]] bool describes(size_t token) const {
    return std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& span) {
      return span.facet != Facet::kCategory && q_.read[span.from].token <= token &&
             token <= q_.read[span.to - 1].token;
    });
  }

  // True where a word such as "with" stands before, so that what follows belongs to the thing.
  [[nodiscard]] bool is_after(const QuerySpan& span) const {
    if (span.from == 0) return false;
    const auto& after = languages()[q_.main_language()].after;
    for (size_t i = 0; i < span.from; ++i) {
      if (is_worn_over_or_under(q_, i) && has_category_before(i)) return true;
      for (const auto& word : after) {
        const auto cut = words_of(word);
        if (cut.size() == 1 && cut[0] == q_.plain[i] && has_category_before(i) &&
            q_.words.languages_of(QueryRole::kNegation, q_.plain[i]) == 0)
          return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool has_category_before(size_t word) const {
    return std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& span) {
      return span.facet == Facet::kCategory && !span.dropped && span.to <= word;
    });
  }
  // A word that is the name of a fabric or cut but only a synonym of a category ("denim", "mini", "fleece")
  // means the former, and so does one that only shares its stem with a kind ("tight" with tights); a longer
  // phrase of another facet covers it ("cap sleeve").
  [[nodiscard]] bool gives_way(const QuerySpan& category) const {
    return std::any_of(q_.spans.begin(), q_.spans.end(), [&](const QuerySpan& other) {
      if (other.facet == Facet::kCategory || !category.is_within(other)) return false;
      return other.size() > category.size() ||
             (category.language == kEnglish &&
              ((other.is_name && !category.is_name) || (category.stemmed && !other.stemmed)));
    });
  }

  // "Prom dress short", "white sneakers platform": behind a thing the word says how it is.
  [[nodiscard]] bool describes_kind(const QuerySpan& span) const {
    if (span.size() != 1 || !is_describing_word(q_.plain[span.from], q_.vocabulary.term(span.terms.front())))
      return false;
    const auto before = std::find_if(q_.spans.rbegin(), q_.spans.rend(), [&](const QuerySpan& other) {
      return other.facet == Facet::kCategory && !other.dropped && other.to <= span.from;
    });
    if (before == q_.spans.rend() || is_joined(*before, span)) return false;
    return !languages()[q_.main_language()].head_first &&
           may_be_described(q_.vocabulary.term(before->terms.front()), q_.vocabulary.term(span.terms.front()),
                            q_.vocabulary);
  }

  void choose_category() {
    std::vector<QuerySpan*> categories;
    for (auto& span : q_.spans) {
      if (span.facet != Facet::kCategory) continue;
      span.dropped = gives_way(span) || is_after(span) || (!categories.empty() && describes_kind(span));
      if (!span.dropped && !q_.is_negated(span)) categories.push_back(&span);
    }
    if (categories.empty()) return;
    const bool first = languages()[q_.main_language()].head_first;
    size_t low = first ? 0 : categories.size() - 1, high = low;
    while (low > 0 && is_joined(*categories[low - 1], *categories[low])) --low;
    while (high + 1 < categories.size() && is_joined(*categories[high], *categories[high + 1])) ++high;
    for (size_t i = 0; i < categories.size(); ++i) categories[i]->dropped = i < low || i > high;
  }

  // "Leinenkleid" is a dress and of linen.
  void add_first_parts() {
    constexpr size_t kPartBytesMin = 3;
    for (size_t i = 0, count = q_.spans.size(); i < count; ++i) {
      const QuerySpan category = q_.spans[i];
      if (category.facet != Facet::kCategory || category.dropped || category.size() != 1 ||
          !languages()[category.language].compounds)
        continue;
      const std::string& word = q_.plain[category.from];
      for (size_t at = word.size() - kPartBytesMin; at >= kPartBytesMin && at < word.size(); --at) {
        const auto thing = q_.phrases.find(Facet::kCategory, {word.substr(at)}, q_.weights).term;
        if (thing == nullptr || !q_.vocabulary.is_a(category.terms.front(), thing->id)) continue;
        for (const Facet facet : {Facet::kColour, Facet::kPattern, Facet::kFabric, Facet::kSeason})
          for (const std::string_view link : {"", "n", "s", "en", "e"}) {
            if (!std::string_view(word).substr(0, at).ends_with(link) || at < kPartBytesMin + link.size())
              continue;
            const auto part = q_.phrases.find(facet, {word.substr(0, at - link.size())}, q_.weights);
            if (part.term == nullptr) continue;
            q_.spans.push_back(
                {facet, category.from, category.to, {part.term->id}, category.language, false, false, true});
            break;
          }
      }
    }
  }

  // "毛" is wool in Japanese, but says nothing within the Chinese "毛衣".
  [[nodiscard]] bool is_said_in(const QuerySpan& span, LanguageId language) const {
    if (span.language == language) return true;
    LanguageWeights weights{};
    weights[language] = 1;
    const auto parts = q_.phrases.find_inside(span.facet, {q_.plain[span.from]}, weights);
    return std::any_of(parts.begin(), parts.end(), [&](const PhraseMatch& part) {
      return part.language == language && part.term != nullptr && part.term->id == span.terms.front();
    });
  }

  // The chosen category takes its word from other facets, unless it is a phrase ("linen shirt" is of linen).
  // A longer phrase takes the words of shorter ones.
  void drop_covered() {
    for (auto& span : q_.spans) {
      if (span.facet == Facet::kCategory) continue;
      for (const auto& other : q_.spans) {
        if (&span == &other || other.dropped || !span.overlaps(other)) continue;
        if (span.is_part) {
          span.dropped = span.dropped || (other.facet == Facet::kCategory && other.is_part &&
                                          other.is_within(span) && !is_said_in(span, other.language));
          continue;
        }
        if (other.facet == Facet::kCategory) {
          if (other.size() == 1 || !span.is_within(other)) span.dropped = true;
        } else if (other.size() > span.size()) {
          span.dropped = true;
        }
      }
    }
    std::erase_if(q_.spans, [](const QuerySpan& span) { return span.dropped; });
    // A word for a fabric and its colour ("cuero") means the fabric, unless it is the colour's own name
    // ("gold").
    for (auto& colour : q_.spans)
      for (auto& fabric : q_.spans)
        if (colour.facet == Facet::kColour && fabric.facet == Facet::kFabric && colour.from == fabric.from &&
            colour.to == fabric.to)
          (colour.is_name && !fabric.is_name ? fabric : colour).dropped = true;
    std::erase_if(q_.spans, [](const QuerySpan& span) { return span.dropped; });
    // The same words in several facets: one wish for any of them.
    std::stable_sort(q_.spans.begin(), q_.spans.end(),
                     [](const QuerySpan& a, const QuerySpan& b) { return a.from < b.from; });
    for (size_t i = 0; i < q_.spans.size(); ++i)
      for (size_t j = i + 1; j < q_.spans.size();) {
        const bool same = q_.spans[j].from == q_.spans[i].from && q_.spans[j].to == q_.spans[i].to &&
                          q_.spans[i].facet != Facet::kCategory && q_.spans[j].facet != Facet::kCategory &&
                          q_.spans[i].facet != q_.spans[j].facet && !q_.spans[i].is_part &&
                          !q_.spans[j].is_part;
        if (same)
          q_.spans[i].terms.insert(q_.spans[i].terms.end(), q_.spans[j].terms.begin(),
                                   q_.spans[j].terms.end());
        if (same)
          q_.spans.erase(q_.spans.begin() + static_cast<std::ptrdiff_t>(j));
        else
          ++j;
      }
  }

  QueryDraft& q_;
};

}  // namespace

void find_query_terms(QueryDraft& draft) { QueryTerms(draft).find(); }

}  // namespace modiste
