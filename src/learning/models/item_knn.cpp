#include "learning/models/item_knn.h"

#include <cmath>

namespace modiste {

void ItemKnn::fit(const Histories& histories, const FitProgress&) {
  rows_.clear();
  rows_of_.assign(histories.items, {});
  for (const History& row : histories.rows) {
    for (const ItemNumber item : rows_.emplace_back(distinct_latest(row)))
      rows_of_[item].push_back(static_cast<uint32_t>(rows_.size() - 1));
  }
  inverse_root_.clear();
  for (const auto& rows : rows_of_)
    inverse_root_.push_back(rows.empty() ? 0 : 1 / std::sqrt(static_cast<float>(rows.size())));
}

void ItemKnn::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  for (const ItemNumber mine : distinct_latest(history)) {
    if (mine >= rows_of_.size()) continue;
    for (const uint32_t row : rows_of_[mine])
      for (const ItemNumber item : rows_[row])
        if (item != mine) scores[item] += inverse_root_[mine] * inverse_root_[item];
  }
}

size_t ItemKnn::bytes() const {
  size_t entries = 0;
  for (const History& row : rows_) entries += row.size();
  return entries * 2 * sizeof(uint32_t) + (rows_.size() + rows_of_.size()) * sizeof(History) +
         inverse_root_.size() * sizeof(float);
}

}  // namespace modiste
