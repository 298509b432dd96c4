#include "learning/evaluation/svg_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modiste {

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string bar_pairs_svg(const std::vector<BarPair>& rows, std::string_view first_name,
                          std::string_view second_name) {
  constexpr int kRow = 30, kRight = 550, kTop = 26, kLetter = 7;
  size_t longest = 0;
  for (const auto& row : rows) longest = std::max(longest, row.label.size());
  const int left = std::clamp(kLetter * static_cast<int>(longest), 130, kRight / 2), width = kRight - left;
  const int height = kTop + static_cast<int>(rows.size()) * kRow + 8;
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 640 {}" role="img" aria-label="{} beside {}">)"
                  R"(<text x="{}" y="14" class="a">■ {}</text><text x="{}" y="14" class="b">■ {}</text>)",
                  height, escape_html(first_name), escape_html(second_name), left, escape_html(first_name),
                  left + 150, escape_html(second_name));
  for (size_t i = 0; i < rows.size(); ++i) {
    const int y = kTop + static_cast<int>(i) * kRow;
    svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="end">{}</text>)", left - 8, y + 16,
                       escape_html(rows[i].label));
    const auto bar = [&](double value, int at, const char* css) {
      svg += fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{:.1f}" height="11" rx="2"/>)"
                         R"(<text x="{:.1f}" y="{}" class="n">{:.1f}%</text>)",
                         css, left, at, value * width, left + value * width + 5, at + 10, value * 100);
    };
    bar(rows[i].first, y, "a");
    bar(rows[i].second, y + 13, "b");
  }
  return svg + "</svg>";
}

std::string calibration_svg(const std::vector<SizedPoint>& points) {
  constexpr int kSide = 300, kLeft = 40, kTop = 10;
  std::string svg = fmt::format(
      R"(<svg viewBox="0 0 380 350" class="square" role="img" aria-label="Accuracy by confidence">)"
      R"(<rect class="frame" x="{0}" y="{1}" width="{2}" height="{2}"/>)"
      R"(<line class="wish" x1="{0}" y1="{3}" x2="{4}" y2="{1}"/>)"
      R"(<text x="{5}" y="{6}" text-anchor="middle">confidence</text>)"
      R"svg(<text x="12" y="160" text-anchor="middle" transform="rotate(-90 12 160)">accuracy</text>)svg",
      kLeft, kTop, kSide, kTop + kSide, kLeft + kSide, kLeft + kSide / 2, kTop + kSide + 30);
  for (const double tick : {0.0, 0.5, 1.0})
    svg += fmt::format(R"(<text x="{:.0f}" y="{}" text-anchor="middle" class="n">{:.1f}</text>)",
                       kLeft + tick * kSide, kTop + kSide + 14, tick);
  for (const auto& point : points)
    svg += fmt::format(R"(<circle class="a" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", kLeft + point.x * kSide,
                       kTop + (1 - point.y) * kSide, 3 + 14 * std::sqrt(point.size));
  return svg + "</svg>";
}

}  // namespace modiste
