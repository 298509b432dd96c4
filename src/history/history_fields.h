// The fields of an event that a column can fill. Internal to history.
#pragma once

#include <string_view>

namespace modiste {

enum class HistoryFieldKind { kText, kNumber, kTime };

struct HistoryField {
  std::string_view name;
  HistoryFieldKind kind = HistoryFieldKind::kText;
  std::string_view part = {};  // "context" or "body", when it is in there
};

[[nodiscard]] const HistoryField* find_history_field(std::string_view name);

}  // namespace modiste
