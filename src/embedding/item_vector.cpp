#include "embedding/encoder.h"

namespace modiste {
namespace {

// The normalised mean; empty without vectors.
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
  // All photos together weigh as much as all texts together, however many photos there are.
  const Vector both[] = {mean_direction(image_vectors), mean_direction(text_vectors)};
  return mean_direction(both);
}

}  // namespace modiste
