#include "retrieval/plane_store.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>

#include "base/rng.h"

namespace modiste {
namespace {

Vector draw_unit(Rng& rng, size_t dimension) {
  Vector v(dimension);
  for (float& x : v) x = static_cast<float>(rng.normal());
  normalise(v);
  return v;
}

RC_GTEST_PROP(PlaneKernels, AgreeWithTheScalarOnes, ()) {
  const auto n = *rc::gen::inRange<size_t>(1, 20) * kPlaneStep;
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  std::vector<uint8_t> a(n), b(n);
  std::vector<int8_t> plain(n);
  for (size_t i = 0; i < n; ++i) {
    a[i] = static_cast<uint8_t>(rng.below(256));
    b[i] = static_cast<uint8_t>(rng.below(256));
    plain[i] = static_cast<int8_t>(static_cast<int>(rng.below(256)) - 128);
  }
  for (const PlaneKernels* kernels : supported_kernels()) {
    RC_ASSERT(kernels->biased_by_plain(a.data(), plain.data(), n) ==
              scalar_kernels().biased_by_plain(a.data(), plain.data(), n));
    RC_ASSERT(kernels->biased_by_biased(a.data(), b.data(), n) ==
              scalar_kernels().biased_by_biased(a.data(), b.data(), n));
  }
}

TEST(PlaneKernels, DoNotOverflowAtTheLargestDimension) {
  const std::vector<uint8_t> ones(kPlaneDimensionMax, 255), zeros(kPlaneDimensionMax, 0);
  const std::vector<int8_t> low(kPlaneDimensionMax, -128);
  for (const PlaneKernels* kernels : supported_kernels()) {
    EXPECT_EQ(kernels->biased_by_plain(ones.data(), low.data(), ones.size()), -255 * 128 * 16'384)
        << kernels->name;
    EXPECT_EQ(kernels->biased_by_biased(zeros.data(), zeros.data(), zeros.size()), 128 * 128 * 16'384)
        << kernels->name;
    EXPECT_EQ(kernels->biased_by_biased(ones.data(), zeros.data(), zeros.size()), -127 * 128 * 16'384)
        << kernels->name;
  }
}

TEST(PlaneKernels, UseWhatTheProcessorHas) {
  EXPECT_STREQ(supported_kernels().front()->name, "scalar");
  EXPECT_STREQ(best_kernels().name, __builtin_cpu_supports("avx512vnni") ? "avx512-vnni" : "avx2");
}

RC_GTEST_PROP(PlaneStore, KeepsSixteenBitsOfEveryComponent, ()) {
  const auto dimension = *rc::gen::inRange<size_t>(1, 900);
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const Vector v = draw_unit(rng, dimension);
  float largest = 0;
  for (const float x : v) largest = std::max(largest, std::abs(x));
  PlaneStore store(dimension);
  store.grow(3);
  store.set(2, Probe(v));
  const Vector back = store.get(2);
  for (size_t i = 0; i < dimension; ++i) RC_ASSERT(std::abs(back[i] - v[i]) <= largest / 32'512 * 0.51F);
}

TEST(PlaneStore, InnerProductsAreNearTheFloats) {
  Rng rng(5);
  for (const size_t dimension : {3UL, 64UL, 128UL, 130UL, 784UL}) {
    PlaneStore store(dimension);
    store.grow(2);
    const Vector a = draw_unit(rng, dimension), b = draw_unit(rng, dimension),
                 asked = draw_unit(rng, dimension);
    store.set(0, Probe(a));
    store.set(1, Probe(b));
    const Probe probe(asked);
    EXPECT_NEAR(store.fine(probe, 0), dot_scalar(asked, a), 3e-5) << dimension;
    EXPECT_NEAR(store.coarse(probe, 0), dot_scalar(asked, a), 0.02) << dimension;
    EXPECT_NEAR(store.coarse(size_t{0}, size_t{1}), dot_scalar(a, b), 0.02) << dimension;
    EXPECT_NEAR(store.coarse(size_t{1}, size_t{1}), 1, 0.02) << dimension;
  }
}

TEST(PlaneStore, AnAllZeroVectorIsFarFromEverything) {
  PlaneStore store(8);
  store.grow(1);
  store.set(0, Probe(Vector(8, 0.0F)));
  EXPECT_EQ(store.get(0), Vector(8, 0.0F));
  EXPECT_EQ(store.fine(Probe(Vector(8, 0.5F)), 0), 0);
}

TEST(PlaneStore, ChangesACopyOfWhatItBorrowed) {
  Rng rng(9);
  PlaneStore first(16);
  first.grow(2);
  const Vector a = draw_unit(rng, 16), b = draw_unit(rng, 16);
  first.set(0, Probe(a));
  first.set(1, Probe(a));
  const std::vector<std::byte> file(first.chunk(0).begin(), first.chunk(0).end());

  PlaneStore second(16);
  second.attach(file, nullptr);
  EXPECT_EQ(second.get(1), first.get(1));
  second.set(1, Probe(b));
  EXPECT_EQ(second.get(0), first.get(0));
  EXPECT_NE(second.get(1), first.get(1));
  EXPECT_EQ(std::memcmp(file.data(), first.chunk(0).data(), file.size()), 0);
}

}  // namespace
}  // namespace modiste
