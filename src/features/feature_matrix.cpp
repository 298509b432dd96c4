#include "features/feature_matrix.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace modiste {

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
  for (const std::string_view name : features) {
    const size_t index = index_of(name);
    if (!columns_[index].empty()) continue;
    const FeatureDefinition& feature = streaming_features()[index];
    std::vector<float> values;
    values.reserve(rows());
    for (size_t row = 0; row < rows(); ++row) {
      const double value = feature.compute({request, request.catalog.item(slots_[row]), sources_of(row)});
      values.push_back(std::isfinite(value) ? static_cast<float>(value) : kFeatureUnknown);
    }
    columns_[index] = std::move(values);
  }
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
