#include "outfits/curated_pairs.h"

#include <algorithm>

#include "base/rng.h"

namespace modiste::outfits {

uint64_t curated_key(uint64_t garment, uint64_t other) {
  return mix64(mix64(std::min(garment, other)) + std::max(garment, other));
}

double CuratedPairs::pair(const Wearable& a, const Wearable& b) const {
  const double base = base_.pair(a, b);
  return together(a, b) ? std::max(base, kCuratedPair) : base;
}

double CuratedPairs::set(std::span<const Wearable> pieces) const {
  const double base = base_.set(pieces);
  if (pairs_.empty() || pieces.size() < 2) return base;
  size_t curated = 0;
  for (size_t i = 0; i < pieces.size(); ++i)
    for (size_t j = i + 1; j < pieces.size(); ++j) curated += together(pieces[i], pieces[j]) ? 1 : 0;
  const auto pairs = static_cast<double>(pieces.size() * (pieces.size() - 1) / 2);
  return base + (1 - base) * static_cast<double>(curated) / pairs;
}

}  // namespace modiste::outfits
