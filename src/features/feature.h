// The features of shoppers, garments, pairs of both, and the moment: one definition each, used for serving,
// training and reports.
//
// A streaming feature is a function of what the shop holds in memory when it answers. Its value is logged
// with the answer, and training reads the logged value; it never computes the value again. A daily feature is
// an SQL expression over the events (feature_sql.h), computed as of a time: of the run for the tables, of
// the impression for training rows.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "features/feature_input.h"

namespace modiste {

enum class FeatureType : uint8_t { kNumber, kFlag, kCategory };
template <>
struct EnumNames<FeatureType> {
  static constexpr std::array<std::string_view, 3> kNames{"number", "flag", "category"};
};

enum class FeatureEntity : uint8_t { kShopper, kGarment, kPair, kContext };
template <>
struct EnumNames<FeatureEntity> {
  static constexpr std::array<std::string_view, 4> kNames{"shopper", "garment", "pair", "context"};
};

enum class Freshness : uint8_t { kStreaming, kDaily };
template <>
struct EnumNames<Freshness> {
  static constexpr std::array<std::string_view, 2> kNames{"streaming", "daily"};
};

struct FeatureDefinition {
  std::string name;  // never reused: a changed meaning gets a new name
  std::string doc;
  FeatureType type{};
  FeatureEntity entity{};
  std::string window;  // period it covers: "7 days", "session", "style" (all time, decayed), "now"
  Freshness freshness{};
  std::string lineage;  // what it is computed from
  // Streaming features only; NaN: unknown. Drift is measured in bins of the reference's deciles for numbers,
  // by value for flags and categories.
  double (*compute)(const FeatureInput&) = nullptr;
  std::string sql;                      // daily features only: an expression, see feature_sql.h
  std::vector<std::string> categories;  // of a category: the names of its values 0, 1, ...
};

// All features, the streaming ones first, in the order of logged vectors.
[[nodiscard]] std::span<const FeatureDefinition> all_features();
[[nodiscard]] std::span<const FeatureDefinition> streaming_features();
[[nodiscard]] std::vector<const FeatureDefinition*> daily_features(FeatureEntity entity);
[[nodiscard]] const FeatureDefinition* find_feature(std::string_view name);

// Identifies the features of a logged vector: a hash of the streaming names in their order, of 24 bits, so
// that a float holds it exactly.
[[nodiscard]] uint32_t feature_set();

// In the log an unknown value is this number, because JSON has no NaN.
inline constexpr float kFeatureUnknown = -1e6F;

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// The vector to log: feature_set(), then the streaming features in order.
[[nodiscard]] std::vector<float> served_vector(const FeatureInput& input);

}  // namespace modiste
