// Parameters of a fit model as bytes: docs/formats/fit-model.md.
#pragma once

#include <string>
#include <string_view>

#include "style/fit_model.h"

namespace modiste {

inline constexpr std::string_view kFitModelKind = "modiste-fit-model";

[[nodiscard]] std::string serialize_fit(const FitParameters& parameters);

// kCorrupt: not such a file, another version, a list of another length, or a number that no fit gives.
Result<FitParameters> parse_fit(std::string_view file);

}  // namespace modiste
