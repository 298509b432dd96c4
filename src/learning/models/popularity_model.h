// How often each item was chosen: what every model must beat, and what is left for an empty history.
#pragma once

#include "learning/models/next_item_model.h"

namespace modiste {

class PopularityModel final : public NextItemModel {
 public:
  [[nodiscard]] std::string_view name() const override { return "popularity"; }
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override { return counts_.size() * sizeof(uint32_t); }

 private:
  std::vector<uint32_t> counts_;
};

}  // namespace modiste
