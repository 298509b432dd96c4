// Two plots that reports need, as inline SVG that follows the page's colours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// Text for HTML and SVG: & < > " are escaped.
[[nodiscard]] std::string escape_html(std::string_view text);

// Two values in [0, 1] per row, as bars side by side.
struct BarPair {
  std::string label;
  double first = 0, second = 0;
};
[[nodiscard]] std::string bar_pairs_svg(const std::vector<BarPair>& rows, std::string_view first_name,
                                        std::string_view second_name);

// Points in the unit square; the diagonal is what is wished. size: 0 to 1, drawn as area.
struct SizedPoint {
  double x = 0, y = 0, size = 0;
};
[[nodiscard]] std::string calibration_svg(const std::vector<SizedPoint>& points);

}  // namespace modiste
