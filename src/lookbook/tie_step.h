// The fifth step of the last mile: what is equally good is told apart by a hash, so that shoppers of one
// cluster do not all see the same look first, and each sees the same again on every render of the day.
//
// Threads: any. Pure.
#pragma once

#include <string_view>

#include "lookbook/mile_look.h"

namespace modiste::lookbook {

struct TieOptions {
  double step = 0.02;  // scores are rounded to this: they are estimated from a few likes
  double size = 1e-9;  // of what the hash adds: it never outweighs a step
};

// Of a shopper (any bytes that name them) and a day.
[[nodiscard]] uint64_t tie_seed(std::string_view shopper, std::string_view day);

void by_hash(std::span<const MileLook> looks, uint64_t seed, MileOrder& order,
             const TieOptions& options = {});

}  // namespace modiste::lookbook
