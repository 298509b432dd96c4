// The context evaluation as JSON (docs/reports/context.json) and as text.
#pragma once

#include <string>

#include "base/json.h"
#include "learning/evaluation/evaluate_context.h"

namespace modiste {

[[nodiscard]] json::value to_report_json(const ContextReport& report);
// The same figures as a table for a terminal.
[[nodiscard]] std::string to_report_text(const ContextReport& report);

}  // namespace modiste
