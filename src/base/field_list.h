// The fields of a described type (json.h), in their order.
//
// A flat list in place of a std::tuple, whose recursion and constructors cost the compiler more with every
// entry: a fifth of its time for a file that reads the API's types (bench/ingest/main.cpp, g++ 12).
#pragma once

#include <cstddef>
#include <utility>

namespace modiste {
namespace field_list_detail {

template <size_t I, class Entry>
struct Place {
  Entry entry;
};

template <class Places, class... Entries>
struct Flat;
template <size_t... I, class... Entries>
struct Flat<std::index_sequence<I...>, Entries...> : Place<I, Entries>... {
  constexpr explicit Flat(const Entries&... entries) : Place<I, Entries>{entries}... {}

  // use(first, second, ...)
  template <class Use>
  constexpr auto all(Use&& use) const {
    return use(static_cast<const Place<I, Entries>&>(*this).entry...);
  }
};

template <size_t I, class Entry>
constexpr const Entry& entry_at(const Place<I, Entry>& place) {
  return place.entry;
}

}  // namespace field_list_detail

// Fields{field("a", &A::a), field("b", &A::b)}. Each entry keeps its own type.
template <class... Entries>
struct Fields : field_list_detail::Flat<std::index_sequence_for<Entries...>, Entries...> {
  static constexpr size_t kCount = sizeof...(Entries);

  constexpr explicit Fields(const Entries&... entries)
      : field_list_detail::Flat<std::index_sequence_for<Entries...>, Entries...>(entries...) {}

  template <size_t I>
  constexpr const auto& at() const {
    return field_list_detail::entry_at<I>(*this);
  }
};

template <class... First, class... Second>
constexpr auto joined(const Fields<First...>& first, const Fields<Second...>& second) {
  return first.all([&](const auto&... a) {
    return second.all([&](const auto&... b) { return Fields{a..., b...}; });
  });
}

}  // namespace modiste
