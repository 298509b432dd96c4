#include "retrieval/plane_store.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/check.h"

namespace modiste {
namespace {

constexpr size_t kHugePage = 2 << 20;
constexpr int kCodeMax = 127 * 256;  // so that rounding the high plane never passes 127

constexpr size_t round_up(size_t n, size_t step) { return (n + step - 1) / step * step; }

}  // namespace

Probe::Probe(std::span<const float> vector)
    : high_(round_up(vector.size(), kPlaneStep)), low_(high_.size()), floats_(high_.size()) {
  CHECK(!vector.empty() && vector.size() <= kPlaneDimensionMax);
  std::copy(vector.begin(), vector.end(), floats_.begin());
  float largest = 0;
  for (const float x : vector) largest = std::max(largest, std::abs(x));
  if (largest == 0) return;
  scale_ = largest / kCodeMax;
  for (size_t i = 0; i < vector.size(); ++i) {
    const int code = static_cast<int>(std::lround(vector[i] / scale_));
    const int high = (code + 128) >> 8;
    high_[i] = static_cast<int8_t>(high);
    low_[i] = static_cast<int8_t>(code - high * 256);
    bias_ += 128 * high;
  }
}

PlaneStore::PlaneStore(size_t dimension)
    : dimension_(dimension),
      high_stride_(round_up(dimension, kPlaneStep)),
      low_stride_(round_up(dimension, 16)) {
  CHECK(dimension > 0 && dimension <= kPlaneDimensionMax);
}

void PlaneStore::Free::operator()(std::byte* bytes) const { std::free(bytes); }

// A graph search reads rows at random: huge pages avoid a page-table walk at every step. Only for whole huge
// pages, because a partly used one counts in full; and not for the first chunk, where a small shop would pay
// more than it gains.
std::unique_ptr<std::byte, PlaneStore::Free> PlaneStore::allocate() const {
  std::unique_ptr<std::byte, Free> own(
      static_cast<std::byte*>(std::aligned_alloc(kHugePage, round_up(chunk_bytes(), kHugePage))));
  if (own == nullptr) throw std::bad_alloc();
  if (!chunks_.empty()) madvise(own.get(), chunk_bytes() / kHugePage * kHugePage, MADV_HUGEPAGE);
  return own;
}

void PlaneStore::grow(size_t rows) {
  while (chunks_.size() < chunk_count(rows)) {
    Chunk chunk;
    chunk.own = allocate();
    chunk.bytes = chunk.own.get();
    chunks_.push_back(std::move(chunk));
  }
}

std::byte* PlaneStore::writable(size_t index) {
  Chunk& chunk = chunks_[index];
  if (chunk.own == nullptr) {
    chunk.own = allocate();
    std::memcpy(chunk.own.get(), chunk.bytes, chunk_bytes());
    chunk.bytes = chunk.own.get();
  }
  return chunk.own.get();
}

void PlaneStore::set(size_t row, const Probe& probe) {
  std::byte* chunk = writable(row / kChunkRows);
  const size_t place = row % kChunkRows;
  auto* high = reinterpret_cast<uint8_t*>(chunk) + place * high_stride_;
  for (size_t i = 0; i < high_stride_; ++i) high[i] = static_cast<uint8_t>(probe.high_[i] + 128);
  std::memcpy(chunk + kChunkRows * high_stride_ + place * low_stride_, probe.low_.data(), low_stride_);
  std::memcpy(chunk + kChunkRows * (high_stride_ + low_stride_) + place * sizeof(float), &probe.scale_,
              sizeof(float));
}

Vector PlaneStore::get(size_t row) const {
  Vector vector(dimension_);
  for (size_t i = 0; i < dimension_; ++i)
    vector[i] = scale(row) * static_cast<float>((int{high(row)[i]} - 128) * 256 + int{low(row)[i]});
  return vector;
}

// Prefetches the whole row up to a kilobyte: measured faster than prefetching the first lines and leaving the
// rest to the hardware.
void PlaneStore::prefetch(size_t row) const {
  constexpr size_t kLinesMax = 16;
  const uint8_t* bytes = high(row);
  for (size_t line = 0; line < std::min(kLinesMax, high_stride_ / 64); ++line)
    __builtin_prefetch(bytes + line * 64);
}

std::span<const std::byte> PlaneStore::chunk(size_t index) const {
  return {chunks_[index].bytes, chunk_bytes()};
}

std::vector<std::byte> PlaneStore::chunk_begin(size_t index, size_t rows) const {
  std::vector<std::byte> copy(chunk_bytes());
  size_t from = 0;
  for (const size_t stride : {high_stride_, low_stride_, sizeof(float)}) {
    std::memcpy(copy.data() + from, chunks_[index].bytes + from, rows * stride);
    from += kChunkRows * stride;
  }
  return copy;
}

void PlaneStore::attach(std::span<const std::byte> bytes, std::shared_ptr<const void> keeper) {
  CHECK(chunks_.empty() && bytes.size() % chunk_bytes() == 0);
  keeper_ = std::move(keeper);
  for (size_t from = 0; from < bytes.size(); from += chunk_bytes())
    chunks_.push_back({bytes.data() + from, nullptr});
}

}  // namespace modiste
