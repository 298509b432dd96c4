// The third and fourth step of the last mile: what the shopper likes moves up within its group.
//
//   score = category weight * liking of the categories + colour weight * liking of the colours
//         + traits weight * cosine of (vibe, trend, dare)
//   Each part is in [0, 1], 0.5 where nothing is known; the weights add up to 1.
//
// Threads: any. Pure.
#pragma once

#include "lookbook/mile_look.h"

namespace modiste::lookbook {

// Choices, not measurements.
struct TasteWeights {
  double category = 0.35, colour = 0.3, traits = 0.35;
};

// The pieces that are left count; each as much as another.
void by_liking(std::span<const MileLook> looks, const TasteWeights& weights, MileOrder& order);

// A look's direction is told from the mean of the looks in the order: among evening looks all are dressed up,
// and the question is which are more so. Adds to the scores.
void by_traits(std::span<const MileLook> looks, const TraitDirection& shopper, const TasteWeights& weights,
               MileOrder& order);

}  // namespace modiste::lookbook
