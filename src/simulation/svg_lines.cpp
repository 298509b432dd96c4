#include "simulation/svg_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste {
namespace {

constexpr int kWidth = 720, kHeight = 360, kLeft = 56, kBottom = 44, kTop = 24, kRight = 150;

double x_of(size_t step, size_t steps) {
  return kLeft + (kWidth - kLeft - kRight) * static_cast<double>(step) /
                     std::max(1.0, static_cast<double>(steps) - 1);
}

double y_of(double share) { return kHeight - kBottom - (kHeight - kBottom - kTop) * share; }

std::string grid() {
  std::string svg;
  for (int tenth = 0; tenth <= 10; tenth += 2)
    svg += fmt::format(
        R"(<path d="M{} {:.1f}H{}" stroke="#e5e2dc"/><text x="{}" y="{:.1f}" text-anchor="end" fill="#666">{}%</text>)",
        kLeft, y_of(tenth / 10.0), kWidth - kRight, kLeft - 8, y_of(tenth / 10.0) + 4, tenth * 10);
  return svg;
}

std::string drawn(const SvgLine& line) {
  std::string path;
  for (size_t step = 0; step < line.values.size(); ++step)
    path += fmt::format("{}{:.1f} {:.1f}", step == 0 ? "M" : "L", x_of(step, line.values.size()),
                        y_of(line.values[step]));
  return fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="2.5"{}/>)", path, line.colour,
                     line.dashed ? R"( stroke-dasharray="6 5")" : "");
}

// Names stand at the ends of their lines, pushed apart where the lines end close together.
std::string names(std::span<const SvgLine> lines) {
  std::vector<std::pair<double, const SvgLine*>> ends;
  for (const SvgLine& line : lines)
    if (!line.values.empty()) ends.emplace_back(y_of(line.values.back()) + 4, &line);
  std::sort(ends.begin(), ends.end());
  std::string svg;
  double last = -100;
  for (const auto& [wanted, line] : ends) {
    last = std::max(wanted, last + 15);
    svg += fmt::format(R"(<text x="{}" y="{:.1f}" fill="{}">{}</text>)", kWidth - kRight + 8, last,
                       line->colour, line->name);
  }
  return svg;
}

}  // namespace

std::string svg_lines(std::span<const SvgLine> lines, const SvgAxes& axes) {
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" font-family="sans-serif" font-size="13"><rect width="{0}" height="{1}" fill="#fff"/>)",
      kWidth, kHeight);
  svg += grid();
  for (const SvgLine& line : lines) svg += drawn(line);
  svg += names(lines);
  for (size_t step = 0; step < axes.steps.size(); ++step)
    svg += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle" font-size="11" fill="#666">{}</text>)",
                       x_of(step, axes.steps.size()), kHeight - kBottom + 16, axes.steps[step]);
  return svg +
         fmt::format(
             R"(<text x="{}" y="{}" fill="#666">{}</text><text x="{}" y="16" fill="#333">{}</text></svg>)",
             (kWidth - kRight + kLeft) / 2, kHeight - 10, axes.x, kLeft, axes.title);
}

}  // namespace modiste
