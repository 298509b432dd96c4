// k-means of rows: Lloyd's iterations from k-means++ seeds (Arthur & Vassilvitskii 2007), best of some
// restarts.
//
// Pure: the same rows, seed and start give the same clusters, bit by bit. Threads: any.
// Cost: rows * clusters * columns a turn; 5,000 x 32 x 430 takes about 20 ms on one core.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "base/vector_math.h"

namespace modiste {

struct KMeansOptions {
  size_t restarts = 5;            // seedings tried; the tightest wins
  size_t turns_max = 60;          // of Lloyd; it has nearly always come to rest before
  double improvement_min = 1e-4;  // share of the spread that a turn must win, else it has come to rest
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

// 1 <= count <= rows. No cluster is left empty unless there are fewer different rows than clusters.
[[nodiscard]] KMeans k_means(const Rows& rows, size_t count, const KMeansOptions& options, Rng& rng);
// From given centres, which keep their places in the answer.
[[nodiscard]] KMeans k_means_from(const Rows& rows, std::vector<Vector> centres,
                                  const KMeansOptions& options);

}  // namespace modiste
