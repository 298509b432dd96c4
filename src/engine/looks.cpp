#include "engine/looks.h"

#include <algorithm>
#include <mutex>

namespace modiste {

void Looks::put(Slot slot, Look look) {
  auto shared = std::make_shared<const Look>(std::move(look));
  const std::unique_lock lock(mutex_);
  if (looks_.size() <= slot) looks_.resize(std::max<size_t>(slot + 1, looks_.size() * 3 / 2));
  looks_[slot] = std::move(shared);
}

std::shared_ptr<const Look> Looks::get(Slot slot) const {
  const std::shared_lock lock(mutex_);
  return slot < looks_.size() ? looks_[slot] : nullptr;
}

std::vector<std::shared_ptr<const Look>> Looks::get(std::span<const Slot> slots) const {
  std::vector<std::shared_ptr<const Look>> found(slots.size());
  const std::shared_lock lock(mutex_);
  for (size_t i = 0; i < slots.size(); ++i)
    if (slots[i] < looks_.size()) found[i] = looks_[slots[i]];
  return found;
}

float likeness(const Look* a, const Look* b) {
  if (a == nullptr || b == nullptr || a->vector.empty() || a->vector.size() != b->vector.size()) return 0;
  return std::clamp((1 + dot(a->vector, b->vector)) / 2, 0.0F, 1.0F);
}

}  // namespace modiste
