// What a ranker learns from: garments that were shown, answer by answer, with the features that were logged
// and what shoppers did. storage/features/read_ranking_rows.h reads them from the event log.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/clock.h"
#include "features/training_rows.h"

namespace modiste {

// How much an outcome is worth to a ranker, by the label of training_rows.h: nothing, a click, a like or
// save, a cart, a purchase, a purchase that was kept. A choice: each step says more of what the shopper
// wants.
inline constexpr std::array<float, kLabelMax + 1> kGainOfLabel{0, 0.25F, 1, 1.5F, 2, 3};
// What a pass counts against a garment.
inline constexpr float kPassCost = 0.25F;

struct RankingRow {
  int position = 0;      // in its answer, from 0
  float propensity = 1;  // of being shown there (ranking/select.h)
  float gain = 0;
  bool passed = false;
};

// A column is a streaming feature, in their order. Answers are in the order of time.
struct RankingRows {
  std::vector<std::string> features;
  std::vector<float> values;  // row after row; kFeatureUnknown: not known
  std::vector<RankingRow> rows;
  std::vector<size_t> ends;         // of the answers, in rows; none is empty
  std::vector<TimePoint> shown_at;  // by answer
  std::vector<uint32_t> shoppers;   // by answer, whose it is; empty: each is another's

  [[nodiscard]] size_t begin(size_t answer) const { return answer == 0 ? 0 : ends[answer - 1]; }
  [[nodiscard]] float value(size_t row, size_t column) const {
    return values[row * features.size() + column];
  }
  [[nodiscard]] uint32_t shopper(size_t answer) const {
    return shoppers.empty() ? static_cast<uint32_t>(answer) : shoppers[answer];
  }
  // features.size() for an unknown column.
  [[nodiscard]] size_t column(std::string_view feature) const {
    size_t at = 0;
    while (at < features.size() && features[at] != feature) ++at;
    return at;
  }
};

}  // namespace modiste
