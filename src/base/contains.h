#pragma once

#include <algorithm>
#include <ranges>
#include <utility>

namespace modiste {

// Whether the list holds an element equal to `value`; for short lists, since every element is looked at.
template <std::ranges::input_range List, class T>
[[nodiscard]] bool contains(const List& list, const T& value) {
  return std::ranges::find(list, value) != std::ranges::end(list);
}

// Adds a value that the list does not hold yet; for short lists.
template <class List, class T>
void add_once(List& list, T&& value) {
  if (!contains(list, value)) list.push_back(std::forward<T>(value));
}

}  // namespace modiste
