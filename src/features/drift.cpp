#include "features/drift.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace modiste {
namespace {

// The known values, sorted.
std::vector<float> known(std::span<const float> values) {
  std::vector<float> sorted;
  for (const float value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// By linear interpolation between order statistics (type 7 of Hyndman & Fan 1996).
double quantile(std::span<const float> sorted, double q) {
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double low = static_cast<double>(sorted[below]), high = static_cast<double>(sorted[above]);
  return low + (high - low) * (place - static_cast<double>(below));
}

// Upper edges of all bins but the last; equal deciles make one bin, so a feature that is mostly 0 has few.
std::vector<float> decile_edges(std::span<const float> reference, size_t bins) {
  const auto sorted = known(reference);
  std::vector<float> edges;
  if (sorted.empty()) return edges;
  for (size_t i = 1; i < bins; ++i) edges.push_back(sorted[(i * sorted.size() - 1) / bins]);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

// Key of a value's bin; unknown has its own.
constexpr double kUnknownBin = -std::numeric_limits<double>::infinity();

std::map<double, double> shares(std::span<const float> values, std::span<const float> edges, bool by_value) {
  std::map<double, double> shares;
  const double each = 1 / static_cast<double>(values.size());
  for (const float value : values) {
    double bin = static_cast<double>(value);
    if (std::isnan(value))
      bin = kUnknownBin;
    else if (!by_value)
      bin = static_cast<double>(std::lower_bound(edges.begin(), edges.end(), value) - edges.begin());
    shares[bin] += each;
  }
  return shares;
}

}  // namespace

double population_stability(std::span<const float> reference, std::span<const float> latest, bool by_value,
                            const DriftOptions& options) {
  CHECK(!reference.empty() && !latest.empty());
  const auto edges = by_value ? std::vector<float>{} : decile_edges(reference, options.bins);
  auto expected = shares(reference, edges, by_value);
  auto actual = shares(latest, edges, by_value);
  for (const auto& [bin, share] : actual) expected.try_emplace(bin, 0.0);
  double psi = 0;
  for (const auto& [bin, share] : expected) {
    const double q = std::max(options.epsilon, share);
    const double p = std::max(options.epsilon, actual[bin]);
    psi += (p - q) * std::log(p / q);
  }
  return psi;
}

FeatureDrift drift_of(const FeatureDefinition& feature, std::vector<float> reference,
                      std::vector<float> latest, const DriftOptions& options) {
  FeatureDrift drift;
  drift.feature = feature.name;
  drift.reference = reference.size();
  drift.latest = latest.size();
  const auto sorted = known(latest);
  if (!latest.empty())
    drift.unknown_share = 1 - static_cast<double>(sorted.size()) / static_cast<double>(latest.size());
  if (!sorted.empty())
    for (const double q : kDriftQuantiles) drift.quantiles.push_back(quantile(sorted, q));
  if (std::min(reference.size(), latest.size()) < options.values_min) return drift;
  drift.psi = population_stability(reference, latest, feature.type != FeatureType::kNumber, options);
  drift.verdict = *drift.psi < options.watch ? DriftVerdict::kStable
                  : *drift.psi < options.act ? DriftVerdict::kWatch
                                             : DriftVerdict::kAct;
  return drift;
}

}  // namespace modiste
