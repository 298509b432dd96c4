#pragma once

namespace modiste {

// The highest price that is taken, in any currency: a coat of 5,000 EUR costs four billion rials.
inline constexpr double kPriceMax = 1e10;

}  // namespace modiste
