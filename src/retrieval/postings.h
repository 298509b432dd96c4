// The inverted lists of the text index: for each term the items that contain it, by slot, and the term's
// weight in them.
//
// What an earlier process saved is kept where it lies, in a mapped file, and never changed: an item that is
// put again or removed is dead there, and what is put is added beside it.
//
// Threads: not synchronised; TextIndex locks.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/kept_bytes.h"
#include "base/result.h"
#include "catalog/item.h"
#include "catalog/slot_bits.h"

namespace modiste {

class BinaryReader;

using TermIndex = uint32_t;  // dense, valid in this index only
inline constexpr TermIndex kNoTermIndex = UINT32_MAX;

struct Posting {
  Slot slot = 0;
  float weight = 0;  // sum over occurrences of the field's weight
};

struct TermPostings {
  std::string_view form;
  std::span<const Posting> kept;  // by slot; some may be of items that are dead there
  std::vector<Posting> added;     // by slot
  uint32_t count = 0;             // of items that have the term
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
  // Below 0 for a slot that is not in the index.
  [[nodiscard]] float length(Slot slot) const { return lengths_[slot]; }
  // The items whose kept postings count. Null: all that have any.
  [[nodiscard]] const SlotBits* kept_alive() const { return kept_dead_ > 0 ? &kept_alive_ : nullptr; }
  [[nodiscard]] float length_mean() const;
  [[nodiscard]] size_t memory_bytes() const;  // without what lies in a mapped file

  // What is used in place, and the rest. load() replaces everything; kCorrupt: not what save() wrote.
  Result<Done> save(const ByteSink& lists, std::string& rest) const;
  Result<Done> load(const KeptBytes& rest, const KeptBytes& lists);

 private:
  // Bits that can be compared before the letters are: an edit changes at most two of them.
  struct Shape {
    uint32_t letters = 0;
    uint16_t length = 0;
    char first = 0, second = 0;
  };
  static Shape shape(std::string_view form);
  TermIndex intern(const std::string& form);
  void drop_added(TermIndex term, Slot slot);
  [[nodiscard]] bool is_kept(Slot slot) const { return kept_alive_.test(slot); }
  [[nodiscard]] std::span<const TermIndex> kept_terms(Slot slot) const {
    return kept_documents_.subspan(kept_from_[slot], kept_from_[slot + 1] - kept_from_[slot]);
  }
  void leave_kept(Slot slot);
  void load_terms(BinaryReader& reader, uint32_t count, std::span<const Posting> postings);

  std::vector<TermPostings> terms_;
  std::vector<Shape> shapes_;      // by TermIndex
  std::deque<std::string> forms_;  // of terms that were added
  // By the form's hash: of two forms with one hash, which one in 10^13 pairs has, the second is taken for the
  // first.
  boost::unordered_flat_map<uint64_t, TermIndex> index_;
  std::vector<float> lengths_;                                     // by slot
  boost::unordered_flat_map<Slot, std::vector<TermIndex>> added_;  // items' terms, sorted
  // As they were saved: items' terms, item by item, and where each item's begin.
  std::shared_ptr<const void> keeper_, lists_keeper_;
  std::span<const TermIndex> kept_documents_;
  std::vector<uint64_t> kept_from_{0};
  SlotBits kept_alive_;
  size_t kept_dead_ = 0;
  size_t size_ = 0;
  double length_sum_ = 0;
};

}  // namespace modiste
