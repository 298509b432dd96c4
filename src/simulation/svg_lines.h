// Lines over steps as an SVG of 720 x 360: the plots of the simulations.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modiste {

struct SvgLine {
  std::string name;            // stands at its end
  std::string colour;          // "#rrggbb"
  std::vector<double> values;  // by step, in [0, 1]
  bool dashed = false;
};

struct SvgAxes {
  std::string x;                     // under the axis
  std::string title;                 // above
  std::vector<std::string> steps{};  // under each step; empty: none
};

[[nodiscard]] std::string svg_lines(std::span<const SvgLine> lines, const SvgAxes& axes);

}  // namespace modiste
