// Item-based collaborative filtering (Sarwar 2001): the sum of the cosines between an item and the items of
// the history, over who chose both. No shrinkage, no order.
#pragma once

#include "learning/models/next_item_model.h"

namespace modiste {

// Computes the cosines of the history's items when it is asked: nothing is kept beside the rows.
class ItemKnn final : public NextItemModel {
 public:
  [[nodiscard]] std::string_view name() const override { return "item-knn"; }
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override;

 private:
  std::vector<History> rows_;                   // each item once
  std::vector<std::vector<uint32_t>> rows_of_;  // by item
  std::vector<float> inverse_root_;             // of the number of rows, by item
};

}  // namespace modiste
