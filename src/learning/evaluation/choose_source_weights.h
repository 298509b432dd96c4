// Searches for weights of candidate sources by which held-out items rank higher, a weight at a time.
#pragma once

#include <span>

#include "learning/evaluation/next_item_judge.h"
#include "ranking/source_weights.h"

namespace modiste {

// Coordinate search: each weight in turn is tried at a few factors.
Result<SourceWeights> choose_weights(NextItemJudge& judge, std::span<const HeldOutItem> shoppers,
                                     SourceWeights best, size_t count);

// For a judge that replays: as time passes once only, every change of one weight is asked at the same time,
// and the best one is kept.
Result<SourceWeights> choose_weights_at_their_time(NextItemJudge& judge,
                                                   std::span<const HeldOutItem> shoppers, SourceWeights given,
                                                   size_t count);

}  // namespace modiste
