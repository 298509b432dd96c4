// Full-text index of items: BM25 over weighted fields (BM25F, Robertson & Zaragoza 2009),
// updated item by item.
//
// Words are folded (case, accents, width), split as in vocabulary/words.h, and stemmed as English by
// Snowball. A query word that is a synonym of a vocabulary term also finds the term's other words, at a
// discount; a word that no item has is replaced by the nearest known words within a small edit distance, at a
// larger discount.
//
// Threads: any thread may call any method; many searches, one change at a time. A search holds a shared
//          lock, a change the exclusive one for tens of microseconds.
// Owns:    its postings; borrows the vocabulary.
// Limits:  kTextBytesMax per field and query, kQueryTermsMax terms per query; the rest is ignored.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/kept_bytes.h"
#include "base/result.h"
#include "catalog/garment.h"
#include "retrieval/candidate.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

inline constexpr size_t kTextBytesMax = 16'384;
inline constexpr size_t kQueryTermsMax = 32;  // at most four times as many after expansion

struct TextOptions {
  // Weight of a word by its field: a title says more than a description.
  float title_weight = 3, category_weight = 2.5F, brand_weight = 2, attribute_weight = 2,
        description_weight = 1;
  float k1 = 1.2F,
        b = 0.5F;  // BM25's saturation and length normalisation; garments' texts are short, so b < .75
  float synonym_discount = 0.7F;  // for a term's other words, relative to the query word
  float typo_discount = 0.5F;     // for a word one edit away; squared for two edits
};

// The text of a garment in one colour, by field.
struct TextFields {
  std::string title{}, brand{}, category{}, description{};
  // Vocabulary labels and the supplier's words, including the colour's name.
  std::vector<std::string> attributes{};
};
[[nodiscard]] TextFields text_fields(const Garment& garment, std::string_view colour,
                                     const Vocabulary& vocabulary);

struct TextQuery {
  std::string_view text{};
  size_t k = 10;
  SlotFilter filter{};
  Deadline deadline{};
};

class TextIndex {
 public:
  explicit TextIndex(const Vocabulary& vocabulary, TextOptions options = {});
  ~TextIndex();

  // Adds or replaces an item.
  void put(Slot slot, const TextFields& fields);
  bool remove(Slot slot);

  // At most k, best first. score: BM25, above 0, without an upper bound. Empty when no query word is known.
  [[nodiscard]] CandidateList search(const TextQuery& query) const;

  // In how many items a word stands in this form; 0: in none.
  [[nodiscard]] size_t items_with(std::string_view word) const;
  // Words of items within this many edits of a word that begin alike (with the same letter, or the first two
  // swapped), nearest and most frequent first, as some item spells them.
  struct Spelling {
    std::string word;
    size_t edits = 0, items = 0;
  };
  [[nodiscard]] std::vector<Spelling> similar_words(std::string_view word, size_t edits_max,
                                                    size_t count_max) const;

  [[nodiscard]] size_t size() const;
  [[nodiscard]] size_t memory_bytes() const;  // without what lies in a mapped file

  // What is used in place, and the rest; meanwhile searches go on and changes wait. load() replaces
  // everything; kCorrupt: not what save() wrote.
  Result<Done> save(const ByteSink& lists, std::string& rest) const;
  Result<Done> load(const KeptBytes& rest, const KeptBytes& lists);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
