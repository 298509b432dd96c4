// What shoppers of like taste chose: user-based collaborative filtering with cosine (Herlocker 1999).
//
// A shopper is the sparse vector of weights she gave to items. Her neighbours are the shoppers with the
// largest cosine to her; an item's score is the share of the neighbours' similarity, weighted by how much
// they chose it.
//
// Threads: any thread may call anything; many queries, one record at a time.
// Limits:  each shopper keeps her items_max latest items, each item its shoppers_max latest shoppers, a query
// reads
//          neighbours_max neighbours: the work of a query is bounded whatever the shop's size.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "retrieval/candidate.h"

namespace modiste {

struct UserKnnOptions {
  size_t neighbours_max = 50;
  size_t items_max = 200;     // latest ones; taste of long ago is the style's to remember
  size_t shoppers_max = 500;  // per item, latest ones: a bestseller says little about likeness
  float shrinkage = 2;  // cosine * n / (n + shrinkage), n = items in common: one shared item proves little
};

class UserKnn {
 public:
  using Relevance = std::function<float(Slot)>;

  explicit UserKnn(UserKnnOptions options = {});
  ~UserKnn();

  // Adds weight to what the shopper thinks of the item; the sum stays in [0, 1], and at 0 the item is
  // forgotten (a like taken back). shopper: ShopperState's dense index.
  void record(uint32_t shopper, Slot slot, float weight);
  // Everything of the shopper is gone. False when nothing was known.
  bool erase(uint32_t shopper);

  // At most k items that neighbours chose and she has not, best first, score in [0, 1]. Empty for strangers.
  // relevance: how much of each of her own choices counts now, in [0, 1]; absent: all of it.
  [[nodiscard]] CandidateList search(uint32_t shopper, size_t k, const SlotFilter& filter = {},
                                     const Deadline& deadline = {}, const Relevance& relevance = {}) const;

  [[nodiscard]] size_t shopper_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
