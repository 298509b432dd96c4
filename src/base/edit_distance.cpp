#include "base/edit_distance.h"

#include <algorithm>
#include <array>

namespace modiste {

size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr size_t kLengthMax = 64;
  if (a.size() > kLengthMax || b.size() > kLengthMax)
    return kLengthMax + (a.size() > b.size() ? a.size() - b.size() : b.size() - a.size());
  std::array<size_t, kLengthMax + 1> row{};
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace modiste
