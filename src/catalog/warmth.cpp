#include "catalog/warmth.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// Whether the fabric warms: of clothes, but not of a handbag, a belt or a loafer. The unknown are clothes.
bool is_worn_on_the_body(const ItemFacts& item, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return true;
  const auto& possible = vocabulary.term(item.category).possible;
  return possible.test(static_cast<size_t>(Facet::kFit)) ||
         possible.test(static_cast<size_t>(Facet::kLength));
}

}  // namespace

std::optional<size_t> warmth_step_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  double sum = 0, known = 0;
  std::optional<double> kind;
  const bool worn = is_worn_on_the_body(item, vocabulary);
  for (const TermId id : item.terms) {
    const Term& term = vocabulary.term(id);
    if (!term.warmth) continue;
    if (term.facet == Facet::kCategory) kind = std::min(kind.value_or(1), *term.warmth);
    sum += *term.warmth;
    ++known;
  }
  const auto step = [](double warmth) { return static_cast<size_t>(std::lround(warmth * kWarmthStepMax)); };
  if (kind && *kind <= kBareWarmth) return step(*kind);
  return known > 0 && (kind || worn) ? std::optional(step(sum / known)) : std::nullopt;
}

std::optional<double> warmth_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  const auto step = warmth_step_of(item, vocabulary);
  return step ? std::optional(warmth_of_step(*step)) : std::nullopt;
}

}  // namespace modiste
