// Vectors compressed to 16 bits per component in two planes, row by row.
//
// x[i] ~ scale * (high[i] * 256 + low[i]), both planes signed 8-bit (high is stored with 128 added), scale
// from the row's largest component: locally-adaptive vector quantisation in two levels (LVQ-8x8, Aguerrebere
// et al. 2023), without its mean shift, which unit vectors of a trained space do not need. The planes are
// stored separately, so that a search that reads only the high one touches half the memory.
//
// Threads: readers of a row and the writer of another row may run in parallel; growing
// and replacing need exclusion.
// Owns:    its chunks; after attach(), full chunks stay where they are and are copied when first written to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/vector_math.h"
#include "retrieval/plane_kernels.h"

namespace modiste {

// A vector prepared for comparison with rows, or for writing as a row.
class Probe {
 public:
  // Requires finite values, not empty.
  explicit Probe(std::span<const float> vector);

  [[nodiscard]] const int8_t* high() const { return high_.data(); }  // padded by 0 to kPlaneStep
  [[nodiscard]] int32_t bias() const { return bias_; }               // 128 * sum of high
  [[nodiscard]] float high_scale() const { return scale_ * 256; }
  [[nodiscard]] const float* floats() const { return floats_.data(); }  // padded by 0

 private:
  friend class PlaneStore;
  float scale_ = 0;
  int32_t bias_ = 0;
  std::vector<int8_t> high_, low_;
  std::vector<float> floats_;
};

class PlaneStore {
 public:
  static constexpr size_t kChunkRows = 8192;

  explicit PlaneStore(size_t dimension);

  // Makes room for rows 0 to rows - 1; never shrinks.
  void grow(size_t rows);
  void set(size_t row, const Probe& probe);
  [[nodiscard]] Vector get(size_t row) const;

  // Inner products; the first one reads the high planes only.
  [[nodiscard]] float coarse(const Probe& probe, size_t row) const {
    const int32_t sum = kernels_->biased_by_plain(high(row), probe.high(), high_stride_) - probe.bias();
    return static_cast<float>(sum) * probe.high_scale() * (scale(row) * 256);
  }
  [[nodiscard]] float coarse(size_t a, size_t b) const {
    const int32_t sum = kernels_->biased_by_biased(high(a), high(b), high_stride_);
    return static_cast<float>(sum) * (scale(a) * 256) * (scale(b) * 256);
  }
  [[nodiscard]] float fine(const Probe& probe, size_t row) const {
    return both_planes_by_float(high(row), low(row), probe.floats(), low_stride_) * scale(row);
  }
  void prefetch(size_t row) const;

  [[nodiscard]] size_t dimension() const { return dimension_; }
  [[nodiscard]] size_t memory_bytes(size_t rows) const {
    return rows * (high_stride_ + low_stride_ + sizeof(float));
  }

  // Bytes of one chunk, in memory and in a file: high planes, low planes, scales.
  [[nodiscard]] size_t chunk_bytes() const { return memory_bytes(kChunkRows); }
  [[nodiscard]] std::span<const std::byte> chunk(size_t index) const;
  // The chunk with zeros after the first `rows` rows: memory that was never written must not reach a file.
  [[nodiscard]] std::vector<std::byte> chunk_begin(size_t index, size_t rows) const;
  [[nodiscard]] static size_t chunk_count(size_t rows) { return (rows + kChunkRows - 1) / kChunkRows; }
  // Takes chunks one after the other, as chunk() returned them; the bytes must stay valid as
  // long as keeper lives.
  void attach(std::span<const std::byte> bytes, std::shared_ptr<const void> keeper);

 private:
  struct Free {
    void operator()(std::byte* bytes) const;
  };
  struct Chunk {
    const std::byte* bytes = nullptr;
    std::unique_ptr<std::byte, Free> own;  // null: the bytes are borrowed from the keeper's file
  };

  [[nodiscard]] std::unique_ptr<std::byte, Free> allocate() const;
  [[nodiscard]] std::byte* writable(size_t chunk);
  [[nodiscard]] const std::byte* at(size_t row) const { return chunks_[row / kChunkRows].bytes; }
  [[nodiscard]] const uint8_t* high(size_t row) const {
    return reinterpret_cast<const uint8_t*>(at(row)) + row % kChunkRows * high_stride_;
  }
  [[nodiscard]] const int8_t* low(size_t row) const {
    return reinterpret_cast<const int8_t*>(at(row)) + kChunkRows * high_stride_ +
           row % kChunkRows * low_stride_;
  }
  [[nodiscard]] float scale(size_t row) const {
    return reinterpret_cast<const float*>(at(row) +
                                          kChunkRows * (high_stride_ + low_stride_))[row % kChunkRows];
  }

  const PlaneKernels* kernels_ = &best_kernels();
  size_t dimension_, high_stride_, low_stride_;
  std::vector<Chunk> chunks_;
  std::shared_ptr<const void> keeper_;
};

}  // namespace modiste
