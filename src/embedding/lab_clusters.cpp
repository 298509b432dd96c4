#include "embedding/lab_clusters.h"

#include <algorithm>
#include <limits>

namespace modiste {
namespace {

constexpr int kRoundsMax = 8;            // colours converge in a few rounds
constexpr float kSettledSquared = .25F;  // converged: no centre moved by half a unit, which is invisible
constexpr double kApartSquared = 4;      // colours nearer than two units count as the same

// Draws an index with probability in proportion to its mass.
size_t draw(std::span<const double> mass, double total, Rng& rng) {
  double left = rng.uniform() * total;
  for (size_t i = 0; i < mass.size(); ++i) {
    left -= mass[i];
    if (left < 0) return i;
  }
  return static_cast<size_t>(std::max_element(mass.begin(), mass.end()) - mass.begin());
}

std::vector<Lab> first_centres(std::span<const Lab> colours, std::span<const float> weights, size_t k,
                               Rng& rng) {
  std::vector<Lab> centres;
  std::vector<double> mass(weights.begin(), weights.end());
  std::vector<float> nearest(colours.size(), std::numeric_limits<float>::max());
  while (centres.size() < k) {
    double total = 0;
    for (const double m : mass) total += m;
    if (total <= 0) break;
    centres.push_back(colours[draw(mass, total, rng)]);
    for (size_t i = 0; i < colours.size(); ++i) {
      nearest[i] = std::min(nearest[i], distance_squared(colours[i], centres.back()));
      mass[i] = nearest[i] < kApartSquared ? 0 : static_cast<double>(weights[i] * nearest[i]);
    }
  }
  return centres;
}

void assign(std::span<const Lab> colours, LabClusters& clusters) {
  for (size_t i = 0; i < colours.size(); ++i) {
    float best = std::numeric_limits<float>::max();
    for (size_t c = 0; c < clusters.centres.size(); ++c) {
      const float distance = distance_squared(colours[i], clusters.centres[c]);
      if (distance >= best) continue;
      best = distance;
      clusters.nearest[i] = static_cast<uint8_t>(c);
    }
  }
}

// Moves each centre to its mean; returns the largest squared move.
float recentre(std::span<const Lab> colours, std::span<const float> weights, LabClusters& clusters) {
  std::vector<Lab> sums(clusters.centres.size());
  std::fill(clusters.mass.begin(), clusters.mass.end(), 0.0F);
  for (size_t i = 0; i < colours.size(); ++i) {
    Lab& sum = sums[clusters.nearest[i]];
    sum.l += weights[i] * colours[i].l;
    sum.a += weights[i] * colours[i].a;
    sum.b += weights[i] * colours[i].b;
    clusters.mass[clusters.nearest[i]] += weights[i];
  }
  float moved = 0;
  for (size_t c = 0; c < sums.size(); ++c) {
    if (clusters.mass[c] <= 0) continue;
    const Lab mean{sums[c].l / clusters.mass[c], sums[c].a / clusters.mass[c], sums[c].b / clusters.mass[c]};
    moved = std::max(moved, distance_squared(mean, clusters.centres[c]));
    clusters.centres[c] = mean;
  }
  return moved;
}

}  // namespace

LabClusters cluster_colours(std::span<const Lab> colours, std::span<const float> weights, size_t k,
                            Rng& rng) {
  CHECK(colours.size() == weights.size());
  CHECK(k > 0 && k <= kLabClustersMax);
  LabClusters clusters;
  clusters.centres = first_centres(colours, weights, k, rng);
  clusters.mass.resize(clusters.centres.size());
  clusters.nearest.resize(colours.size());
  if (clusters.centres.empty()) return clusters;
  for (int round = 0; round < kRoundsMax; ++round) {
    assign(colours, clusters);
    if (recentre(colours, weights, clusters) < kSettledSquared) break;
  }
  return clusters;
}

}  // namespace modiste
