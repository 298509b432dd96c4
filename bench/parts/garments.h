// Made-up garments for benches: real terms of the vocabulary, texts as long as a shop's, and vectors in
// clusters, so that the sources do as much work as in a real shop.
#pragma once

#include <string>
#include <vector>

#include "base/rng.h"
#include "base/vector_math.h"
#include "catalog/garment.h"

namespace modiste::bench {

// The id of the number-th garment.
std::string garment_id(size_t number);

// One colour, named "Colour", in three sizes; a title, a description of some 250 bytes and two photos.
Garment made_up_garment(size_t number, const Vocabulary& words, Rng& rng);

// 300 clusters of unit vectors with variation around them, similar to fashion.
class MadeUpVectors {
 public:
  MadeUpVectors(size_t dimension, Rng& rng);
  [[nodiscard]] Vector draw(Rng& rng) const;

 private:
  std::vector<Vector> centres_;
};

// What someone types: two or three words of the vocabulary, such as "navy linen shirt".
std::string made_up_query(const Vocabulary& words, Rng& rng);

}  // namespace modiste::bench
