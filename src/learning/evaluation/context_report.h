// The context evaluation as a page to read and as JSON to compare.
#pragma once

#include <string>

#include "base/json.h"
#include "learning/evaluation/evaluate_context.h"

namespace modiste {

[[nodiscard]] json::value to_report_json(const ContextReport& report);
// One self-contained page: a sentence that says it, plots as inline SVG, tables.
[[nodiscard]] std::string to_report_html(const ContextReport& report);
// The same figures as a table for a terminal.
[[nodiscard]] std::string to_report_text(const ContextReport& report);

}  // namespace modiste
