// Items by vocabulary term: gives the content source its candidates for a shopper's weighted terms.
//
// Threads: any number of readers, one writer at a time (shared mutex inside). Never shrinks: an item that
// lost a term or was removed is still in the term's list; the filter judges it by its current facts, and it
// no longer counts in idf().
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "base/rng.h"
#include "catalog/item.h"
#include "retrieval/slot_filter.h"

namespace modiste {

struct WeightedTerm {
  TermId term = 0;
  float weight = 0;
};

class AttributeIndex {
 public:
  void put(const ItemFacts& item);
  void remove(Slot slot);

  // ln(N / n): how distinctive a term is; 0 for a term of every item or of none.
  [[nodiscard]] float idf(TermId term) const;
  // idf() of every term below `count`, under one lock.
  [[nodiscard]] std::vector<float> idfs(size_t count) const;
  // True if there are items and every one has the term: then it says nothing about who likes them.
  [[nodiscard]] bool is_of_all(TermId term) const;

  // Items with any of the terms, each at most once, at most k, allowed by the filter. A posting list longer
  // than its share of k is entered at a random place, so that a large shop shows other items each time.
  [[nodiscard]] std::vector<Slot> candidates(std::span<const WeightedTerm> terms, size_t k,
                                             const SlotFilter& filter, Rng& rng) const;

 private:
  struct Listed {
    uint16_t term : 15;
    uint16_t counts : 1;  // the item has the term now
  };
  struct Postings {
    std::vector<Slot> slots;
    size_t count = 0;  // number of items that have the term now
  };
  struct Indexed {
    std::vector<Listed> listed;  // the item's places in the posting lists
    bool there = false;
  };

  [[nodiscard]] float idf_locked(TermId term) const REQUIRES_SHARED(mutex_);
  void count_no_more(Indexed& item) REQUIRES(mutex_);

  mutable SharedMutex mutex_;
  std::vector<Postings> postings_ GUARDED_BY(mutex_);  // by TermId
  std::unordered_map<Slot, Indexed> indexed_ GUARDED_BY(mutex_);
  size_t items_ GUARDED_BY(mutex_) = 0;  // number of live items
};

}  // namespace modiste
