#include "vocabulary/size.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <tuple>

#include "vocabulary/size_charts.h"

namespace modiste {
namespace {

// The rows a size stands in, by position in the chart.
std::vector<size_t> rows_of(SizeId size, SizeChart chart) {
  std::vector<size_t> found;
  const auto& rows = SizeCharts::instance().rows(chart);
  for (size_t i = 0; i < rows.size(); ++i)
    if (std::find(rows[i].begin(), rows[i].end(), size) != rows[i].end()) found.push_back(i);
  return found;
}

// Ages and heights of a child: one is part of the other, as 104 is of 98/104 and 4Y of 4-5Y.
bool covers(const std::vector<size_t>& a, const std::vector<size_t>& b) {
  return !a.empty() && !b.empty() &&
         ((a.front() <= b.front() && a.back() >= b.back()) ||
          (b.front() <= a.front() && b.back() >= a.back()));
}

// "S" and "S/M", either way round; not "32" and "32/34".
bool is_half_of(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.find('/') == std::string_view::npos || std::isdigit(static_cast<unsigned char>(b[0])) != 0)
    return false;
  return a == b.substr(0, b.find('/')) || a == b.substr(b.find('/') + 1);
}

double middle(const std::vector<size_t>& rows) { return static_cast<double>(rows.front() + rows.back()) / 2; }

}  // namespace

std::span<const Size> all_sizes() { return SizeCharts::instance().sizes(); }

bool is_shoe_size(SizeSystem system) {
  return system == SizeSystem::kShoeEu || system == SizeSystem::kShoeUk || system == SizeSystem::kShoeUs ||
         system == SizeSystem::kShoeCm;
}

bool is_shoe_chart(SizeChart chart) {
  return chart == SizeChart::kShoesWomen || chart == SizeChart::kShoesMen || chart == SizeChart::kShoesKids;
}

std::vector<SizeId> convert_size(SizeId size, SizeSystem to, SizeChart chart) {
  const auto own_rows = rows_of(size, chart);
  if (own_rows.empty()) return {};
  const double at = middle(own_rows);
  std::vector<std::tuple<bool, double, SizeId>> found;  // "M" before "S/M", "32" before "32/34"
  for (const size_t row : own_rows)
    for (const SizeId other : SizeCharts::instance().rows(chart)[row]) {
      if (all_sizes()[other].system != to) continue;
      const std::tuple entry{all_sizes()[other].name.find('/') != std::string::npos,
                             std::abs(middle(rows_of(other, chart)) - at), other};
      if (std::find(found.begin(), found.end(), entry) == found.end()) found.push_back(entry);
    }
  std::sort(found.begin(), found.end());
  std::vector<SizeId> sizes;
  for (const auto& entry : found) sizes.push_back(std::get<SizeId>(entry));
  return sizes;
}

SizeSet equivalent_sizes(SizeId size, SizeChart chart) {
  SizeSet set;
  set.set(size);
  const Size& own = all_sizes()[size];
  const auto slash = own.name.find('/');
  const bool has_length = own.system == SizeSystem::kWaistLength && slash != std::string::npos;
  for (const size_t row : rows_of(size, chart))
    for (const SizeId other : SizeCharts::instance().rows(chart)[row]) {
      const Size& candidate = all_sizes()[other];
      if (own.system == SizeSystem::kAge || own.system == SizeSystem::kHeight) {
        if (covers(rows_of(size, chart), rows_of(other, chart))) set.set(other);
        continue;
      }
      // "S" and "M" share a row, but M is not S; "S/M" is both.
      if (candidate.system != own.system || is_half_of(own.name, candidate.name)) set.set(other);
    }
  if (own.system != SizeSystem::kWaistLength) return set;
  // Another length does not fit, but a waist alone says nothing of the length.
  for (const auto& candidate : all_sizes()) {
    if (candidate.system != SizeSystem::kWaistLength) continue;
    const bool same_waist = candidate.name == own.name.substr(0, slash);
    const bool any_length = !has_length && candidate.name.starts_with(own.name + "/");
    if (same_waist || any_length) set.set(candidate.id);
  }
  return set;
}

std::optional<double> size_position(SizeId size, SizeChart chart) {
  const auto rows = rows_of(size, chart);
  if (rows.empty()) return std::nullopt;
  return middle(rows);
}

}  // namespace modiste
