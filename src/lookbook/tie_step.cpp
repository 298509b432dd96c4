#include "lookbook/tie_step.h"

#include <cmath>

#include "base/rng.h"

namespace modiste::lookbook {

uint64_t tie_seed(std::string_view shopper, std::string_view day) { return hash64(day, hash64(shopper)); }

void by_hash(std::span<const MileLook> looks, uint64_t seed, MileOrder& order, const TieOptions& options) {
  for (MileEntry& entry : order) {
    const double share = static_cast<double>(hash64(looks[entry.look].look_id, seed) >> 11) * 0x1.0p-53;
    entry.score = std::round(entry.score / options.step) * options.step + options.size * share;
  }
  sort_order(order);
}

}  // namespace modiste::lookbook
