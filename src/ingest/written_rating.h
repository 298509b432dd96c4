// Ratings as reviews write them, in stars of five.
#pragma once

#include <optional>

#include "base/json.h"

namespace modiste {

// 4, "4,5", "4.5 stars", "4/5", "9 out of 10", "80%", "★★★★☆", {"ratingValue": 9, "bestRating": 10}: out of
// five, at least 1. A number without a scale is as it stands, also above five. Nothing for anything else.
[[nodiscard]] std::optional<double> written_rating(const json::value& value);

// A rating of a scale that ends at `best`, out of five and at least 1. The scale's begin, 0 or 1, is the same
// opinion.
[[nodiscard]] double rating_of_five(double rating, double best);

}  // namespace modiste
