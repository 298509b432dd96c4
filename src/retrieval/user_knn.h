// Items that shoppers with similar taste chose: user-based collaborative filtering with
// cosine similarity (Herlocker 1999).
//
// A shopper is the sparse vector of weights given to items. The neighbours are the shoppers with the largest
// cosine; an item's score is the neighbours' similarity-weighted average of how much they chose it.
//
// Threads: any thread may call any method; many queries, one record at a time.
// Limits:  each shopper keeps the items_max latest items, each item its shoppers_max latest shoppers, and a
//          query reads neighbours_max neighbours: the work of a query is bounded, whatever the shop's size.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "retrieval/candidate.h"

namespace modiste {

struct UserKnnOptions {
  size_t neighbours_max = 50;
  size_t items_max = 200;     // latest ones; the style profile remembers older taste
  size_t shoppers_max = 500;  // per item, latest ones; a bestseller says little about similarity
  float shrinkage = 2;  // cosine * n / (n + shrinkage), n = items in common: one shared item proves little
};

class UserKnn {
 public:
  using Relevance = std::function<float(Slot)>;

  explicit UserKnn(UserKnnOptions options = {});
  ~UserKnn();

  // Adds weight to the shopper's rating of the item; the sum stays in [0, 1], and at 0 the rating is deleted
  // (after an undone like). shopper: ShopperState's dense index.
  // at: when; choosers() asks for it.
  void record(uint32_t shopper, Slot slot, float weight, TimePoint at = {});
  // Deletes everything of the shopper. False when nothing was known.
  bool erase(uint32_t shopper);

  // At most k items that neighbours chose and the shopper has not, best first, score in [0, 1].
  // Empty for unknown shoppers.
  // relevance: weight of each of the shopper's own choices, in [0, 1]; absent: 1.
  [[nodiscard]] CandidateList search(uint32_t shopper, size_t k, const SlotFilter& filter = {},
                                     const Deadline& deadline = {}, const Relevance& relevance = {}) const;

  // Shoppers other than this one whose rating of the item rose by kLiked or more at once since then, and is
  // not below it now. Of the item's shoppers_max latest.
  [[nodiscard]] size_t choosers(Slot slot, TimePoint since, uint32_t except) const;
  static constexpr float kLiked = 0.5F;  // a like weighs 0.6, a click 0.25

  [[nodiscard]] size_t shopper_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
