#include "embedding/encoder.h"

namespace modiste {
namespace {

// Unit mean; empty when there is nothing.
Vector mean_direction(std::span<const Vector> vectors) {
  Vector mean;
  for (const auto& vector : vectors) {
    if (vector.empty()) continue;
    mean.resize(vector.size());
    add_scaled(mean, vector, 1.0F);
  }
  if (!mean.empty()) normalise(mean);
  return mean;
}

}  // namespace

Vector item_vector(std::span<const Vector> image_vectors, std::span<const Vector> text_vectors) {
  // Photos together weigh as much as words together: a garment with ten photos is not ten times its photos.
  const Vector both[] = {mean_direction(image_vectors), mean_direction(text_vectors)};
  return mean_direction(both);
}

}  // namespace modiste
