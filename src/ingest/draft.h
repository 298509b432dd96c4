// Builds an event in Modiste's format from a sender's values, which may have other names and types. Internal
// to translation.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace modiste {

// Where each member came from: our pointer ("/garment_id", "/items/3") -> JSON pointer into the sender's
// body.
using Sources = std::map<std::string, std::string, std::less<>>;

struct Translated {
  json::value event;  // in our spelling; read and validated like any other
  Sources sources;
};

// A member of the sender's object ("page.referrer") and ours for it ("context.referrer").
struct Copy {
  std::string_view from, to;
};

// The value at a path of members; null when there is none.
[[nodiscard]] const json::value* find_path(const json::object& object, std::string_view path);
[[nodiscard]] std::string_view text_at(const json::object& object, std::string_view path);

// "Product Viewed", "addToCart", "page-view" -> product_viewed, add_to_cart, page_view.
[[nodiscard]] std::string snake_case(std::string_view name);

// Maps our pointer to the one into the sender's body; `otherwise` when there is no mapping.
[[nodiscard]] std::string source_of(const Sources& sources, std::string_view ours,
                                    std::string_view otherwise);

// An id for an event that is one of several made from one, and for one that came without. The same content
// gives the same id, so that a repeated one is known again.
[[nodiscard]] std::string numbered_id(std::string_view base, size_t index);
[[nodiscard]] std::string content_id(std::string_view prefix, std::string_view content);

class Draft {
 public:
  // Makes a value what our member's type asks for, where that loses nothing: numbers as text, text as
  // numbers, seconds, milliseconds or microseconds since 1970 as times. What cannot be made stays, to be
  // refused by name. The first value for a member counts; null counts as absent.
  void take(std::string_view member, const json::value& value, std::string pointer);
  void copy(const json::object& from, std::string_view base, std::span<const Copy> members);
  // An item that was shown, at the next position.
  void show(json::object item, std::string pointer);
  void put(std::string_view member, json::value value) { event_[member] = std::move(value); }
  [[nodiscard]] bool has(std::string_view member) const { return event_.contains(member); }

  [[nodiscard]] Translated finish() && { return {std::move(event_), std::move(sources_)}; }

 private:
  json::object event_;
  Sources sources_;
};

}  // namespace modiste
