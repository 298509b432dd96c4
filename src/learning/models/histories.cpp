#include "learning/models/histories.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>

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
  constexpr size_t kShort = 64;  // a set costs more than a look at so few
  History distinct;
  boost::unordered_flat_set<ItemNumber> known;
  for (auto item = row.rbegin(); item != row.rend(); ++item) {
    const bool is_new = row.size() <= kShort
                            ? std::find(distinct.begin(), distinct.end(), *item) == distinct.end()
                            : known.insert(*item).second;
    if (is_new) distinct.push_back(*item);
  }
  std::reverse(distinct.begin(), distinct.end());
  return distinct;
}

}  // namespace modiste
