// The evaluation of the size model as JSON (docs/reports/fit.json).
#pragma once

#include "base/json.h"
#include "learning/evaluation/evaluate_fit.h"

namespace modiste {

// by_time: tested on the latest rows. at_random: on a random draw.
[[nodiscard]] json::value to_report_json(const FitReport& by_time, const FitReport& at_random);

}  // namespace modiste
