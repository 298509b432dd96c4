// Daily features as SQL (DuckDB's dialect) over facts, computed as of any time: never from what became known
// at that time or later.
//
// Facts:  (entity VARCHAR, known_at TIMESTAMPTZ, type VARCHAR), one row for everything that happened to a
//         garment or was done by a shopper; known_at says when it became known (docs/formats/features.md).
// Asks:   (entity VARCHAR, as_of TIMESTAMPTZ), distinct: whom to compute for, and when.
//
// An expression is an aggregate over one of the named windows days_1, days_7, days_30, which end one
// microsecond before the ask. The night's tables ask once for every entity, training rows once for every
// impression: both run the same text, so they cannot disagree.
#pragma once

#include <string>
#include <string_view>

#include "features/feature.h"

namespace modiste {

// SELECT entity, as_of, <feature> AS <name>, ... FROM asks: one row for each.
// The names of both relations come from our own code. Cost: n log n in facts and asks.
[[nodiscard]] std::string daily_features_sql(FeatureEntity entity, std::string_view facts,
                                             std::string_view asks);

}  // namespace modiste
