// The second step of the last mile: takes away the looks that are not for this shopper, and gives way where
// too few are left.
//
//   hard   a vetoed or sold-out piece. Never shown. A bag, an accessory or a layer that has such a lack is
//          left out of the look, which is still one; any other piece takes the whole look with it.
//   soft   size, budget, passed, weather, and last the department. While fewer looks are left than wanted,
//          the lack that keeps out most looks is allowed (the strictest first; of equals the later in Lack).
//          The department gives way only after all others. A look with an allowed lack stands behind all
//          that have none.
//
// So the answer is empty only if every look has a hard lack: then the caller composes looks for the shopper.
// Threads: any. Pure.
#pragma once

#include "lookbook/mile_look.h"

namespace modiste::lookbook {

struct VetoResult {
  MileOrder order;
  std::vector<Lack> allowed;  // in the order in which they gave way
};

[[nodiscard]] VetoResult without_vetoed(std::span<const MileLook> looks, const MileOrder& order,
                                        size_t wanted);

// A look is whole without it.
[[nodiscard]] bool may_be_left_out(OutfitRole role);

}  // namespace modiste::lookbook
