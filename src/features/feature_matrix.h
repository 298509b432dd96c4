// The features of all candidates of a request: a row per item, a column per streaming feature (feature.h).
// Computed once, before ranking; rankers, explanations and the impression log read it.
//
// A column is computed when a ranker names it: the hybrid ranker reads a few, a tree ensemble all.
// Threads: one owner while it is filled, then any reader. Memory: 4 bytes per row and computed column.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "features/feature.h"

namespace modiste {

class FeatureMatrix {
 public:
  FeatureMatrix() = default;
  explicit FeatureMatrix(std::vector<Slot> slots);

  [[nodiscard]] size_t rows() const { return slots_.size(); }
  [[nodiscard]] std::span<const Slot> slots() const { return slots_; }

  // Sets a column that compares candidates with each other (source_shares.h): one value per row.
  void set(std::string_view feature, std::vector<float> values);
  // Computes the named columns that are missing, by their definitions. Call set() for its columns first.
  void compute(std::span<const std::string_view> features, const RequestFacts& request);

  [[nodiscard]] bool has(std::string_view feature) const { return !columns_[index_of(feature)].empty(); }
  // One value per row; kFeatureUnknown where the value is unknown. The column must exist.
  [[nodiscard]] std::span<const float> column(std::string_view feature) const;

  // A row as it is logged: every streaming feature, see served_vector().
  [[nodiscard]] std::vector<float> logged_row(size_t row, const RequestFacts& request) const;

 private:
  [[nodiscard]] static size_t index_of(std::string_view feature);
  [[nodiscard]] SourceValues sources_of(size_t row) const;

  std::vector<Slot> slots_;
  std::vector<std::vector<float>> columns_ = std::vector<std::vector<float>>(streaming_features().size());
};

}  // namespace modiste
