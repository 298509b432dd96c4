// The embedding evaluation as JSON (docs/reports/embedding.json).
#pragma once

#include "base/json.h"
#include "learning/evaluation/evaluate_embedding.h"

namespace modiste {

[[nodiscard]] json::value to_report_json(const EmbeddingReport& report);

}  // namespace modiste
