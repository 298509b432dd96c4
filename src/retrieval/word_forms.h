// Words in the form that the text index uses, including the vocabulary's phrases.
//
// Threads: immutable after construction.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

// A word's form in the index, and the vocabulary terms that it names, or that a phrase ending with it names:
// in English the last word says what a thing is ("yoga leggings").
struct Word {
  std::string form;
  std::string spelled;  // folded and singular, not stemmed; misspellings are compared with it
  std::vector<TermId> terms;
};

// Converts words to forms and finds the vocabulary's phrases among them.
//
// A word of the vocabulary is only made singular ("leggings" -> "legging"; Snowball would give
// "leg"), and not even that when its singular means something else ("shorts" and "short"). Any other
// word is stemmed by Snowball.
class WordForms {
 public:
  explicit WordForms(const Vocabulary& vocabulary);

  // Leaves out words without meaning ("for", "the"). Phrases are found longest first and do not overlap.
  [[nodiscard]] std::vector<Word> read(std::string_view text) const;
  // The terms that a form names by itself.
  [[nodiscard]] std::vector<TermId> terms(const std::string& form) const;

 private:
  struct Phrase {
    size_t words = 0;
    std::vector<TermId> terms;
  };

  void add_phrase(std::string_view text, TermId term);
  [[nodiscard]] std::string form(const std::string& word) const;
  [[nodiscard]] const Phrase* phrase_at(const std::vector<Word>& words, size_t begin) const;

  std::unordered_map<std::string, std::string> vocabulary_forms_;  // word -> form
  std::unordered_map<std::string, Phrase> phrases_;                // forms joined by a space
  size_t phrase_words_max_ = 1;
};

}  // namespace modiste
