// All sizes, and for each chart the rows they stand in: sizes of a row fit the same body.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vocabulary/size.h"
#include "vocabulary/size_tables.h"

namespace modiste {

// Immutable after construction: any thread may read.
class SizeCharts {
 public:
  static const SizeCharts& instance();

  [[nodiscard]] std::span<const Size> sizes() const { return sizes_; }
  [[nodiscard]] std::optional<SizeId> find(SizeSystem system, std::string_view name) const;
  [[nodiscard]] const std::vector<std::vector<SizeId>>& rows(SizeChart chart) const {
    return rows_[static_cast<size_t>(chart)];
  }

 private:
  SizeCharts();
  void add(SizeSystem system, std::string name);
  void add_range(SizeSystem system, double from, double to, double step);
  void add_adult_sizes();
  void add_child_sizes();
  void add_to_row(std::vector<SizeId>& row, SizeSystem system, std::string_view names) const;
  void add_clothes_rows(SizeChart chart, std::span<const size_tables::ClothesRow> lines);
  void add_shoe_rows(SizeChart chart, const size_tables::ShoeRule& rule);
  void add_child_rows();
  void add_child_shoe_rows();
  void put(SizeChart chart, size_t row, SizeSystem system, std::string_view name);

  std::vector<Size> sizes_;
  std::unordered_map<std::string, SizeId> ids_;
  std::array<std::vector<std::vector<SizeId>>, kSizeChartCount> rows_;
};

// 7 -> "7", 7.5 -> "7.5".
[[nodiscard]] std::string size_number(double value);
// Parts between separators, without empty ones.
[[nodiscard]] std::vector<std::string> size_parts(std::string_view text, char separator);
// The name of an age: months 3 to 6 -> "3-6M", years 4 to 4 -> "4Y".
[[nodiscard]] std::string age_name(int from, int to, bool years);

}  // namespace modiste
