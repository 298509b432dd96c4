// The leading eigenvectors of what is chosen together, as a first place for items in a space of few
// dimensions:
//
//   M = D^-a C D^-a,   C_ij = the sum over rows of distance(i, j)^-b,   D_ii = the sum of row i of C
//
// where places of distinct items are counted and those further apart than the window are not, by subspace
// iteration over the rows (C is never formed). Each vector is scaled by the root of its eigenvalue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "learning/models/histories.h"

namespace modiste {

struct SpectrumOptions {
  size_t width = 128;
  float power = 0.35F;       // a; 0.5 forgets how popular an item is, 0 sees little else
  float distance_power = 0;  // b; 0: a row of n items counts n^2 pairs, and a few long rows are most of C
  size_t window = std::numeric_limits<size_t>::max();  // places
  size_t rounds = 12;                                  // of the iteration
  float deviation = 0.1F;                              // of the numbers that come out
  uint64_t seed = 7;
};

// items x width, by row. Zeros for an item that stands alone everywhere.
[[nodiscard]] std::vector<float> item_spectrum(const Histories& histories,
                                               const SpectrumOptions& options = {});

}  // namespace modiste
