// Daily features as SQL (DuckDB's dialect) over facts, computed as of any time. Facts that became known at
// that time or later are never used.
//
// Facts:  (entity VARCHAR, known_at TIMESTAMPTZ, type VARCHAR), one row for everything that happened to a
//         garment or was done by a shopper; known_at says when it became known (docs/formats/features.md).
// Asks:   (entity VARCHAR, as_of TIMESTAMPTZ), distinct: the entity to compute for, and the time.
//
// An expression is an aggregate over one of the named windows days_1, days_7, days_30, which end one
// microsecond before the ask. The tables of a day ask once for every entity, training rows once for every
// impression: both run the same text, so they cannot disagree.
#pragma once

#include <string>
#include <string_view>

#include "features/feature.h"

namespace modiste {

// SELECT entity, as_of, <feature> AS <name>, ... FROM asks: one row per ask. The names of both relations must
// come from our own code, not from input. Cost: n log n in facts and asks.
[[nodiscard]] std::string daily_features_sql(FeatureEntity entity, std::string_view facts,
                                             std::string_view asks);

}  // namespace modiste
