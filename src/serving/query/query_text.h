// A query cut into tokens, and the words among them that say something beside terms: "without", "under",
// "size". The words of all languages come from words/CODE.toml.
//
// Threads: immutable after construction.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vocabulary/language.h"

namespace modiste {

struct QueryToken {
  enum class Kind : uint8_t { kWord, kNumber, kSign };  // "dress", "2xl" · "1.299", "50" · "€", "<", "%"
  std::string raw;                                      // as the shopper wrote it
  std::string key;                                      // folded, without apostrophes
  Kind kind = Kind::kWord;
  bool glued = false;   // nothing stands between it and the token before
  bool hyphen = false;  // only a hyphen or dash does
  bool comma = false;   // a comma or the like does
  bool slash = false;   // and that is one slash
};

// The key of a minus sign before a word: "dress -red".
inline constexpr std::string_view kMinusSign = "-";

// The key of a sign that says that the amount behind it is meant roughly: of "~60" and "≈60".
inline constexpr std::string_view kRoughlySign = "~";

// Of a numeral behind a number: 10,000 of "万"; 0 for other words.
[[nodiscard]] double numeral_factor(std::string_view key);

class QueryWords {
 public:
  // Of languages().
  QueryWords();

  [[nodiscard]] std::vector<QueryToken> tokens_of(std::string_view query) const;
  // How many tokens from `at` the longest phrase of this role takes; 0: none begins there.
  [[nodiscard]] size_t match(QueryRole role, const std::vector<QueryToken>& tokens, size_t at) const;
  // The languages in which a phrase of one token has the role: a bit per LanguageId.
  [[nodiscard]] uint32_t languages_of(QueryRole role, const std::string& key) const;
  // The languages that have the word in any phrase of any role.
  [[nodiscard]] uint32_t speakers_of(const std::string& key) const {
    const auto found = single_.find(key);
    return found == single_.end() ? 0 : found->second;
  }
  // True where "but" stands between other words, in the leading one of the query's languages.
  [[nodiscard]] bool is_but(const std::vector<QueryToken>& tokens, size_t at,
                            const LanguageWeights& weights) const;
  // A person and the department that they wear.
  struct Person {
    TermId department = 0;
    LanguageId language = kEnglish;
    size_t count = 0;   // tokens that name the person, with "for my" before it
    bool self = false;  // who searches: "I am a guy"
  };
  // Of the longest phrase from `at` that says which person a search is for ("for my dad", "äidille") or who
  // searches ("I am a guy"). In languages that say it by a word of the role kFor, or by whose person it is,
  // one of these must stand there.
  [[nodiscard]] std::optional<Person> person_at(const std::vector<QueryToken>& tokens, size_t at) const;
  // Ends of words that negate what stands before: "frei". With the language.
  struct Part {
    std::string letters;
    LanguageId language = kEnglish;
  };
  [[nodiscard]] const std::vector<Part>& negation_suffixes() const { return suffixes_; }
  // Begins of words that negate what follows: "非", "ノン".
  [[nodiscard]] const std::vector<Part>& negation_prefixes() const { return prefixes_; }
  // Ends of words that say nothing: Korean particles.
  [[nodiscard]] const std::vector<Part>& endings() const { return endings_; }

 private:
  using Languages = std::array<uint32_t, kQueryRoles>;  // by role, a bit per language
  void add(QueryRole role, LanguageId language, std::string_view phrase);
  void split_run(std::string_view run, bool after_number, std::vector<QueryToken>& tokens) const;
  [[nodiscard]] size_t piece_at(std::string_view run, bool after_number) const;

  void add_person(const LanguageWord& person, LanguageId language);
  [[nodiscard]] uint32_t languages_at(QueryRole role, const std::vector<QueryToken>& tokens, size_t at,
                                      size_t& count) const;
  [[nodiscard]] std::optional<Person> person_inside(const QueryToken& token) const;

  std::unordered_map<std::string, Languages> phrases_;          // keys joined by a space
  std::unordered_multimap<std::string, Person> persons_;        // keys joined by a space
  std::vector<std::pair<std::string, Person>> persons_inside_;  // of languages without spaces
  std::unordered_map<std::string, uint32_t> single_;            // each key of any phrase: its languages
  std::unordered_map<std::string, bool> pieces_;  // found inside a run of letters without spaces
  size_t phrase_tokens_max_ = 1, piece_bytes_max_ = 0;
  std::vector<Part> suffixes_, prefixes_, endings_;
};

}  // namespace modiste
