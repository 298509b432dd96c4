// Operations on float vectors. The scalar version is the reference; tests compare dot() with it.
#pragma once

#include <span>
#include <vector>

namespace modiste {

using Vector = std::vector<float>;

// The sizes must be equal.
[[nodiscard]] float dot_scalar(std::span<const float> a, std::span<const float> b);
[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);

// Scales to length 1. Returns false for a zero vector and leaves it unchanged.
bool normalise(std::span<float> v);

// into += weight * from.
void add_scaled(std::span<float> into, std::span<const float> from, float weight);

}  // namespace modiste
