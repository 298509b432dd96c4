// The leading eigenvectors of what is chosen together, as a first place for items in a space of few
// dimensions:
//
//   M = D^-a C D^-a,   C_ij = rows that hold both i and j,   D_ii = the sum of row i of C
//
// by subspace iteration over the rows (C is never formed). Each vector is scaled by the root of its
// eigenvalue.
#pragma once

#include <vector>

#include "learning/models/histories.h"

namespace modiste {

struct SpectrumOptions {
  size_t width = 128;
  float power = 0.35F;     // a; 0.5 forgets how popular an item is, 0 sees little else
  size_t rounds = 12;      // of the iteration
  float deviation = 0.1F;  // of the numbers that come out
  uint64_t seed = 7;
};

// items x width, by row. Zeros for an item that stands alone everywhere.
[[nodiscard]] std::vector<float> item_spectrum(const Histories& histories,
                                               const SpectrumOptions& options = {});

}  // namespace modiste
