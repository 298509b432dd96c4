#include "catalog/prose.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "vocabulary/words.h"

namespace modiste {
namespace {

// Phrases as words, looked up at a place of a text.
class PhraseList {
 public:
  void add(const std::vector<std::string>& phrases) {
    for (const auto& phrase : phrases) {
      const auto words = words_of(phrase);
      if (words.empty()) continue;
      for (auto* longest : {&longest_from_[words.front()], &longest_to_[words.back()]})
        *longest = std::max(*longest, words.size());
      phrases_.insert(join_words(words, 0, words.size()));
    }
  }
  // Whether one of them begins at `from`.
  [[nodiscard]] bool begins_at(const std::vector<std::string>& words, size_t from) const {
    if (from >= words.size()) return false;
    const auto longest = longest_from_.find(words[from]);
    if (longest == longest_from_.end()) return false;
    for (size_t count = std::min(longest->second, words.size() - from); count > 0; --count)
      if (phrases_.contains(join_words(words, from, count))) return true;
    return false;
  }
  // Whether one of them ends before `end`.
  [[nodiscard]] bool ends_before(const std::vector<std::string>& words, size_t end) const {
    if (end == 0) return false;
    const auto longest = longest_to_.find(words[end - 1]);
    if (longest == longest_to_.end()) return false;
    for (size_t count = std::min(longest->second, end); count > 0; --count)
      if (phrases_.contains(join_words(words, end - count, count))) return true;
    return false;
  }

 private:
  std::unordered_set<std::string> phrases_;
  std::unordered_map<std::string, size_t> longest_from_, longest_to_;  // words, by the first, by the last
};

struct ProseWords {  // of a language
  std::array<PhraseList, kProseRoles> prose;
  PhraseList negation, negation_after, conjunction;
  std::unordered_set<std::string> small;

  [[nodiscard]] const PhraseList& of(ProseRole role) const { return prose[static_cast<size_t>(role)]; }
};

const std::vector<ProseWords>& prose_words() {
  static const std::vector<ProseWords> kWords = [] {
    std::vector<ProseWords> all(languages().size());
    for (size_t id = 0; id < all.size(); ++id) {
      const Language& language = languages()[id];
      const auto query = [&](QueryRole role) { return language.query[static_cast<size_t>(role)]; };
      for (size_t role = 0; role < kProseRoles; ++role) all[id].prose[role].add(language.prose[role]);
      all[id].negation.add(query(QueryRole::kNegation));
      all[id].negation_after.add(query(QueryRole::kNegationAfter));
      all[id].conjunction.add(query(QueryRole::kConjunction));
      for (const auto& phrase : language.function_words)
        for (const auto& word : words_of(phrase)) all[id].small.insert(word);
    }
    return all;
  }();
  return kWords;
}

bool may_be_in(size_t language, const LanguageWeights& weights) {
  return weights[language] > 0 &&
         weights[language] >= kMayBeIn * *std::max_element(weights.begin(), weights.end());
}

// Whether it holds for English or for a language that the text may be in.
template <class Holds>
bool any_language(const LanguageWeights& weights, const Holds& holds) {
  for (size_t id = 0; id < prose_words().size(); ++id)
    if ((id == kEnglish || may_be_in(id, weights)) && holds(prose_words()[id])) return true;
  return false;
}

bool ends_sentence(std::string_view text, size_t at) {
  constexpr std::string_view kAlways = "!?;\n\r|";
  if (kAlways.find(text[at]) != std::string_view::npos) return true;
  return text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

// The names of what is imitated, where it has a name.
const Term* imitation_of(const Term& term, const Vocabulary& vocabulary) {
  if (term.name.starts_with("faux-")) return &term;
  if (term.name == "leather" || term.name == "suede") return vocabulary.find(Facet::kFabric, "faux-leather");
  if (term.name == "fur") return vocabulary.find(Facet::kFabric, "faux-fur");
  return nullptr;
}

bool is_imitated(const PhraseMatch& match, const std::vector<std::string>& words,
                 const LanguageWeights& weights) {
  return any_language(weights, [&](const ProseWords& language) {
    return language.of(ProseRole::kImitates).ends_before(words, match.from) ||
           language.of(ProseRole::kImitatesAfter).begins_at(words, match.from + match.count);
  });
}

}  // namespace

std::vector<std::vector<std::string>> sentences_about_it(std::string_view text,
                                                         const LanguageWeights& weights) {
  std::vector<std::vector<std::string>> sentences;
  const auto add = [&](std::string_view sentence) {
    auto words = words_of(sentence);
    for (size_t at = 0; at < words.size(); ++at)
      if (any_language(weights, [&](const ProseWords& language) {
            return language.of(ProseRole::kAside).begins_at(words, at);
          })) {
        words.resize(at);
        break;
      }
    if (!words.empty()) sentences.push_back(std::move(words));
  };
  size_t from = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!ends_sentence(text, at)) continue;
    add(text.substr(from, at - from));
    from = at + 1;
  }
  add(text.substr(from));
  return sentences;
}

std::vector<PhraseMatch> said_of_it(std::vector<PhraseMatch> found, Facet facet,
                                    const std::vector<std::string>& words, const LanguageWeights& weights,
                                    const Vocabulary& vocabulary) {
  std::vector<PhraseMatch> said;
  size_t denied_to = 0;  // one behind the last word that a negation reaches; 0: none yet
  for (PhraseMatch& match : found) {
    const auto joins = [&](size_t at) {
      return any_language(
          weights, [&](const ProseWords& language) { return language.conjunction.begins_at(words, at); });
    };
    bool reached = denied_to > 0 && match.from >= denied_to;  // "without leather, wool or silk"
    for (size_t at = denied_to; reached && at < match.from; ++at) reached = joins(at);
    const bool denied = reached || any_language(weights, [&](const ProseWords& language) {
                          return language.negation.ends_before(words, match.from) ||
                                 language.negation_after.begins_at(words, match.from + match.count);
                        });
    denied_to = denied ? match.from + match.count : 0;
    if (denied) continue;
    if (facet == Facet::kFabric && match.term != nullptr && is_imitated(match, words, weights)) {
      match.term = imitation_of(*match.term, vocabulary);
      if (match.term == nullptr) continue;
    }
    said.push_back(std::move(match));
  }
  return said;
}

bool is_skin(const PhraseMatch& match, const std::vector<std::string>& words) {
  const ProseWords& language = prose_words()[match.language];
  return match.count == 1 && language.of(ProseRole::kSkin).begins_at(words, match.from) &&
         !language.of(ProseRole::kMadeOf).ends_before(words, match.from) &&
         !language.of(ProseRole::kMadeOf).begins_at(words, match.from + 1);
}

bool is_small_word(const std::string& word, LanguageId understood_in, const LanguageWeights& weights) {
  // English words stand in texts of all languages.
  const float as_likely = understood_in == kEnglish ? 0 : weights[understood_in];
  for (size_t id = 0; id < prose_words().size(); ++id)
    if (id != kEnglish && id != understood_in && may_be_in(id, weights) && weights[id] >= as_likely &&
        prose_words()[id].small.contains(word))
      return true;
  return false;
}

}  // namespace modiste
