// What of the logged answers is new since a ranker learned, and how far their features have moved since.
#pragma once

#include <optional>
#include <vector>

#include "features/drift.h"
#include "features/ranking_rows.h"

namespace modiste {

// The answers that were shown later.
[[nodiscard]] RankingRows later_than(const RankingRows& rows, TimePoint when);

// By feature, in the order of the rows': the values of answers that were shown later than `learned_until`
// against those of DriftOptions::reference_days before it. Too few of either say nothing.
[[nodiscard]] std::vector<FeatureDrift> drift_since(const RankingRows& rows, TimePoint learned_until,
                                                    const DriftOptions& options = {});
// The one that moved furthest, without those of the request's context (time of day, weekend, device), of
// which a few hours never look like four weeks; empty: too little to say of any.
[[nodiscard]] std::optional<FeatureDrift> furthest_of(std::vector<FeatureDrift> drifts);

}  // namespace modiste
