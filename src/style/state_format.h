// A shopper's state, and the fold that makes it, as bytes: docs/formats/shopper-state.md.
//
// Deterministic: equal states give equal bytes, so that a replay can be compared with what it rebuilds.
// Slots, terms and brands are this process's ids: whoever keeps the bytes keeps beside them what the ids
// mean.
#pragma once

#include <string>
#include <string_view>

#include "style/shopper_fold.h"

namespace modiste {

inline constexpr uint32_t kShopperStateVersion = 7;

// Append.
void write_state(std::string& out, const ShopperState& state);
void write_fold(std::string& out, const ShopperFold& fold);

// All of the bytes. kCorrupt: cut short, too long, a count that the bytes cannot hold, or lists out of order;
// kInvalid: another version. Never reads beyond its input.
Result<ShopperState> read_state(std::string_view bytes);
Result<ShopperFold> read_fold(std::string_view bytes);

}  // namespace modiste
