// Rows of the data files that hold for some garments only.
//
// A row asks for what it names: of kinds, roles, materials, knits, prints, silhouettes, sleeves, necklines,
// lengths and aesthetics (of the brand, the main one) the garment must have one of the list; mens = true or
// false; variant = {of = 4, is = [1, 3]} asks for the remainder of the design's variant; chance is drawn when
// all else fits. `then` is what the row says of the garments that it fits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "drawn_shop/data_file.h"
#include "drawn_shop/drawing/design.h"
#include "vocabulary/vocabulary.h"

namespace modiste::drawn_shop {

struct VariantIs {
  int of = 1;
  std::vector<int> is;
};

struct Condition {
  std::vector<drawing::Kind> kinds;
  std::vector<OutfitRole> roles;
  std::vector<drawing::Material> materials;
  std::vector<drawing::Knit> knits;
  std::vector<drawing::Print> prints;
  std::vector<drawing::Silhouette> silhouettes;
  std::vector<drawing::Sleeve> sleeves;
  std::vector<drawing::Neckline> necklines;
  std::vector<drawing::Length> lengths;
  std::vector<std::string> aesthetics;
  std::optional<bool> mens;
  std::optional<VariantIs> variant;
  std::optional<double> chance;

  // Whatever the chance.
  [[nodiscard]] bool fits(const drawing::Design& design, std::string_view aesthetic = {}) const;
  // Draws one number where the row has a chance and all else fits.
  [[nodiscard]] bool fits(const drawing::Design& design, std::string_view aesthetic, Rng& rng) const {
    return fits(design, aesthetic) && (!chance || rng.chance(*chance));
  }
  // Asks for nothing.
  [[nodiscard]] bool fits_all() const;
};

template <class Value>
struct Rule : Condition {
  Value then{};
};

// One of a list, which has an entry; a list of one needs no draw.
template <class T>
[[nodiscard]] const T& pick(Rng& rng, const std::vector<T>& from) {
  return from.size() == 1 ? from.front() : from[rng.below(from.size())];
}

// What the first row that fits says; nullptr where none does.
template <class Value>
[[nodiscard]] const Value* first_fitting(const std::vector<Rule<Value>>& rules,
                                         const drawing::Design& design) {
  for (const auto& rule : rules)
    if (rule.fits(design)) return &rule.then;
  return nullptr;
}

// The same with chances. The last row fits every garment: check_rules sees to it.
template <class Value>
[[nodiscard]] const Value& first_fitting(const std::vector<Rule<Value>>& rules, const drawing::Design& design,
                                         std::string_view aesthetic, Rng& rng) {
  for (const auto& rule : rules)
    if (rule.fits(design, aesthetic, rng)) return rule.then;
  return rules.back().then;
}

// kInvalid: an aesthetic that the vocabulary lacks; where the list must be complete, a last row that asks for
// something.
[[nodiscard]] Result<Done> check_conditions(const std::vector<const Condition*>& rows,
                                            const std::string& where, bool complete);
template <class Value>
[[nodiscard]] Result<Done> check_rules(const std::vector<Rule<Value>>& rules, const std::string& where,
                                       bool complete = false) {
  std::vector<const Condition*> rows;
  for (const auto& rule : rules) rows.push_back(&rule);
  return check_conditions(rows, where, complete);
}
// kInvalid besides: a row whose list is empty, so that nothing can be picked.
template <class T>
[[nodiscard]] Result<Done> check_lists(const std::vector<Rule<std::vector<T>>>& rules,
                                       const std::string& where, bool complete = false) {
  for (size_t i = 0; i < rules.size(); ++i)
    if (rules[i].then.empty())
      return Error{Code::kInvalid, "the list is empty", fmt::format("{}/{}/then", where, i),
                   "one word or more"};
  return check_rules(rules, where, complete);
}

// Tables with one row per word, in the order of the words, which `key` of each row repeats.
template <NamedEnum E, class RowType>
[[nodiscard]] Result<Done> check_order(const std::vector<RowType>& rows, E RowType::*key,
                                       const std::string& where) {
  const auto& names = EnumNames<E>::kNames;
  for (size_t i = 0; i < std::max(rows.size(), names.size()); ++i)
    if (i >= rows.size() || i >= names.size() || rows[i].*key != static_cast<E>(i))
      return Error{Code::kInvalid, i < rows.size() ? "the row is out of order" : "a row is missing",
                   i < rows.size() ? fmt::format("{}/{}", where, i) : where,
                   i < names.size() ? fmt::format("the row of \"{}\"", names[i]) : "the end of the list"};
  return kOk;
}

}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::VariantIs> {
  using T = drawn_shop::VariantIs;
  static constexpr auto kFields =
      Fields{field("of", &T::of, drawn_shop::needed(2, 60)), field("is", &T::is, drawn_shop::needed(0, 59))};
};

template <>
struct Contract<drawn_shop::Condition> {
  using T = drawn_shop::Condition;
  static constexpr auto kFields = Fields{field("kinds", &T::kinds),
                                         field("roles", &T::roles),
                                         field("materials", &T::materials),
                                         field("knits", &T::knits),
                                         field("prints", &T::prints),
                                         field("silhouettes", &T::silhouettes),
                                         field("sleeves", &T::sleeves),
                                         field("necklines", &T::necklines),
                                         field("lengths", &T::lengths),
                                         field("aesthetics", &T::aesthetics),
                                         field("mens", &T::mens),
                                         field("variant", &T::variant),
                                         field("chance", &T::chance, drawn_shop::within(0, 1))};
};

template <class Value>
struct Contract<drawn_shop::Rule<Value>> {
  static constexpr auto kFields =
      joined(Contract<drawn_shop::Condition>::kFields,
             Fields{field("then", &drawn_shop::Rule<Value>::then, drawn_shop::kNeeded)});
};

}  // namespace modiste
