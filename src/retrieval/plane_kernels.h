// Inner products of vectors stored in two 8-bit planes (plane_store.h).
//
// biased: bytes that represent value - 128, so that x86's unsigned-by-signed multiply-add can read them.
// Lengths are multiples of kPlaneStep and at most kPlaneDimensionMax, so that no 32-bit sum overflows. The
// kernels are selected once, by the CPU at run time; the scalar ones are the reference, and tests compare the
// others with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace modiste {

inline constexpr size_t kPlaneStep = 64;
inline constexpr size_t kPlaneDimensionMax = 16'384;

struct PlaneKernels {
  const char* name;
  // sum of biased[i] * plain[i]; the caller subtracts 128 times the sum of plain.
  int32_t (*biased_by_plain)(const uint8_t* biased, const int8_t* plain, size_t n);
  // sum of (a[i] - 128) * (b[i] - 128).
  int32_t (*biased_by_biased)(const uint8_t* a, const uint8_t* b, size_t n);
};

[[nodiscard]] const PlaneKernels& scalar_kernels();
// Every kernel set that this CPU supports, fastest last.
[[nodiscard]] std::span<const PlaneKernels* const> supported_kernels();
[[nodiscard]] const PlaneKernels& best_kernels();

// sum of query[i] * ((high[i] - 128) * 256 + low[i]): both planes against floats. n: a multiple of 16.
[[nodiscard]] float both_planes_by_float(const uint8_t* high, const int8_t* low, const float* query,
                                         size_t n);

}  // namespace modiste
