// Mends mistyped words of a query: "linnen dres" -> "linen dress".
//
// A word stays when the catalog has it, or when one language of the vocabulary has all words of the query
// that the catalog does not. Else the language that needs the fewest edits decides, English first among
// equals; a word becomes the nearest word of that language's lists or of the catalog. Words with digits,
// short ones and words of scripts without spaces stay.
//
// Threads: immutable after construction; mend() from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/text_index.h"
#include "serving/query/query_text.h"
#include "vocabulary/phrase_index.h"

namespace modiste {

struct QuerySpellingOptions {
  size_t one_edit_from = 4, two_edits_from = 8;  // letters that a word has for so many edits
  // What reading the query in another language than English costs, in edits: "linnen" is Dutch for linen, but
  // "linnen dres" is English with two mistyped words.
  double foreign_cost = 1.5;
  // Letters of a word that is mended in another language than English though no word of the query is of it:
  // "blah" is not Swedish for blue, mistyped.
  size_t foreign_from = 6;
  double unknown_cost = 2;  // of a word that no word is near to
};

struct MendedQuery {
  std::string text;
  struct Word {
    std::string written, read;
  };
  std::vector<Word> words;  // that were mended, in the query's order; never empty
};

class QuerySpelling {
 public:
  // Borrows all.
  QuerySpelling(const Vocabulary& vocabulary, const PhraseIndex& phrases, const QueryWords& words,
                const TextIndex& catalog, const QuerySpellingOptions& options = {});

  // The mended query; empty when nothing is mended.
  [[nodiscard]] std::optional<MendedQuery> mend(std::string_view query) const;

 private:
  struct Known {
    std::string word;
    uint32_t languages = 0;  // a bit per LanguageId
    bool is_term = false;    // part of a term's name or synonym
  };
  struct Mended {
    std::string word;
    size_t edits = 0;
  };
  // Words that one may be mistyped for, in any language.
  struct Near {
    struct Candidate {
      std::string_view word;
      size_t edits = 0;
      uint32_t languages = 0;
      bool is_term = false;
      size_t items = 0;
    };
    std::vector<Candidate> listed;
    std::vector<TextIndex::Spelling> of_catalog;
  };
  [[nodiscard]] Near near(const std::string& key) const;
  void add(std::string_view phrase, LanguageId language, bool is_term);
  [[nodiscard]] bool is_fixed(const QueryToken& token) const;
  [[nodiscard]] uint32_t speakers_by_stem(const std::string& key) const;
  [[nodiscard]] uint32_t listed_in(std::string_view word) const;
  [[nodiscard]] bool is_english_plural(std::string_view key) const;
  [[nodiscard]] uint32_t languages_of(const std::string& key, const Near& near) const;
  [[nodiscard]] static std::optional<Mended> nearest(const Near& near, LanguageId language);
  [[nodiscard]] std::optional<std::string> split(const std::string& key) const;

  const PhraseIndex& phrases_;
  const QueryWords& words_;
  const TextIndex& catalog_;
  const QuerySpellingOptions options_;
  std::vector<Known> known_;                         // sorted by word
  std::unordered_map<std::string, uint32_t> stems_;  // of these words, each by its language's stemmer
};

}  // namespace modiste
