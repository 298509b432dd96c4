// Kernels over float vectors. The scalar reference is the definition; dot() is compared with it in tests.
#pragma once

#include <span>
#include <vector>

namespace modiste {

using Vector = std::vector<float>;

// Sizes must be equal.
[[nodiscard]] float dot_scalar(std::span<const float> a, std::span<const float> b);
[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);

// Scales to length 1; a zero vector stays zero and answers false.
bool normalise(std::span<float> v);

// into += weight * from.
void add_scaled(std::span<float> into, std::span<const float> from, float weight);

}  // namespace modiste
