// Vectors to measure with: unit rows and queries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace modiste::bench {

struct Matrix {
  size_t rows = 0, dimension = 0;
  std::vector<float> values;

  [[nodiscard]] std::span<const float> row(size_t i) const {
    return {values.data() + i * dimension, dimension};
  }
};

struct Dataset {
  std::string name;
  Matrix base, queries;
};

// Fashion-MNIST (Xiao 2017) from Debian's dataset-fashion-mnist: pixels as floats, scaled to unit length, so
// that inner product equals cosine. At most this many rows and queries.
Result<Dataset> load_fashion_mnist(const std::string& folder, size_t rows_max, size_t queries_max);

// Points around random centres on the sphere, similar to embeddings of garments; queries
// from the same distribution.
Dataset draw_clusters(size_t rows, size_t dimension, size_t queries, uint64_t seed);

}  // namespace modiste::bench
