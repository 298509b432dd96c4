#include "ranking/exploration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace modiste {
namespace {

constexpr size_t kRateSteps = 64;  // of the integral over like rates

struct MeanRate {
  double rate = 0;
  explicit MeanRate(std::span<const GarmentTrials> garments) {
    // A shop without outcomes likes one in twenty, as much as twenty showings say.
    double positives = 1, impressions = 20;
    for (const GarmentTrials& one : garments) {
      positives += one.positives;
      impressions += std::max(one.impressions, one.positives);
    }
    rate = positives / impressions;
  }
};

// The posterior of a garment's like rate at the middles of kRateSteps equal steps, adding up to 1. The prior
// is the mean rate, as much as two showings say.
std::array<double, kRateSteps> posterior(const GarmentTrials& garment, double mean) {
  constexpr double kPrior = 2;
  const double positives = kPrior * mean + garment.positives;
  const double others = kPrior * (1 - mean) + std::max(0.0, garment.impressions - garment.positives);
  std::array<double, kRateSteps> density{};
  double largest = -1e300;
  for (size_t s = 0; s < kRateSteps; ++s) {
    const double rate = (static_cast<double>(s) + 0.5) / kRateSteps;
    density[s] = (positives - 1) * std::log(rate) + (others - 1) * std::log1p(-rate);
    largest = std::max(largest, density[s]);
  }
  double sum = 0;
  for (double& one : density) sum += one = std::exp(one - largest);
  for (double& one : density) one /= sum;
  return density;
}

std::vector<float> chances_to_be_best(std::span<const GarmentTrials> garments) {
  const double mean = MeanRate(garments).rate;
  std::vector<std::array<double, kRateSteps>> densities,
      logs_below;  // of the share at or below, half of the step
  std::array<double, kRateSteps> all{};
  for (const GarmentTrials& garment : garments) {
    const auto& density = densities.emplace_back(posterior(garment, mean));
    auto& logs = logs_below.emplace_back();
    double below = 0;
    for (size_t s = 0; s < kRateSteps; ++s) {
      logs[s] = std::log(std::max(1e-12, below + density[s] / 2));
      all[s] += logs[s];
      below += density[s];
    }
  }
  std::vector<double> chances(garments.size(), 0);
  for (size_t g = 0; g < garments.size(); ++g)
    for (size_t s = 0; s < kRateSteps; ++s)
      chances[g] += densities[g][s] * std::exp(all[s] - logs_below[g][s]);
  const double sum = std::accumulate(chances.begin(), chances.end(), 0.0);
  std::vector<float> weights;
  for (const double chance : chances)  // nobody is never shown
    weights.push_back(static_cast<float>(std::max(1e-6, sum > 0 ? chance / sum : 1)));
  return weights;
}

std::vector<float> by_upper_bounds(std::span<const GarmentTrials> garments) {
  double all = 1;
  for (const GarmentTrials& one : garments) all += std::max(one.impressions, one.positives);
  std::vector<double> bounds;
  for (const GarmentTrials& one : garments) {
    const double shown = std::max({one.impressions, one.positives, 1e-9});
    bounds.push_back(one.positives / shown + std::sqrt(2 * std::log(all) / shown));
  }
  std::vector<double> ordered = bounds;
  std::sort(ordered.begin(), ordered.end(), std::greater<>());
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  std::vector<float> weights;
  for (const double bound : bounds) {
    const auto rank = std::find(ordered.begin(), ordered.end(), bound) - ordered.begin();
    weights.push_back(std::max(1e-30F, std::pow(0.01F, static_cast<float>(rank))));
  }
  return weights;
}

}  // namespace

std::vector<float> exploration_weights(ExplorationDraw draw, std::span<const GarmentTrials> garments) {
  if (draw == ExplorationDraw::kThompson) return chances_to_be_best(garments);
  if (draw == ExplorationDraw::kUcb) return by_upper_bounds(garments);
  std::vector<float> weights;
  for (const GarmentTrials& one : garments) weights.push_back(one.is_new ? kNewExploreWeight : 1);
  return weights;
}

}  // namespace modiste
