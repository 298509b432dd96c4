#include "features/feature_sql.h"

#include <fmt/format.h>

namespace modiste {

std::string daily_features_sql(FeatureEntity entity, std::string_view facts, std::string_view asks) {
  std::string columns, windows;
  for (const FeatureDefinition* feature : daily_features(entity))
    columns += fmt::format(", {} AS {}", feature->sql, feature->name);
  for (const int days : {1, 7, 30})
    windows += fmt::format(
        "{}days_{} AS (PARTITION BY entity ORDER BY known_at RANGE BETWEEN INTERVAL {} DAY PRECEDING AND "
        "INTERVAL 1 MICROSECOND PRECEDING)",
        windows.empty() ? "" : ", ", days, days);
  return fmt::format(
      "SELECT * EXCLUDE (is_ask) FROM (SELECT entity, known_at AS as_of, is_ask{} FROM "
      "(SELECT entity, known_at, type, false AS is_ask FROM {} UNION ALL "
      "SELECT entity, as_of, NULL, true FROM {}) WINDOW {}) WHERE is_ask",
      columns, facts, asks, windows);
}

}  // namespace modiste
