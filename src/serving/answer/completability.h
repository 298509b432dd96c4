// What a purchase would unlock: how well what the shopper has completes an outfit with a garment.
//
//   value = the best over the templates that have a place for it of
//           the mean over the template's other required roles of good(best pair score with an owned piece)
//   good(s) = 0 below kGoodFrom, rising to 1 at 1
//
// A template is separates (top, bottom, shoes), a suit with top and shoes, or one piece and shoes. 1: what
// the shopper has fills all the rest and goes perfectly. The definition is ours. Threads: any. Cost: a pair
// score for each of at most kJudgingMax pieces.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "outfits/compatibility.h"
#include "outfits/explicit_compatibility.h"
#include "serving/request/wardrobe.h"

namespace modiste {

inline constexpr double kGoodFrom = 0.6;
// The pair score from which two pieces are said to go together. A choice, not a measurement.
inline constexpr double kGoesWithMin = 0.85;

// Who wears the garment; the vocabulary says it of what is owned. A blouse is not worn with a husband's
// trousers.
struct WornBy {
  uint8_t wearers = 0;  // outfits::Option::wearers
  const Vocabulary& vocabulary;
};

// 0 to 1. Pieces of the same garment and of other wearers do not count, nor pairs whose compatibility is 0
// (outfits/kept_apart.h). Empty: the garment has no place in an outfit (nightwear, swimwear).
[[nodiscard]] std::optional<double> completability(const outfits::Wearable& garment, const WornBy& worn_by,
                                                   std::span<const OwnedPiece> owned,
                                                   const outfits::Compatibility& compatibility);

// The owned pieces that the rules say go with it (kGoesWithMin); of these the one that goes best.
struct WorksWith {
  size_t pieces = 0;
  const OwnedPiece* best = nullptr;
};
[[nodiscard]] WorksWith works_with(const outfits::Wearable& garment, const WornBy& worn_by,
                                   std::span<const OwnedPiece> owned,
                                   const outfits::ExplicitCompatibility& rules);

}  // namespace modiste
