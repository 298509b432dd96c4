// The embedding and palette of every item, by slot: 16 bits per component.
//
// Threads: readers and writers from any thread. Readers get a copy of their own.
// Memory:  2 bytes per component and about 40 bytes an item.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/kept_bytes.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/vector_math.h"
#include "catalog/item.h"

namespace modiste {

struct ItemEmbedding {
  Vector vector;  // unit; empty when the item has neither photo nor text that could be embedded
  std::vector<std::string> palette;  // "#rrggbb" by share
  uint64_t source_hash = 0;          // hash of the vector's inputs
};

// The vectors of some items, one after the other in memory.
class ItemVectors {
 public:
  // Unit; empty when the item has none.
  [[nodiscard]] std::span<const float> operator[](size_t row) const {
    return std::span(components_).subspan(begins_[row], begins_[row + 1] - begins_[row]);
  }
  [[nodiscard]] size_t size() const { return begins_.size() - 1; }

 private:
  friend class ItemEmbeddings;
  std::vector<float> components_;
  std::vector<size_t> begins_{0};  // by row, and the end of the last one
};

class ItemEmbeddings {
 public:
  void put(Slot slot, const ItemEmbedding& embedding);
  // Null when the slot has no embedding. Each component is within 2^-16 of the largest one of what was put;
  // putting what get() returned changes nothing.
  [[nodiscard]] std::shared_ptr<const ItemEmbedding> get(Slot slot) const;
  // One embedding per slot, in the order given, under one lock.
  [[nodiscard]] std::vector<std::shared_ptr<const ItemEmbedding>> get(std::span<const Slot> slots) const;
  // Of these only the vectors, for which no candidate costs an allocation.
  [[nodiscard]] ItemVectors vectors(std::span<const Slot> slots) const;
  [[nodiscard]] uint64_t source_hash(Slot slot) const;  // 0: no embedding
  [[nodiscard]] size_t memory_bytes() const;            // without what lies in a mapped file

  // Everything, used in place by load(), which replaces it; kCorrupt: not what save() wrote.
  Result<Done> save(const ByteSink& sink) const;
  Result<Done> load(const KeptBytes& bytes);

 private:
  struct FreeOwn {
    bool own = true;
    void operator()(const char* bytes) const {
      if (own) delete[] bytes;
    }
  };
  using Packed = std::unique_ptr<const char[], FreeOwn>;
  static Packed pack(const ItemEmbedding& embedding);
  template <class Visit>
  void visit(std::span<const Slot> slots, const Visit& visit) const REQUIRES_SHARED(mutex_);

  mutable SharedMutex mutex_;
  std::shared_ptr<const void> keeper_ GUARDED_BY(mutex_);
  std::vector<Packed> packed_ GUARDED_BY(mutex_);  // null: none
  size_t bytes_ GUARDED_BY(mutex_) = 0;
};

// Cosine of two embeddings, mapped from [-1, 1] to [0, 1]; 0 when either has no vector.
[[nodiscard]] float likeness(std::span<const float> a, std::span<const float> b);

}  // namespace modiste
