// Ranges of numbers on the command line.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

namespace modiste {

// A number from low to high. CLI::Range writes the limits with six digits behind the point, whatever they
// are.
[[nodiscard]] inline CLI::Validator number_range(double low, double high) {
  const auto check = [low, high](std::string& text) {
    double value = 0;
    if (CLI::detail::lexical_cast(text, value) && value >= low && value <= high) return std::string();
    return fmt::format("{} is not a number from {:.15g} to {:.15g}", text, low, high);
  };
  return {check, fmt::format("FLOAT in [{:.15g} - {:.15g}]", low, high)};
}

}  // namespace modiste
