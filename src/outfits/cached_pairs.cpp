#include "outfits/cached_pairs.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/rng.h"

namespace modiste::outfits {
namespace {

constexpr uint64_t kScoreBits = 20, kScoreMask = (uint64_t{1} << kScoreBits) - 1;
constexpr double kSteps = 1'000'000;

uint64_t steps_of(double score) {
  return static_cast<uint64_t>(std::llround(std::clamp(score, 0.0, 1.0) * kSteps));
}
double score_of(uint64_t steps) { return static_cast<double>(steps) / kSteps; }

// The same for (a, b) and (b, a); its tag part is never 0, which marks an empty place.
uint64_t hash_of(uint64_t a, uint64_t b) {
  return mix64(mix64(std::min(a, b)) + 0x9e3779b97f4a7c15ULL * mix64(std::max(a, b))) |
         (uint64_t{1} << kScoreBits);
}

}  // namespace

CachedPairs::CachedPairs(std::shared_ptr<const Compatibility> base, size_t places)
    : base_(std::move(base)),
      places_count_(places),
      places_(static_cast<uint64_t*>(std::calloc(places, sizeof(uint64_t)))) {
  CHECK(base_ != nullptr && places > 0 && places_ != nullptr);
}

double CachedPairs::pair(const Wearable& a, const Wearable& b) const {
  if (a.key == 0 || b.key == 0) return score_of(steps_of(base_->pair(a, b)));
  const uint64_t hash = hash_of(a.key, b.key);
  const std::atomic_ref place(places_[mix64(hash) % places_count_]);
  const uint64_t kept = place.load(std::memory_order_relaxed);
  if ((kept & ~kScoreMask) == (hash & ~kScoreMask)) return score_of(kept & kScoreMask);
  const uint64_t steps = steps_of(base_->pair(a, b));
  place.store((hash & ~kScoreMask) | steps, std::memory_order_relaxed);
  computed_.fetch_add(1, std::memory_order_relaxed);
  return score_of(steps);
}

}  // namespace modiste::outfits
