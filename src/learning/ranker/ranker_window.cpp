#include "learning/ranker/ranker_window.h"

#include <algorithm>

#include "base/check.h"

namespace modiste {
namespace {

size_t first_later_than(const RankingRows& rows, TimePoint when) {
  return static_cast<size_t>(std::ranges::upper_bound(rows.shown_at, when) - rows.shown_at.begin());
}

// Of the answers [from, to); unknown values as drift_of() wants them.
std::vector<float> values_of(const RankingRows& rows, size_t column, bool once_an_answer, size_t from,
                             size_t to) {
  std::vector<float> values;
  for (size_t answer = from; answer < to; ++answer) {
    const size_t begin = rows.begin(answer), end = once_an_answer ? begin + 1 : rows.ends[answer];
    for (size_t row = begin; row < end; ++row) {
      const float value = rows.value(row, column);
      values.push_back(value == kFeatureUnknown ? static_cast<float>(kMissing) : value);
    }
  }
  return values;
}

// What time of day and day of the week it is, and on what device: it goes round by itself, so that hours
// against weeks always differ.
bool goes_round(std::string_view name) {
  const FeatureDefinition* feature = find_feature(name);
  return feature != nullptr && feature->entity == FeatureEntity::kContext;
}

}  // namespace

RankingRows later_than(const RankingRows& rows, TimePoint when) {
  const size_t first = first_later_than(rows, when), begin = rows.begin(first);
  RankingRows later;
  later.features = rows.features;
  const auto from = [](const auto& all, size_t at) { return all.begin() + static_cast<std::ptrdiff_t>(at); };
  later.values.assign(from(rows.values, begin * rows.features.size()), rows.values.end());
  later.rows.assign(from(rows.rows, begin), rows.rows.end());
  later.shown_at.assign(from(rows.shown_at, first), rows.shown_at.end());
  if (!rows.shoppers.empty()) later.shoppers.assign(from(rows.shoppers, first), rows.shoppers.end());
  for (size_t answer = first; answer < rows.ends.size(); ++answer)
    later.ends.push_back(rows.ends[answer] - begin);
  return later;
}

std::vector<FeatureDrift> drift_since(const RankingRows& rows, TimePoint learned_until,
                                      const DriftOptions& options) {
  const size_t split = first_later_than(rows, learned_until);
  const size_t begin = first_later_than(rows, learned_until - std::chrono::days(options.reference_days));
  std::vector<FeatureDrift> drifts;
  for (size_t column = 0; column < rows.features.size(); ++column) {
    const FeatureDefinition* feature = find_feature(rows.features[column]);
    CHECK(feature != nullptr);
    const bool once = is_of_answer(*feature);
    drifts.push_back(drift_of(*feature, values_of(rows, column, once, begin, split),
                              values_of(rows, column, once, split, rows.ends.size()), options));
  }
  return drifts;
}

std::optional<FeatureDrift> furthest_of(std::vector<FeatureDrift> drifts) {
  std::optional<FeatureDrift> furthest;
  for (FeatureDrift& drift : drifts)
    if (drift.psi && !goes_round(drift.feature) && (!furthest || *drift.psi > *furthest->psi))
      furthest = std::move(drift);
  return furthest;
}

}  // namespace modiste
