// Compatibility whose pair scores are kept: those of frequent pairs are read, the rest computed.
#pragma once

#include <atomic>
#include <cstdlib>
#include <memory>

#include "outfits/compatibility.h"

namespace modiste::outfits {

// Threads: any; no locks. Memory: 8 bytes a place, of the pages that were written to. A pair that falls on a
// place takes it; frequent pairs come back soon. Scores are rounded to a millionth, kept or not, so that both
// agree to the bit.
class CachedPairs final : public Compatibility {
 public:
  static constexpr size_t kPlaces = size_t{1} << 20;  // 8 MB: the pairs of about 1,000 garments

  explicit CachedPairs(std::shared_ptr<const Compatibility> base, size_t places = kPlaces);

  [[nodiscard]] std::string_view name() const override { return base_->name(); }
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override;
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override { return base_->set(pieces); }
  [[nodiscard]] uint64_t computed() const { return computed_.load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<const Compatibility> base_;
  struct Free {
    void operator()(uint64_t* places) const { std::free(places); }
  };
  const size_t places_count_;
  // 20 bits of score under 44 of the pair's hash. Of calloc: what nothing was written to takes no memory.
  std::unique_ptr<uint64_t[], Free> places_;
  mutable std::atomic<uint64_t> computed_{0};
};

}  // namespace modiste::outfits
