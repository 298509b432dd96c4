#include "storage/event_log/answer_columns.h"

#include <algorithm>

namespace modiste {

std::optional<AnswerColumns> columns_of(const std::vector<ShownItem>& items) {
  if (items.empty()) return std::nullopt;
  AnswerColumns columns;
  columns.features.resize(items.front().features.size());
  for (const ShownItem& item : items) {
    const auto place = static_cast<size_t>(item.position);
    if (place != columns.garment_id.size() || item.features.size() != columns.features.size() ||
        !item.also_known_as.empty())
      return std::nullopt;
    columns.garment_id.push_back(item.garment_id);
    columns.colour.push_back(item.colour);
    columns.propensity.push_back(item.propensity);
    for (size_t f = 0; f < item.features.size(); ++f) columns.features[f].push_back(item.features[f]);
  }
  for (auto& column : columns.features)
    if (std::all_of(column.begin(), column.end(), [&](float value) { return value == column.front(); }))
      column.resize(1);
  return columns;
}

std::optional<std::vector<ShownItem>> items_of(const AnswerColumns& columns) {
  const size_t count = columns.garment_id.size();
  if (columns.colour.size() != count || columns.propensity.size() != count) return std::nullopt;
  for (const auto& column : columns.features)
    if (column.size() != count && column.size() != 1) return std::nullopt;
  std::vector<ShownItem> items(count);
  for (size_t i = 0; i < count; ++i) {
    items[i] = {columns.garment_id[i], columns.colour[i], static_cast<int>(i), columns.propensity[i]};
    for (const auto& column : columns.features)
      items[i].features.push_back(column[column.size() == 1 ? 0 : i]);
  }
  return items;
}

}  // namespace modiste
