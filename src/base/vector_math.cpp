#include "base/vector_math.h"

#include <cmath>

#include "base/check.h"

namespace modiste {

float dot_scalar(std::span<const float> a, std::span<const float> b) {
  CHECK(a.size() == b.size());
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return static_cast<float>(sum);
}

float dot(std::span<const float> a, std::span<const float> b) {
  CHECK(a.size() == b.size());
  // Sixteen independent sums let the compiler keep two AVX registers of fused multiply-adds busy.
  constexpr size_t kLanes = 16;
  float lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes)
    for (size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

bool normalise(std::span<float> v) {
  const float length = std::sqrt(dot(v, v));
  if (!(length > 1e-12F)) return false;
  for (float& x : v) x /= length;
  return true;
}

void add_scaled(std::span<float> into, std::span<const float> from, float weight) {
  CHECK(into.size() == from.size());
  for (size_t i = 0; i < into.size(); ++i) into[i] += weight * from[i];
}

}  // namespace modiste
