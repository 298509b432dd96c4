// Choosing from short lists written where they are used.
#pragma once

#include <algorithm>
#include <initializer_list>

#include "base/rng.h"
#include "simulation/drawing/design.h"

namespace modiste {

// Repeat an entry to make it likelier.
template <class T>
[[nodiscard]] T pick(Rng& rng, std::initializer_list<T> from) {
  return from.begin()[rng.below(from.size())];
}

[[nodiscard]] inline bool contains(std::initializer_list<drawing::Kind> kinds, drawing::Kind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace modiste
