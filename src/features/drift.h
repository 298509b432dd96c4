// Measures how far a feature's values have moved from a reference: the population stability index (Siddiqi,
// Credit Risk Scorecards, 2006, ch. 9; also the source of the thresholds).
//
//   PSI = sum over bins (p - q) * ln(p / q)     p: share of the latest values, q: of the reference's
//
// Bins are the reference's deciles for numbers, single values for flags and categories, and one more for
// unknown. Values of a shopper or a request are the same for all garments of an answer, so they count once an
// answer: twenty copies of a value are one observation. Without a change PSI is about (bins - 1) * (1/n +
// 1/m) (Yurdakul & Naranjo 2020): with fewer than values_min values PSI would mostly measure noise, so it is
// then absent.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/feature.h"

namespace modiste {

struct DriftOptions {
  size_t bins = 10;
  double epsilon = 1e-4;    // least share of a bin: an empty one would be infinite
  size_t values_min = 500;  // independent ones, in either window: noise is then below 0.04
  double watch = 0.1;       // below it: no change
  double act = 0.25;        // above it: do not trust a model trained on the reference
  int reference_days = 28;  // before the latest window
  int latest_days = 7;      // before the time of the report
};

enum class DriftVerdict : uint8_t { kTooFew, kStable, kWatch, kAct };
template <>
struct EnumNames<DriftVerdict> {
  static constexpr std::array<std::string_view, 4> kNames{"too_few", "stable", "watch", "act"};
};

struct FeatureDrift {
  std::string feature;
  uint64_t reference = 0, latest = 0;  // values, unknown ones too
  double unknown_share = 0;            // of the latest
  std::vector<double> quantiles;       // of the latest known values: 0, 5, 25, 50, 75, 95, 100 percent
  std::optional<double> psi;           // absent: too few values
  DriftVerdict verdict{};
};

struct DriftReport {
  int version = 1;
  TimePoint as_of{};
  uint64_t feature_set = 0;
  std::vector<FeatureDrift> features;
};

inline constexpr std::array<double, 7> kDriftQuantiles{0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

// Whether all garments of an answer have the same value.
[[nodiscard]] inline bool is_of_answer(const FeatureDefinition& feature) {
  return feature.entity == FeatureEntity::kShopper || feature.entity == FeatureEntity::kContext;
}

// NaN is unknown. by_value: flags and categories.
[[nodiscard]] double population_stability(std::span<const float> reference, std::span<const float> latest,
                                          bool by_value, const DriftOptions& options);
[[nodiscard]] FeatureDrift drift_of(const FeatureDefinition& feature, std::vector<float> reference,
                                    std::vector<float> latest, const DriftOptions& options);

template <>
struct Contract<FeatureDrift> {
  static constexpr std::string_view kName = "FeatureDrift";
  static constexpr std::string_view kDoc = "Drift of one feature.";
  static constexpr auto kFields = Fields{
      field("feature", &FeatureDrift::feature, {.doc = "Name of the feature", .required = true}),
      field("reference", &FeatureDrift::reference,
            {.doc = "Number of values in the reference window", .required = true}),
      field("latest", &FeatureDrift::latest,
            {.doc = "Number of values in the latest window", .required = true}),
      field("unknown_share", &FeatureDrift::unknown_share,
            {.doc = "Share of unknown values in the latest window", .required = true}),
      field("quantiles", &FeatureDrift::quantiles,
            {.doc = "Quantiles of the latest window: 0, 5, 25, 50, 75, 95, 100 percent; empty without known "
                    "values",
             .required = true}),
      field("psi", &FeatureDrift::psi, {.doc = "Population stability index; absent: too few values"}),
      field("verdict", &FeatureDrift::verdict, {.doc = "Verdict", .required = true})};
};

template <>
struct Contract<DriftReport> {
  static constexpr std::string_view kName = "DriftReport";
  static constexpr std::string_view kDoc = "Drift of the served features.";
  static constexpr auto kFields = Fields{
      field("version", &DriftReport::version, {.doc = "Version of this file's format", .required = true}),
      field("as_of", &DriftReport::as_of, {.doc = "End of the latest window", .required = true}),
      field("feature_set", &DriftReport::feature_set,
            {.doc = "Feature set of the vectors", .required = true}),
      field("features", &DriftReport::features, {.doc = "Streaming features, in order", .required = true})};
};

}  // namespace modiste
