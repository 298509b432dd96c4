#include "learning/models/popularity_model.h"

namespace modiste {

void PopularityModel::fit(const Histories& histories, const FitProgress&) {
  counts_ = item_counts(histories);
}

void PopularityModel::score(std::span<const ItemNumber>, std::span<float> scores) const {
  for (size_t item = 0; item < counts_.size(); ++item) scores[item] += static_cast<float>(counts_[item]);
}

}  // namespace modiste
