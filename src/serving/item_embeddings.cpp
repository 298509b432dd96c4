#include "serving/item_embeddings.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/check.h"
#include "base/mutex.h"

namespace modiste {
namespace {

// Before the components, as int16_t in units of `unit`, and then the colours, each a length and its text.
struct Head {
  uint64_t source_hash = 0;
  float unit = 0;
  uint16_t components = 0, colours = 0;
};
constexpr float kLargest = 32'767;  // in units, of the largest component

size_t bytes_of(const ItemEmbedding& embedding) {
  return sizeof(Head) + embedding.vector.size() * sizeof(int16_t);
}

std::unique_ptr<const char[]> pack(const ItemEmbedding& embedding) {
  CHECK(embedding.vector.size() <= UINT16_MAX && embedding.palette.size() <= UINT16_MAX);
  float most = 0;
  for (const float x : embedding.vector) most = std::max(most, std::abs(x));
  Head head{embedding.source_hash, most / kLargest, static_cast<uint16_t>(embedding.vector.size()),
            static_cast<uint16_t>(embedding.palette.size())};
  if (!(head.unit > 0)) head.unit = 1;
  std::string colours;
  for (const std::string& colour : embedding.palette) {
    const auto length = static_cast<uint8_t>(std::min<size_t>(colour.size(), UINT8_MAX));
    colours += static_cast<char>(length);
    colours.append(colour, 0, length);
  }
  const size_t vector_bytes = head.components * sizeof(int16_t);
  std::unique_ptr<char[]> bytes(new char[sizeof head + vector_bytes + colours.size()]);
  std::memcpy(bytes.get(), &head, sizeof head);
  auto* components = reinterpret_cast<int16_t*>(bytes.get() + sizeof head);
  for (size_t i = 0; i < head.components; ++i)
    components[i] = static_cast<int16_t>(std::lround(embedding.vector[i] / head.unit));
  std::memcpy(bytes.get() + sizeof head + vector_bytes, colours.data(), colours.size());
  return bytes;
}

void unpack(const char* bytes, ItemEmbedding& into) {
  Head head;
  std::memcpy(&head, bytes, sizeof head);
  into.source_hash = head.source_hash;
  into.vector.resize(head.components);
  const auto* components = reinterpret_cast<const int16_t*>(bytes + sizeof head);
  for (size_t i = 0; i < head.components; ++i) into.vector[i] = static_cast<float>(components[i]) * head.unit;
  const char* colour = bytes + sizeof head + head.components * sizeof(int16_t);
  for (size_t i = 0; i < head.colours; ++i) {
    const auto length = static_cast<uint8_t>(*colour);
    into.palette.emplace_back(colour + 1, length);
    colour += 1 + length;
  }
}

}  // namespace

void ItemEmbeddings::put(Slot slot, const ItemEmbedding& embedding) {
  auto packed = pack(embedding);
  const MutexLock lock(mutex_);
  if (packed_.size() <= slot) packed_.resize(std::max<size_t>(slot + 1, packed_.size() * 3 / 2));
  if (packed_[slot] == nullptr) bytes_ += bytes_of(embedding);
  packed_[slot] = std::move(packed);
}

size_t ItemEmbeddings::memory_bytes() const {
  const ReaderLock lock(mutex_);
  return bytes_ + packed_.capacity() * sizeof(packed_[0]);
}

std::shared_ptr<const ItemEmbedding> ItemEmbeddings::get(Slot slot) const {
  const ReaderLock lock(mutex_);
  if (slot >= packed_.size() || packed_[slot] == nullptr) return nullptr;
  auto embedding = std::make_shared<ItemEmbedding>();
  unpack(packed_[slot].get(), *embedding);
  return embedding;
}

std::vector<std::shared_ptr<const ItemEmbedding>> ItemEmbeddings::get(std::span<const Slot> slots) const {
  std::vector<std::shared_ptr<const ItemEmbedding>> found(slots.size());
  const auto all = std::make_shared<std::vector<ItemEmbedding>>(slots.size());  // lives while one is used
  const ReaderLock lock(mutex_);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i] >= packed_.size() || packed_[slots[i]] == nullptr) continue;
    unpack(packed_[slots[i]].get(), (*all)[i]);
    found[i] = {all, &(*all)[i]};
  }
  return found;
}

float likeness(const ItemEmbedding* a, const ItemEmbedding* b) {
  if (a == nullptr || b == nullptr || a->vector.empty() || a->vector.size() != b->vector.size()) return 0;
  return std::clamp((1 + dot(a->vector, b->vector)) / 2, 0.0F, 1.0F);
}

}  // namespace modiste
