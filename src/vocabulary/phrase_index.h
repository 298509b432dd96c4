// Finds the term that a phrase means, by the names, labels and words of all languages: as written, by stems,
// and by the last part of a compound ("Sommerkleid").
//
// A word may mean different things in different languages (a French robe is a dress). The weights of a text's
// languages decide; where languages of equal weight disagree, the match has no term but lists its meanings.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "vocabulary/language.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

struct PhraseMatch {
  const Term* term = nullptr;  // null: nothing was found, or the languages disagree
  size_t from = 0, count = 0;  // words of the text
  bool stemmed = false;
  LanguageId language = kEnglish;  // that understands the phrase so
  struct Meaning {
    const Term* term = nullptr;
    LanguageId language = kEnglish;
    bool secondary = false;  // another meaning of an English word: "pants" are briefs
  };
  std::vector<Meaning> meanings;  // all that the phrase means in any language, term's first; each term once
};

// Immutable after construction: any thread may read. Borrows the vocabulary.
class PhraseIndex {
 public:
  explicit PhraseIndex(const Vocabulary& vocabulary);

  // The whole phrase or nothing.
  [[nodiscard]] PhraseMatch find(Facet facet, const std::vector<std::string>& words,
                                 const LanguageWeights& weights = kNoLanguageKnown) const;
  // Every phrase inside a text, longest first from the left, without overlaps. Only what has meanings.
  [[nodiscard]] std::vector<PhraseMatch> find_inside(Facet facet, const std::vector<std::string>& words,
                                                     const LanguageWeights& weights = kNoLanguageKnown) const;

  // Adds what a text says about its language: each word that the lists know counts `weight`, shared among the
  // languages that have it; letters of one language's script count for it.
  void add_evidence(std::string_view text, float weight, LanguageWeights& weights) const {
    add_evidence(text, weight, 0, weights);
  }
  // The same where other lists know the words of the text too, in these languages: a bit per LanguageId.
  void add_evidence(std::string_view text, float weight, uint32_t also, LanguageWeights& weights) const;
  // What only letters say: scripts, and letters that one language has.
  void add_evidence_of_letters(std::string_view text, float weight, LanguageWeights& weights) const;
  // The languages whose lists have the word, by its stem or as a compound too: a bit per LanguageId. word: as
  // from words_of.
  [[nodiscard]] uint32_t speakers_of(const std::string& word) const;
  // True when all words are English words of the lists.
  [[nodiscard]] bool is_english(const std::vector<std::string>& words) const;
  // True for a value that says nothing: "other", "unknown", "other structure", "sonstige Farben".
  [[nodiscard]] bool is_filler(const std::vector<std::string>& words) const;

 private:
  struct Sense {
    const Term* term;  // null: nothing to wear
    LanguageId language;
    bool is_name;       // a name beats a synonym whose stem is the same
    bool is_secondary;  // another meaning of an English word
    bool stemmed;
    bool contested;  // English has no preference over it
  };
  using Senses = std::vector<Sense>;
  using Phrases = std::unordered_map<std::string, Senses>;
  using Lengths = std::unordered_map<std::string, size_t>;  // of the longest phrase, by its first word
  struct PerLanguage {
    std::array<std::unordered_map<std::string, Sense>, kFacetCount> stems;
    std::array<Lengths, kFacetCount> stem_lengths;
    std::unordered_map<std::string, const Term*> heads;                 // of compounds; null: nothing to wear
    std::unordered_map<std::string, const Term*> departments, fabrics;  // first parts of compounds
    std::array<std::unordered_map<std::string, const Term*>, kFacetCount> pieces;  // of unspaced texts
    size_t piece_bytes_max = 0;
  };

  void add_english(const Vocabulary& vocabulary);
  void add_language(const Vocabulary& vocabulary, LanguageId id);
  void add_phrase(Facet facet, const std::vector<std::string>& words, const Sense& sense);
  void add_stem(Facet facet, const std::vector<std::string>& words, Sense sense);
  void add_parts(Facet facet, const std::vector<std::string>& words, const Sense& sense);
  void add_filler(const Language& language);

  // The words of a text, and their stems in each language that it may be in.
  struct Text {
    const std::vector<std::string>& words;
    std::vector<std::pair<LanguageId, std::vector<std::string>>> stems;
  };
  [[nodiscard]] Text text_of(const std::vector<std::string>& words, const LanguageWeights& weights) const;
  // How many words the longest phrase has that begins with this word.
  [[nodiscard]] size_t longest_at(Facet facet, const Text& text, size_t from) const;
  [[nodiscard]] Senses senses_at(Facet facet, const Text& text, size_t from, size_t count,
                                 const LanguageWeights& weights) const;
  [[nodiscard]] uint32_t listed_by(const std::string& word) const;
  [[nodiscard]] uint32_t compounded_by(const std::string& word) const;
  void add_compound_senses(Facet facet, const std::string& word, const LanguageWeights& weights,
                           Senses& senses) const;
  [[nodiscard]] static bool is_worn(const std::unordered_map<std::string, const Term*>& heads,
                                    const std::string& word);
  [[nodiscard]] std::vector<PhraseMatch> pieces_of(Facet facet, const std::string& word, size_t at,
                                                   const LanguageWeights& weights) const;
  [[nodiscard]] PhraseMatch choose(const Senses& senses, const LanguageWeights& weights) const;

  const Vocabulary& vocabulary_;
  std::array<Phrases, kFacetCount> exact_;
  std::array<Lengths, kFacetCount> lengths_;
  std::vector<PerLanguage> languages_;
  std::unordered_map<std::string, uint32_t> known_words_;  // a bit per language
  uint32_t only_by_letters_ = 0;                           // languages that listed words alone do not prove
  std::unordered_set<std::string> english_stems_;
  std::unordered_set<std::string> filler_, generic_;
};

// The nearest category above all terms that is not the root; null when there is none, or for other facets.
[[nodiscard]] const Term* common_ancestor(const Vocabulary& vocabulary,
                                          const std::vector<const Term*>& terms);

}  // namespace modiste
