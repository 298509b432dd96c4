#include "learning/evaluation/occasion_scores.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

constexpr size_t kOccasionBands = 10;
constexpr double kFloor = 1e-9;  // of a probability: what was held for impossible costs 20 nats, not all

}  // namespace

TestedOccasions test_occasions(std::string name, std::span<const OccasionExample> examples,
                               const GuessOccasions& guess) {
  TestedOccasions tested{{std::move(name)}, std::vector<ContextBand>(kOccasionBands), {}, {}};
  const auto count = static_cast<double>(examples.size());
  for (const auto& example : examples) {
    const OccasionVector p = guess(example.clues);
    const auto likeliest = static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    const auto truth = static_cast<size_t>(example.said);
    const double loss = -std::log(std::max(p[truth], kFloor));
    tested.scores.log_loss += loss / count;
    tested.losses.push_back(static_cast<float>(loss));
    ContextBand& band =
        tested.bands[std::min(kOccasionBands - 1, static_cast<size_t>(p[likeliest] * kOccasionBands))];
    ++band.count;
    band.confidence += p[likeliest];
    band.accuracy += likeliest == truth ? 1 : 0;
    for (size_t o = 0; o < kOccasionCount; ++o) tested.guessed[o] += p[o] / count;
  }
  for (auto& band : tested.bands) {
    if (band.count == 0) continue;
    tested.scores.accuracy += band.accuracy / count;
    tested.scores.calibration_error += std::abs(band.confidence - band.accuracy) / count;
    band.confidence /= static_cast<double>(band.count);
    band.accuracy /= static_cast<double>(band.count);
  }
  return tested;
}

OccasionVector said_shares(std::span<const OccasionExample> examples) {
  OccasionVector shares{};
  for (const auto& example : examples) shares[static_cast<size_t>(example.said)] += example.weight;
  normalise_shares(shares);
  return shares;
}

double weight_at_age(double age_days, double half_life_days) { return std::exp2(-age_days / half_life_days); }

}  // namespace modiste
