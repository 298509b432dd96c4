#include "features/feature_matrix.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/contains.h"

namespace modiste {
namespace {

// The same for all items.
bool is_of_request(const FeatureDefinition& feature) {
  return feature.entity == FeatureEntity::kShopper || feature.entity == FeatureEntity::kContext;
}

}  // namespace

FeatureMatrix::FeatureMatrix(std::vector<Slot> slots) : slots_(std::move(slots)) {}

size_t FeatureMatrix::index_of(std::string_view feature) {
  const auto all = streaming_features();
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].name == feature) return i;
  CHECK(false);  // no streaming feature has this name
}

void FeatureMatrix::set(std::string_view feature, std::vector<float> values) {
  CHECK(values.size() == rows());
  columns_[index_of(feature)] = std::move(values);
}

SourceValues FeatureMatrix::sources_of(size_t row) const {
  using V = SourceValues;
  static constexpr std::array<std::pair<std::string_view, double V::*>, 9> kSources{
      {{"content", &V::content},
       {"neighbours", &V::neighbours},
       {"visual", &V::visual},
       {"popularity", &V::popularity},
       {"fit", &V::fit},
       {"like_rate", &V::like_rate},
       {"hybrid", &V::hybrid},
       {"wardrobe", &V::wardrobe},
       {"next_choices", &V::next_choices}}};
  static const std::array<size_t, kSources.size()> kIndexes = [] {
    std::array<size_t, kSources.size()> indexes{};
    for (size_t i = 0; i < indexes.size(); ++i) indexes[i] = index_of(kSources[i].first);
    return indexes;
  }();
  SourceValues values;
  for (size_t i = 0; i < kSources.size(); ++i) {
    const auto& column = columns_[kIndexes[i]];
    const bool known = !column.empty() && column[row] != kFeatureUnknown;
    values.*kSources[i].second = known ? static_cast<double>(column[row]) : kMissing;
  }
  return values;
}

void FeatureMatrix::compute(std::span<const std::string_view> features, const RequestFacts& request) {
  std::vector<size_t> missing;
  for (const std::string_view name : features)
    if (const size_t index = index_of(name); columns_[index].empty() && !contains(missing, index))
      missing.push_back(index);
  if (missing.empty()) return;
  std::vector<std::vector<float>> values(missing.size(), std::vector<float>(rows()));
  for (size_t row = 0; row < rows(); ++row) {
    const FeatureInput input{request, request.catalog.item(slots_[row]), sources_of(row)};
    for (size_t i = 0; i < missing.size(); ++i) {
      const FeatureDefinition& feature = streaming_features()[missing[i]];
      if (row > 0 && is_of_request(feature)) {
        values[i][row] = values[i][0];
        continue;
      }
      const double value = feature.compute(input);
      values[i][row] = std::isfinite(value) ? static_cast<float>(value) : kFeatureUnknown;
    }
  }
  for (size_t i = 0; i < missing.size(); ++i) columns_[missing[i]] = std::move(values[i]);
}

std::span<const float> FeatureMatrix::column(std::string_view feature) const {
  const auto& values = columns_[index_of(feature)];
  CHECK(values.size() == rows());
  return values;
}

std::vector<float> FeatureMatrix::logged_row(size_t row, const RequestFacts& request) const {
  return served_vector({request, request.catalog.item(slots_[row]), sources_of(row)});
}

}  // namespace modiste
