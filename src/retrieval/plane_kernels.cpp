#include "retrieval/plane_kernels.h"

#include <immintrin.h>

#include <array>

namespace modiste {
namespace {

int32_t biased_by_plain_scalar(const uint8_t* biased, const int8_t* plain, size_t n) {
  int32_t sum = 0;
  for (size_t i = 0; i < n; ++i) sum += int32_t{biased[i]} * int32_t{plain[i]};
  return sum;
}

int32_t biased_by_biased_scalar(const uint8_t* a, const uint8_t* b, size_t n) {
  int32_t sum = 0;
  for (size_t i = 0; i < n; ++i) sum += (int32_t{a[i]} - 128) * (int32_t{b[i]} - 128);
  return sum;
}

// AVX2 is the minimum of the build: the following needs no dispatch.
__m128i load16(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

int32_t sum_lanes(__m256i v) {
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
  return _mm_cvtsi128_si32(sum);
}

// Widened to 16 bits first: the 8-bit multiply-add of AVX2 saturates.
int32_t biased_by_plain_avx2(const uint8_t* biased, const int8_t* plain, size_t n) {
  __m256i even = _mm256_setzero_si256(), odd = even;
  for (size_t i = 0; i < n; i += 32) {
    even = _mm256_add_epi32(even, _mm256_madd_epi16(_mm256_cvtepu8_epi16(load16(biased + i)),
                                                    _mm256_cvtepi8_epi16(load16(plain + i))));
    odd = _mm256_add_epi32(odd, _mm256_madd_epi16(_mm256_cvtepu8_epi16(load16(biased + i + 16)),
                                                  _mm256_cvtepi8_epi16(load16(plain + i + 16))));
  }
  return sum_lanes(_mm256_add_epi32(even, odd));
}

int32_t biased_by_biased_avx2(const uint8_t* a, const uint8_t* b, size_t n) {
  const __m128i bias = _mm_set1_epi8(static_cast<char>(0x80));
  const auto widen = [&](const uint8_t* from) {
    return _mm256_cvtepi8_epi16(_mm_xor_si128(load16(from), bias));
  };
  __m256i even = _mm256_setzero_si256(), odd = even;
  for (size_t i = 0; i < n; i += 32) {
    even = _mm256_add_epi32(even, _mm256_madd_epi16(widen(a + i), widen(b + i)));
    odd = _mm256_add_epi32(odd, _mm256_madd_epi16(widen(a + i + 16), widen(b + i + 16)));
  }
  return sum_lanes(_mm256_add_epi32(even, odd));
}

#define MODISTE_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

MODISTE_VNNI int32_t biased_by_plain_vnni(const uint8_t* biased, const int8_t* plain, size_t n) {
  // Two sums, so that one multiply-add does not wait for the previous one.
  __m512i even = _mm512_setzero_si512(), odd = even;
  size_t i = 0;
  for (; i + 128 <= n; i += 128) {
    even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(biased + i), _mm512_loadu_si512(plain + i));
    odd = _mm512_dpbusd_epi32(odd, _mm512_loadu_si512(biased + i + 64), _mm512_loadu_si512(plain + i + 64));
  }
  if (i < n) even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(biased + i), _mm512_loadu_si512(plain + i));
  return _mm512_reduce_add_epi32(_mm512_add_epi32(even, odd));
}

MODISTE_VNNI int32_t biased_by_biased_vnni(const uint8_t* a, const uint8_t* b, size_t n) {
  const __m512i bias = _mm512_set1_epi8(static_cast<char>(0x80));
  __m512i sum = _mm512_setzero_si512(), excess = sum;
  for (size_t i = 0; i < n; i += 64) {
    const __m512i plain = _mm512_xor_si512(_mm512_loadu_si512(b + i), bias);
    sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(a + i), plain);
    excess = _mm512_dpbusd_epi32(excess, bias, plain);  // bias read as unsigned: 128 * plain
  }
  return _mm512_reduce_add_epi32(_mm512_sub_epi32(sum, excess));
}

constexpr PlaneKernels kScalar{"scalar", biased_by_plain_scalar, biased_by_biased_scalar};
constexpr PlaneKernels kAvx2{"avx2", biased_by_plain_avx2, biased_by_biased_avx2};
constexpr PlaneKernels kVnni{"avx512-vnni", biased_by_plain_vnni, biased_by_biased_vnni};
constexpr std::array<const PlaneKernels*, 3> kAll{&kScalar, &kAvx2, &kVnni};

bool has_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

}  // namespace

const PlaneKernels& scalar_kernels() { return kScalar; }

std::span<const PlaneKernels* const> supported_kernels() {
  return std::span(kAll).first(has_vnni() ? kAll.size() : kAll.size() - 1);
}

const PlaneKernels& best_kernels() {
  static const PlaneKernels& best = *supported_kernels().back();
  return best;
}

float both_planes_by_float(const uint8_t* high, const int8_t* low, const float* query, size_t n) {
  const __m256i bias = _mm256_set1_epi32(128 * 256);
  const auto eight = [&](size_t i) {
    const __m128i high8 = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(high + i));
    const __m128i low8 = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(low + i));
    const __m256i value =
        _mm256_add_epi32(_mm256_slli_epi32(_mm256_cvtepu8_epi32(high8), 8), _mm256_cvtepi8_epi32(low8));
    return _mm256_cvtepi32_ps(_mm256_sub_epi32(value, bias));
  };
  __m256 even = _mm256_setzero_ps(), odd = even;
  for (size_t i = 0; i < n; i += 16) {
    even = _mm256_fmadd_ps(eight(i), _mm256_loadu_ps(query + i), even);
    odd = _mm256_fmadd_ps(eight(i + 8), _mm256_loadu_ps(query + i + 8), odd);
  }
  const __m256 sum = _mm256_add_ps(even, odd);
  __m128 quarter = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
  quarter = _mm_add_ps(quarter, _mm_movehl_ps(quarter, quarter));
  return _mm_cvtss_f32(_mm_add_ss(quarter, _mm_movehdup_ps(quarter)));
}

}  // namespace modiste
