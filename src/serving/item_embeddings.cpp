#include "serving/item_embeddings.h"

#include <algorithm>

#include "base/mutex.h"

namespace modiste {

void ItemEmbeddings::put(Slot slot, ItemEmbedding embedding) {
  auto shared = std::make_shared<const ItemEmbedding>(std::move(embedding));
  const MutexLock lock(mutex_);
  if (embeddings_.size() <= slot) embeddings_.resize(std::max<size_t>(slot + 1, embeddings_.size() * 3 / 2));
  embeddings_[slot] = std::move(shared);
}

std::shared_ptr<const ItemEmbedding> ItemEmbeddings::get(Slot slot) const {
  const ReaderLock lock(mutex_);
  return slot < embeddings_.size() ? embeddings_[slot] : nullptr;
}

std::vector<std::shared_ptr<const ItemEmbedding>> ItemEmbeddings::get(std::span<const Slot> slots) const {
  std::vector<std::shared_ptr<const ItemEmbedding>> found(slots.size());
  const ReaderLock lock(mutex_);
  for (size_t i = 0; i < slots.size(); ++i)
    if (slots[i] < embeddings_.size()) found[i] = embeddings_[slots[i]];
  return found;
}

float likeness(const ItemEmbedding* a, const ItemEmbedding* b) {
  if (a == nullptr || b == nullptr || a->vector.empty() || a->vector.size() != b->vector.size()) return 0;
  return std::clamp((1 + dot(a->vector, b->vector)) / 2, 0.0F, 1.0F);
}

}  // namespace modiste
