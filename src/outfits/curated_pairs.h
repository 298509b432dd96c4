// Compatibility that believes the shop: garments that it put together go together.
#pragma once

#include <memory>
#include <unordered_set>

#include "outfits/compatibility.h"

namespace modiste::outfits {

// A pair of garments, whichever comes first.
[[nodiscard]] uint64_t curated_key(uint64_t garment, uint64_t other);

// A curated pair has at least kCuratedPair; a set moves towards 1 by the share of its pairs that are curated.
// Everything else is as by the base. Threads: any. Borrows the base.
class CuratedPairs final : public Compatibility {
 public:
  // Above what the rules give all but a few pairs, and below perfection: among curated pieces the rules still
  // choose. A judgement.
  static constexpr double kCuratedPair = 0.96;

  CuratedPairs(const Compatibility& base, std::unordered_set<uint64_t> pairs)
      : base_(base), pairs_(std::move(pairs)) {}

  [[nodiscard]] std::string_view name() const override { return base_.name(); }
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override;
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override;
  [[nodiscard]] bool together(const Wearable& a, const Wearable& b) const {
    return !pairs_.empty() && pairs_.contains(curated_key(a.garment, b.garment));
  }

 private:
  const Compatibility& base_;
  const std::unordered_set<uint64_t> pairs_;  // curated_key()
};

}  // namespace modiste::outfits
