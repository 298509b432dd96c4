// Why an outfit is shown: true facts about its pieces together, strongest first. Each is chosen by the
// predicate that a test holds it against.
//
// Threads: any. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "catalog/catalog.h"
#include "context/context.h"
#include "outfits/body_rules.h"
#include "outfits/explicit_compatibility.h"
#include "serving/answer/completability.h"
#include "serving/api/reason.h"
#include "serving/outfits/curated_looks.h"

namespace modiste {

// These bounds, and kGoesWithMin (serving/answer/completability.h), are choices, not measurements.
inline constexpr double kColoursGoMin = 0.75;    // harmony of every pair of colours
inline constexpr double kOneFormalityMax = 0.2;  // between the dressiest piece and the least dressy
inline constexpr double kBalancedMin = 0.85;     // of outfits/proportion_rules.h

// Borrowed for the call. looks and items stand in one order.
struct OutfitFacts {
  const Vocabulary& vocabulary;
  const outfits::ExplicitCompatibility& rules;
  std::span<const outfits::Wearable> looks;
  std::span<const Item* const> items;
  size_t anchors = 0;  // the first ones
  std::optional<Context> context = {};
  std::optional<double> budget = {};
  double total_price = 0;
  std::vector<const outfits::BodyRule*> body_rules = {};  // that hold for the shopper
  std::vector<TermId> departments = {};                   // of the shopper
  std::optional<ByShop> by_shop = {};
};

inline constexpr size_t kOutfitReasonsMax = 4;

// At most kOutfitReasonsMax.
[[nodiscard]] std::vector<Reason> reasons_of_outfit(const OutfitFacts& facts);

// True if the facts bear the reason out; false for reasons of single items.
[[nodiscard]] bool is_true_of_outfit(const Reason& reason, const OutfitFacts& facts);

}  // namespace modiste
