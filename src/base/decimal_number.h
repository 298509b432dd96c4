// Numbers as tables and programs write them.
#pragma once

#include <optional>
#include <string_view>

namespace modiste {

// The whole of the text, as JSON writes numbers or with one or two digits behind a decimal comma: "12.50",
// "52,00". Nothing for anything else: a comma before three digits may part thousands.
[[nodiscard]] std::optional<double> decimal_number(std::string_view text);

}  // namespace modiste
