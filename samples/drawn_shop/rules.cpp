#include "drawn_shop/rules.h"

#include <algorithm>

#include "drawn_shop/kinds.h"

namespace modiste::drawn_shop {
namespace {

template <class List, class Value>
bool asks_not_or_has(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool Condition::fits(const drawing::Design& d, std::string_view aesthetic) const {
  return asks_not_or_has(kinds, d.kind) &&
         (roles.empty() || asks_not_or_has(roles, market_of(d.kind).role)) &&
         asks_not_or_has(materials, d.material) && asks_not_or_has(knits, d.knit) &&
         asks_not_or_has(prints, d.print) && asks_not_or_has(silhouettes, d.silhouette) &&
         asks_not_or_has(sleeves, d.sleeve) && asks_not_or_has(necklines, d.neckline) &&
         asks_not_or_has(lengths, d.length) && asks_not_or_has(aesthetics, aesthetic) &&
         mens.value_or(d.mens) == d.mens && asks_not_or_has(variant_is, d.variant % variant_of);
}

bool Condition::fits(const drawing::Design& d, std::string_view aesthetic, Rng& rng) const {
  return fits(d, aesthetic) && (!chance || rng.chance(*chance));
}

bool Condition::fits_all() const {
  return kinds.empty() && roles.empty() && materials.empty() && knits.empty() && prints.empty() &&
         silhouettes.empty() && sleeves.empty() && necklines.empty() && lengths.empty() &&
         aesthetics.empty() && !mens && variant_is.empty() && !chance;
}

Condition read_condition(Row& row) {
  Condition when;
  when.kinds = row.words_or_none<drawing::Kind>("kinds");
  when.roles = row.words_or_none<OutfitRole>("roles");
  when.materials = row.words_or_none<drawing::Material>("materials");
  when.knits = row.words_or_none<drawing::Knit>("knits");
  when.prints = row.words_or_none<drawing::Print>("prints");
  when.silhouettes = row.words_or_none<drawing::Silhouette>("silhouettes");
  when.sleeves = row.words_or_none<drawing::Sleeve>("sleeves");
  when.necklines = row.words_or_none<drawing::Neckline>("necklines");
  when.lengths = row.words_or_none<drawing::Length>("lengths");
  when.aesthetics = row.texts_or_none("aesthetics");
  for (const auto& aesthetic : when.aesthetics)
    if (Vocabulary::standard().find(Facet::kAesthetic, aesthetic) == nullptr)
      row.fail("aesthetics", fmt::format("unknown aesthetic \"{}\"", aesthetic), "a name of the vocabulary");
  if (row.has("mens")) when.mens = row.flag("mens");
  if (row.has("variant")) {
    row.table("variant", [&](Row& variant) {
      when.variant_of = variant.integer("of", 2, 60);
      when.variant_is = variant.integers("is", 0, when.variant_of - 1);
    });
  }
  if (row.has("chance")) when.chance = row.number("chance", 0, 1);
  return when;
}

std::vector<Rule<std::string>> read_texts(Row& file, std::string_view key) {
  return read_rules(file, key, [](Row& row) { return row.text("text"); });
}

std::string_view first_text(const std::vector<Rule<std::string>>& rules, const drawing::Design& design) {
  for (const auto& rule : rules)
    if (rule.when.fits(design)) return rule.then;
  return {};
}

}  // namespace modiste::drawn_shop
