#pragma once

#include <algorithm>
#include <ranges>

namespace modiste {

// Whether the list holds an element equal to `value`; for short lists, since every element is looked at.
template <std::ranges::input_range List, class T>
[[nodiscard]] bool contains(const List& list, const T& value) {
  return std::ranges::find(list, value) != std::ranges::end(list);
}

}  // namespace modiste
