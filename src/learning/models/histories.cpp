#include "learning/models/histories.h"

#include <algorithm>

namespace modiste {

std::vector<uint32_t> item_counts(const Histories& histories) {
  std::vector<uint32_t> counts(histories.items, 0);
  for (const History& row : histories.rows)
    for (const ItemNumber item : row) ++counts[item];
  return counts;
}

std::vector<uint32_t> row_counts(const Histories& histories) {
  std::vector<uint32_t> counts(histories.items, 0);
  for (const History& row : histories.rows)
    for (const ItemNumber item : distinct_latest(row)) ++counts[item];
  return counts;
}

History distinct_latest(std::span<const ItemNumber> row) {
  History distinct;
  for (auto item = row.rbegin(); item != row.rend(); ++item)
    if (std::find(distinct.begin(), distinct.end(), *item) == distinct.end()) distinct.push_back(*item);
  std::reverse(distinct.begin(), distinct.end());
  return distinct;
}

}  // namespace modiste
