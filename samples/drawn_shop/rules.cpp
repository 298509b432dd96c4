#include "drawn_shop/rules.h"

#include <algorithm>

#include "drawn_shop/kinds.h"

namespace modiste::drawn_shop {
namespace {

template <class List, class Value>
bool admits(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool Condition::fits(const drawing::Design& d, std::string_view aesthetic) const {
  return admits(kinds, d.kind) && (roles.empty() || admits(roles, market_of(d.kind).role)) &&
         admits(materials, d.material) && admits(knits, d.knit) && admits(prints, d.print) &&
         admits(silhouettes, d.silhouette) && admits(sleeves, d.sleeve) && admits(necklines, d.neckline) &&
         admits(lengths, d.length) && admits(aesthetics, aesthetic) && mens.value_or(d.mens) == d.mens &&
         (!variant || admits(variant->is, d.variant % variant->of));
}

bool Condition::fits_all() const {
  return kinds.empty() && roles.empty() && materials.empty() && knits.empty() && prints.empty() &&
         silhouettes.empty() && sleeves.empty() && necklines.empty() && lengths.empty() &&
         aesthetics.empty() && !mens && !variant && !chance;
}

Result<Done> check_conditions(const std::vector<const Condition*>& rows, const std::string& where,
                              bool complete) {
  for (size_t i = 0; i < rows.size(); ++i)
    for (const auto& aesthetic : rows[i]->aesthetics)
      if (Vocabulary::standard().find(Facet::kAesthetic, aesthetic) == nullptr)
        return unknown_word(aesthetic, fmt::format("{}/{}/aesthetics", where, i),
                            "an aesthetic of the vocabulary");
  if (complete && (rows.empty() || !rows.back()->fits_all()))
    return Error{Code::kInvalid, "the last row does not fit every garment",
                 rows.empty() ? where : fmt::format("{}/{}", where, rows.size() - 1),
                 "a last row with `then` alone"};
  return kOk;
}

}  // namespace modiste::drawn_shop
