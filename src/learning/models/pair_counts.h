// What is chosen before and after what: directed transitions and, as their sum, co-occurrence, counted at
// each event. Two choices of one history that stand d places apart count d^-1/2; no division by popularity.
//
// Threads: many readers or one writer. Memory: 12 bytes for each pair of items seen, twice.
#pragma once

#include <cstddef>
#include <vector>

#include "learning/models/histories.h"

namespace modiste {

class PairCounts {
 public:
  static constexpr size_t kWindow = 20;  // places back that a choice counts with

  struct Pair {
    ItemNumber other = 0;
    float after = 0;   // other was chosen after the item
    float before = 0;  // other was chosen before it
    [[nodiscard]] float together() const { return after + before; }
  };

  // An event: `item` was chosen after `before` (earliest first).
  void add(std::span<const ItemNumber> before, ItemNumber item);
  // All events of a history.
  void add(std::span<const ItemNumber> history);

  // What was seen beside the item, by its number.
  [[nodiscard]] std::span<const Pair> of(ItemNumber item) const;
  // Sum of together() over of(item).
  [[nodiscard]] float total(ItemNumber item) const;
  [[nodiscard]] size_t bytes() const;

 private:
  struct Row {
    std::vector<Pair> pairs;  // sorted by other
    float total = 0;
  };
  Pair& pair(ItemNumber item, ItemNumber other);

  std::vector<Row> rows_;
};

}  // namespace modiste
