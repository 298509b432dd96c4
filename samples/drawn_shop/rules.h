// Rows of the data files that hold for some garments only: the conditions that such rows share.
//
// In a file: kinds, roles, materials, knits, prints, silhouettes, sleeves, necklines, lengths, aesthetics (of
// the brand, the main one) are lists, of which the garment must have one; mens = true or false; variant = {of
// = 4, is = [1, 3]} asks for the remainder of the design's variant; chance is drawn when all else fits, and
// the row fails without it. What a row leaves out, it does not ask for.
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
  int variant_of = 1;
  std::vector<int> variant_is;
  std::optional<double> chance;

  // Whatever the chance says.
  [[nodiscard]] bool fits(const drawing::Design& design, std::string_view aesthetic = {}) const;
  // Draws one number where the row has a chance and all else fits.
  [[nodiscard]] bool fits(const drawing::Design& design, std::string_view aesthetic, Rng& rng) const;
  [[nodiscard]] bool fits_all() const;
};

[[nodiscard]] Condition read_condition(Row& row);

template <class Value>
struct Rule {
  Condition when;
  Value then;
};

// Of rows that hold one text each, the first that fits; "" where none does.
[[nodiscard]] std::string_view first_text(const std::vector<Rule<std::string>>& rules,
                                          const drawing::Design& design);
[[nodiscard]] std::vector<Rule<std::string>> read_texts(Row& file, std::string_view key);

// One of a list, which has an entry; a list of one needs no draw.
template <class T>
[[nodiscard]] const T& pick(Rng& rng, const std::vector<T>& from) {
  return from.size() == 1 ? from.front() : from[rng.below(from.size())];
}

// The value of the first row that fits. The last row fits every garment: read_complete sees to it.
template <class Value>
[[nodiscard]] const Value& first_fitting(const std::vector<Rule<Value>>& rules, const drawing::Design& design,
                                         std::string_view aesthetic, Rng& rng) {
  for (const auto& rule : rules)
    if (rule.when.fits(design, aesthetic, rng)) return rule.then;
  return rules.back().then;
}

// Rows whose value `read` reads.
template <class Read>
auto read_rules(Row& file, std::string_view key, Read read) {
  return file.rows(key, [&](Row& row) { return Rule<decltype(read(row))>{read_condition(row), read(row)}; });
}

// Rows of which the last must fit every garment.
template <class Read>
auto read_complete(Row& file, std::string_view key, Read read) {
  auto rules = read_rules(file, key, read);
  if (!rules.empty() && !rules.back().when.fits_all())
    file.fail(key, fmt::format("the last row of {} has a condition", key), "a row that fits every garment");
  return rules;
}

}  // namespace modiste::drawn_shop
