// Chooses what is shown of what was ranked: diversity, and exploration with its propensities
// (ranking/select.h).
#pragma once

#include <vector>

#include "ranking/select.h"
#include "retrieval/popularity.h"
#include "serving/answer/ranked.h"
#include "serving/request/request_state.h"

namespace modiste {

// epsilon: the chance of each place to be explored.
[[nodiscard]] std::vector<SelectedItem> rerank(const Ranked& ranked, const RequestState& request,
                                               const Popularity& popularity, double epsilon);

}  // namespace modiste
