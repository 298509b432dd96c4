// k-means of rows: Lloyd's iterations from k-means++ seeds (Arthur & Vassilvitskii 2007),
// best of several restarts.
//
// Pure: the same rows, seed and start give the same clusters, bit by bit. Threads: any.
// Cost: rows * clusters * columns per iteration; 5,000 x 32 x 430 takes about 20 ms on one core.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "base/vector_math.h"

namespace modiste {

struct KMeansOptions {
  size_t restarts = 5;            // number of seedings; the tightest result is kept
  size_t turns_max = 60;          // Lloyd iterations; it nearly always converges earlier
  double improvement_min = 1e-4;  // relative gain in spread below which it has converged
};

// Row-major floats. Owns nothing.
struct Rows {
  std::span<const float> values;
  size_t columns = 0;

  [[nodiscard]] size_t size() const { return columns == 0 ? 0 : values.size() / columns; }
  [[nodiscard]] std::span<const float> row(size_t i) const { return values.subspan(i * columns, columns); }
};

struct KMeans {
  std::vector<Vector> centres;
  std::vector<uint16_t> nearest;  // of each row
  double spread = 0;              // mean squared distance of a row to its centre
};

[[nodiscard]] float squared_distance(std::span<const float> a, std::span<const float> b);

// Requires 1 <= count <= rows. No cluster is empty unless there are fewer distinct rows than clusters.
[[nodiscard]] KMeans k_means(const Rows& rows, size_t count, const KMeansOptions& options, Rng& rng);
// Starts from given centres, which keep their indices in the result.
[[nodiscard]] KMeans k_means_from(const Rows& rows, std::vector<Vector> centres,
                                  const KMeansOptions& options);

}  // namespace modiste
