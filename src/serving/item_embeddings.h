// The embedding and palette of every item, by slot.
//
// Threads: readers and writers from any thread. An ItemEmbedding is immutable once put; readers keep
// the one they got.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "base/vector_math.h"
#include "catalog/item.h"

namespace modiste {

struct ItemEmbedding {
  Vector vector;  // unit; empty when the item has neither photo nor text that could be embedded
  std::vector<std::string> palette;  // "#rrggbb" by share
  uint64_t source_hash = 0;          // hash of the vector's inputs
};

class ItemEmbeddings {
 public:
  void put(Slot slot, ItemEmbedding embedding);
  // Null when the slot has no embedding.
  [[nodiscard]] std::shared_ptr<const ItemEmbedding> get(Slot slot) const;
  // One embedding per slot, in the order given, under one lock.
  [[nodiscard]] std::vector<std::shared_ptr<const ItemEmbedding>> get(std::span<const Slot> slots) const;

 private:
  mutable SharedMutex mutex_;
  std::vector<std::shared_ptr<const ItemEmbedding>> embeddings_ GUARDED_BY(mutex_);
};

// Cosine of two embeddings, mapped from [-1, 1] to [0, 1]; 0 when either has no vector.
[[nodiscard]] float likeness(const ItemEmbedding* a, const ItemEmbedding* b);

}  // namespace modiste
