#include "serving/state/item_embeddings.h"

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

Head head_of(const char* bytes) {
  Head head;
  std::memcpy(&head, bytes, sizeof head);
  return head;
}

// Of the packed bytes. limit: how many there are.
size_t size_of(const char* bytes, size_t limit = SIZE_MAX) {
  if (limit < sizeof(Head)) return SIZE_MAX;
  const Head head = head_of(bytes);
  size_t size = sizeof(Head) + head.components * sizeof(int16_t);
  for (size_t left = head.colours; left > 0 && size < limit; --left)
    size += 1 + static_cast<uint8_t>(bytes[size]);
  return size;
}

// Adds the components to `into`.
void unpack_vector(const char* bytes, const Head& head, std::vector<float>& into) {
  const size_t begin = into.size();
  into.resize(begin + head.components);
  float* const values = into.data() + begin;
  const auto* components = reinterpret_cast<const int16_t*>(bytes + sizeof head);
  for (size_t i = 0; i < head.components; ++i) values[i] = static_cast<float>(components[i]) * head.unit;
}

void unpack(const char* bytes, ItemEmbedding& into) {
  const Head head = head_of(bytes);
  into.source_hash = head.source_hash;
  unpack_vector(bytes, head, into.vector);
  const char* colour = bytes + sizeof head + head.components * sizeof(int16_t);
  for (size_t i = 0; i < head.colours; ++i) {
    const auto length = static_cast<uint8_t>(*colour);
    into.palette.emplace_back(colour + 1, length);
    colour += 1 + length;
  }
}

// Of the vector of an item, its head and the usual 128 components.
void prefetch(const char* bytes) {
  constexpr size_t kLine = 64, kBytes = 320;
  for (size_t at = 0; bytes != nullptr && at < kBytes; at += kLine) __builtin_prefetch(bytes + at);
}

}  // namespace

ItemEmbeddings::Packed ItemEmbeddings::pack(const ItemEmbedding& embedding) {
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
  return Packed(bytes.release());
}

void ItemEmbeddings::put(Slot slot, const ItemEmbedding& embedding) {
  auto packed = pack(embedding);
  const MutexLock lock(mutex_);
  if (packed_.size() <= slot) packed_.resize(std::max<size_t>(slot + 1, packed_.size() * 3 / 2));
  if (const auto& known = packed_[slot]; known != nullptr && known.get_deleter().own)
    bytes_ -= size_of(known.get());
  bytes_ += size_of(packed.get());
  packed_[slot] = std::move(packed);
}

uint64_t ItemEmbeddings::source_hash(Slot slot) const {
  const ReaderLock lock(mutex_);
  return slot >= packed_.size() || packed_[slot] == nullptr ? 0 : head_of(packed_[slot].get()).source_hash;
}

size_t ItemEmbeddings::memory_bytes() const {
  const ReaderLock lock(mutex_);
  return bytes_ + packed_.capacity() * sizeof(packed_[0]);
}

// How many slots, where each one's bytes begin behind that, from 1, and the bytes, each at a multiple of 8.
Result<Done> ItemEmbeddings::save(const ByteSink& sink) const {
  constexpr size_t kStep = 8;
  const ReaderLock lock(mutex_);
  std::vector<uint64_t> places{packed_.size()};
  uint64_t at = (packed_.size() + 1) * sizeof(uint64_t);
  const auto padded = [](size_t size) { return (size + kStep - 1) / kStep * kStep; };
  for (const auto& one : packed_) {
    places.push_back(one == nullptr ? 0 : at);
    if (one != nullptr) at += padded(size_of(one.get()));
  }
  bool fits = sink(std::as_bytes(std::span(places)));
  std::string bytes;
  for (const auto& one : packed_) {
    if (one == nullptr) continue;
    bytes.assign(one.get(), size_of(one.get()));
    bytes.resize(padded(bytes.size()));
    fits = fits && sink(std::as_bytes(std::span(bytes)));
  }
  if (fits) return kOk;
  return Error{Code::kUnavailable, "the embeddings cannot be written", "", ""};
}

Result<Done> ItemEmbeddings::load(const KeptBytes& kept) {
  const Error damaged{Code::kCorrupt, "the saved embeddings are damaged", "", "the bytes that save() wrote"};
  const auto* bytes = reinterpret_cast<const char*>(kept.bytes.data());
  const auto* places = reinterpret_cast<const uint64_t*>(bytes);
  const size_t size = kept.bytes.size();
  if (size < sizeof(uint64_t) || places[0] > size / sizeof(uint64_t) - 1) return damaged;
  const MutexLock lock(mutex_);
  packed_.clear();
  packed_.resize(places[0]);
  bytes_ = 0;
  keeper_ = kept.keeper;
  for (size_t slot = 0; slot < packed_.size(); ++slot) {
    const uint64_t place = places[slot + 1];
    if (place == 0) continue;
    if (place > size || size_of(bytes + place, size - place) > size - place) return damaged;
    packed_[slot] = Packed(bytes + place, FreeOwn{false});
  }
  return kOk;
}

std::shared_ptr<const ItemEmbedding> ItemEmbeddings::get(Slot slot) const {
  const ReaderLock lock(mutex_);
  if (slot >= packed_.size() || packed_[slot] == nullptr) return nullptr;
  auto embedding = std::make_shared<ItemEmbedding>();
  unpack(packed_[slot].get(), *embedding);
  return embedding;
}

// Calls visit(place, bytes) for each slot, whose bytes are null where it has no embedding. The bytes of some
// slots ahead are on their way meanwhile: of a large catalog none is cached.
template <class Visit>
void ItemEmbeddings::visit(std::span<const Slot> slots, const Visit& visit) const {
  constexpr size_t kAhead = 4;
  const auto bytes_of = [&](Slot slot) REQUIRES_SHARED(mutex_) {
    return slot < packed_.size() ? packed_[slot].get() : nullptr;
  };
  for (size_t i = 0; i < slots.size(); ++i) {
    if (i + 2 * kAhead < slots.size() && slots[i + 2 * kAhead] < packed_.size())
      __builtin_prefetch(&packed_[slots[i + 2 * kAhead]]);
    if (i + kAhead < slots.size()) prefetch(bytes_of(slots[i + kAhead]));
    visit(i, bytes_of(slots[i]));
  }
}

std::vector<std::shared_ptr<const ItemEmbedding>> ItemEmbeddings::get(std::span<const Slot> slots) const {
  std::vector<std::shared_ptr<const ItemEmbedding>> found(slots.size());
  const auto all = std::make_shared<std::vector<ItemEmbedding>>(slots.size());  // lives while one is used
  const ReaderLock lock(mutex_);
  visit(slots, [&](size_t i, const char* bytes) {
    if (bytes == nullptr) return;
    unpack(bytes, (*all)[i]);
    found[i] = {all, &(*all)[i]};
  });
  return found;
}

ItemVectors ItemEmbeddings::vectors(std::span<const Slot> slots) const {
  constexpr size_t kUsual = 128;  // components
  ItemVectors found;
  found.components_.reserve(slots.size() * kUsual);
  found.begins_.reserve(slots.size() + 1);
  const ReaderLock lock(mutex_);
  visit(slots, [&](size_t, const char* bytes) {
    if (bytes != nullptr) unpack_vector(bytes, head_of(bytes), found.components_);
    found.begins_.push_back(found.components_.size());
  });
  return found;
}

float likeness(std::span<const float> a, std::span<const float> b) {
  if (a.empty() || a.size() != b.size()) return 0;
  return std::clamp((1 + dot(a, b)) / 2, 0.0F, 1.0F);
}

}  // namespace modiste
