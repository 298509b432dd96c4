// What kind of garment a vector shows, learned from the shop's own items: kernel ridge regression of their
// categories (Saunders, Gammerman & Vovk, ICML 1998).
//
//   score(c | x) = share(c) + sum over items i of k(x, x_i) a(i, c),   a = (K + lambda I)^-1 (Y - shares)
//   k(x, y) = exp((cos(x, y) - 1) / width)
//
// and their softmax. Items' vectors hold texts too, which a photo lacks: its cosines are shifted so that its
// nearest item is as near as items are to each other. Where the nearest items vote, many of one kind outvote
// few of another that are as near; a regression knows how many there are of each anyway. (`modiste evaluate
// unseen`, photo search.)
//
// Threads: learn() makes a value that never changes; any thread may read it.
// Memory:  items_max times the dimension and the kinds, 4 bytes each: some 3 MB.
// Cost:    learn() 0.3 s and some 75 MB meanwhile, kinds() 0.1 ms, with 184 components and 60 kinds.
#pragma once

#include <span>
#include <vector>

#include "base/vector_math.h"
#include "catalog/item.h"

namespace modiste {

struct KindRegressionOptions {
  size_t items_max = 2'500;  // that teach: of 1,500 it finds three points less of the kind
  float width = 0.3F;        // of the kernel, in cosine
  float lambda = 0.1F;
  float sharpness = 16;  // of the softmax: scores of a regression lie between 0 and 1
};

// An item that teaches: its unit vector and its category.
struct KindExample {
  Vector vector;
  TermId category = kNoTerm;
};

struct TermShare {
  TermId term = kNoTerm;
  float share = 0;
};

class KindRegression {
 public:
  // Of equal dimensions, at most items_max; the caller draws them. Without any: knows nothing.
  static KindRegression learn(std::span<const KindExample> examples,
                              const KindRegressionOptions& options = {});

  // A share for each category that was learned, those that the vector hardly shows too; they sum to 1. Empty
  // when nothing was learned or the vector has another dimension.
  [[nodiscard]] std::vector<TermShare> kinds(std::span<const float> vector) const;

 private:
  KindRegressionOptions options_;
  size_t dimension_ = 0;
  std::vector<TermId> categories_;
  std::vector<float> vectors_;  // by item
  std::vector<float> weights_;  // by item and category
  std::vector<float> shares_;   // by category: of the examples
  float nearest_ = 1;           // the cosine of an example to the one most like it, in the mean
};

}  // namespace modiste
