// Weighted k-means of colours in CIELAB (Lloyd 1982, seeded by k-means++, Arthur & Vassilvitskii 2007).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "embedding/lab.h"

namespace modiste {

struct LabClusters {
  std::vector<Lab> centres;      // at most k; fewer when there are fewer colours
  std::vector<float> mass;       // sum of weights, by centre
  std::vector<uint8_t> nearest;  // index of the centre, by colour
};

inline constexpr size_t kLabClustersMax = 32;

// weights: one per colour, not negative. Without colours or weight there are no centres.
[[nodiscard]] LabClusters cluster_colours(std::span<const Lab> colours, std::span<const float> weights,
                                          size_t k, Rng& rng);

}  // namespace modiste
