// The inverted lists of the text index: for each term the items that contain it, by slot, and the term's
// weight in them.
//
// Threads: not synchronised; TextIndex locks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/item.h"

namespace modiste {

using TermIndex = uint32_t;  // dense, valid in this index only
inline constexpr TermIndex kNoTermIndex = UINT32_MAX;

struct Posting {
  Slot slot = 0;
  float weight = 0;  // sum over occurrences of the field's weight
};

struct TermPostings {
  std::string form;
  std::vector<Posting> postings;  // by slot
  float weight_max = 0;           // of any posting ever: an upper bound
};

// The indexed form of an item's text.
struct Document {
  std::vector<std::pair<std::string, float>> terms;  // form -> weight, each form once
  float length = 0;                                  // sum of the words' weights
};

class Postings {
 public:
  // Adds or replaces an item.
  void put(Slot slot, const Document& document);
  bool remove(Slot slot);

  // kNoTermIndex when no item has the term.
  [[nodiscard]] TermIndex find(std::string_view form) const;
  // Terms of some item within this many edits of the form, nearest and most frequent first. Forms that begin
  // with '#' are internal and are left out.
  struct Spelling {
    TermIndex term = 0;
    size_t edits = 0;
  };
  // Only those that begin with the same letter, or with the first two swapped: people rarely mistype the
  // first.
  [[nodiscard]] std::vector<Spelling> similar(std::string_view form, size_t edits_max,
                                              size_t count_max) const;

  [[nodiscard]] const TermPostings& term(TermIndex index) const { return terms_[index]; }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] float length(Slot slot) const { return items_[slot].length; }
  [[nodiscard]] float length_mean() const;
  [[nodiscard]] size_t memory_bytes() const;

 private:
  struct Item {
    std::vector<TermIndex> terms;  // sorted
    float length = -1;             // below 0: not in the index
  };
  // Bits that can be compared before the letters are: an edit changes at most two of them.
  struct Shape {
    uint32_t letters = 0;
    uint16_t length = 0;
    char first = 0, second = 0;
  };
  static Shape shape(std::string_view form);
  TermIndex intern(const std::string& form);
  void drop(TermIndex term, Slot slot);

  std::vector<TermPostings> terms_;
  std::vector<Shape> shapes_;  // by TermIndex
  std::unordered_map<std::string, TermIndex> index_;
  std::vector<Item> items_;  // by slot
  size_t size_ = 0;
  double length_sum_ = 0;
};

}  // namespace modiste
