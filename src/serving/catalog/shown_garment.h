// A garment as GET answers show it: all of it to the shop's own servers; to browsers neither margins nor how
// many pieces are left, which competitors would read, but whether some are.
//
// These types are the HTTP contract too. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/garment.h"
#include "serving/catalog/catalog_views.h"

namespace modiste {

enum class StockLevel : uint8_t { kInStock, kLow, kOut };
template <>
struct EnumNames<StockLevel> {
  static constexpr std::array<std::string_view, 3> kNames{"in_stock", "low", "out"};
};

// So few pieces that a shop page tells it.
inline constexpr int kStockLowMax = 3;

struct ShownVariant : Variant {
  std::optional<int> pieces;               // for API keys
  std::optional<StockLevel> availability;  // for all others
};

struct ShownGarment : Garment {
  std::vector<ShownVariant> shown_variants;  // in place of `variants`, which is empty
};

struct ShownGarments {
  std::vector<ShownGarment> garments;
  std::optional<std::string> next;
};

// exact: the caller has an API key.
[[nodiscard]] ShownGarment shown(Garment garment, bool exact);
[[nodiscard]] ShownGarments shown(GarmentPage page, bool exact);

namespace shown_detail {
// The fields of a contract, with the one of this name replaced.
template <class List, class Other>
constexpr auto replaced(const List& fields, const Other& other) {
  const auto pick = [&](const auto& one) {
    if constexpr (std::is_same_v<std::decay_t<decltype(one.member)>, typename Other::Replaces>)
      return other.field;
    else
      return one;
  };
  return fields.all([&](const auto&... field) { return Fields{pick(field)...}; });
}
template <class Member, class Field>
struct Replacement {
  using Replaces = Member;
  Field field;
};
template <class Member, class Field>
constexpr Replacement<Member, Field> in_place_of(Field field) {
  return {field};
}
}  // namespace shown_detail

template <>
struct Contract<ShownVariant> {
  static constexpr std::string_view kName = "ShownVariant";
  static constexpr std::string_view kDoc =
      "A garment in one size and colour. Margin and stock are shown to API keys, availability to all others.";
  static constexpr auto kFields = joined(
      shown_detail::replaced(
          Contract<Variant>::kFields,
          shown_detail::in_place_of<int Variant::*>(
              field("stock", &ShownVariant::pieces, {.doc = "Number of pieces in stock; for API keys"}))),
      Fields{field("availability", &ShownVariant::availability,
                   {.doc = "Whether pieces are in stock; low: at most 3. For callers without an API key"})});
};

template <>
struct Contract<ShownGarment> {
  static constexpr std::string_view kName = "ShownGarment";
  static constexpr std::string_view kDoc = "A garment of the shop, with its variants and photos.";
  static constexpr auto kFields = shown_detail::replaced(
      Contract<Garment>::kFields,
      shown_detail::in_place_of<std::vector<Variant> Garment::*>(
          field("variants", &ShownGarment::shown_variants,
                {.doc = "Variants; at least one", .required = true, .items_max = kVariantsMax})));
};

template <>
struct Contract<ShownGarments> {
  static constexpr std::string_view kName = "GarmentPage";
  static constexpr std::string_view kDoc = "A page of garments, ordered by id.";
  static constexpr auto kFields =
      Fields{field("garments", &ShownGarments::garments, {.doc = "Ordered by id", .required = true}),
             field("next", &ShownGarments::next,
                   {.doc = "Send it as `after` to get the next page; absent on the last page"})};
};

}  // namespace modiste
