#include "base/edit_distance.h"

#include <algorithm>
#include <array>

namespace modiste {

size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr size_t kLengthMax = 64;
  if (a.size() > kLengthMax || b.size() > kLengthMax)
    return kLengthMax + (a.size() > b.size() ? a.size() - b.size() : b.size() - a.size());
  std::array<std::array<size_t, kLengthMax + 1>, 3> rows{};  // of i, i - 1 and i - 2 letters of a
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& second = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), row[j - 1] + 1, above[j] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], second[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

std::string_view nearest_name(std::string_view got, const std::string_view* names, size_t count) {
  std::string_view nearest;
  size_t nearest_distance = 3;
  for (size_t i = 0; i < count; ++i)
    if (const size_t distance = edit_distance(got, names[i]);
        distance < nearest_distance && 3 * distance <= std::max(got.size(), names[i].size())) {
      nearest = names[i];
      nearest_distance = distance;
    }
  return nearest;
}

}  // namespace modiste
