// The embedding evaluation as a page to read and as JSON to compare.
#pragma once

#include <string>

#include "base/json.h"
#include "learning/evaluation/evaluate_embedding.h"

namespace modiste {

[[nodiscard]] json::value to_report_json(const EmbeddingReport& report);
// One self-contained page: a sentence that says it, plots as inline SVG, tables.
[[nodiscard]] std::string to_report_html(const EmbeddingReport& report);

}  // namespace modiste
