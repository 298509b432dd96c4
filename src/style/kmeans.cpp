#include "style/kmeans.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace modiste {
namespace {

// Draws a row with probability in proportion to its distance.
size_t draw(const std::vector<double>& distance, double total, Rng& rng) {
  double at = rng.uniform() * total;
  size_t chosen = 0;
  while (chosen + 1 < distance.size() && at >= distance[chosen]) at -= distance[chosen++];
  return chosen;
}

// D^2 sampling: a row becomes the next seed with probability in proportion to its squared distance to the
// seeds so far; of a few rows drawn in this way, the one that reduces the total distance most is taken (the
// paper's greedy variant).
std::vector<Vector> seeds(const Rows& rows, size_t count, Rng& rng) {
  const size_t draws = 2 + static_cast<size_t>(std::log(static_cast<double>(count)));
  std::vector<Vector> centres;
  std::vector<double> distance(rows.size(), std::numeric_limits<double>::infinity());
  double total = std::numeric_limits<double>::infinity();
  while (centres.size() < count) {
    double best_total = std::numeric_limits<double>::infinity();
    std::vector<double> best_distance;
    size_t best = 0;
    for (size_t tried = 0; tried < (centres.empty() ? 1 : draws); ++tried) {
      const size_t chosen = centres.empty() ? rng.below(rows.size()) : draw(distance, total, rng);
      std::vector<double> left(rows.size());
      double sum = 0;
      for (size_t i = 0; i < rows.size(); ++i)
        sum += left[i] =
            std::min(distance[i], static_cast<double>(squared_distance(rows.row(i), rows.row(chosen))));
      if (sum < best_total || best_distance.empty())
        best_total = sum, best_distance = std::move(left), best = chosen;
    }
    const auto row = rows.row(best);
    centres.emplace_back(row.begin(), row.end());
    distance = std::move(best_distance);
    total = best_total;
    if (total <= 0) centres.resize(count, centres.back());  // fewer distinct rows than clusters
  }
  return centres;
}

// Fills nearest and spread; returns each row's distance.
std::vector<float> assign(const Rows& rows, KMeans& model) {
  std::vector<float> squares, distance(rows.size());
  for (const auto& centre : model.centres) squares.push_back(dot(centre, centre));
  model.nearest.resize(rows.size());
  double sum = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto row = rows.row(i);
    float best = std::numeric_limits<float>::infinity();
    for (size_t k = 0; k < model.centres.size(); ++k) {
      const float away = squares[k] - 2 * dot(model.centres[k], row);
      if (away < best) best = away, model.nearest[i] = static_cast<uint16_t>(k);
    }
    distance[i] = std::max(0.0F, best + dot(row, row));
    sum += static_cast<double>(distance[i]);
  }
  model.spread = sum / static_cast<double>(rows.size());
  return distance;
}

// Moves centres to the means of their rows; a centre without rows moves to the row that is farthest
// from its own centre.
void move_centres(const Rows& rows, std::vector<float>& distance, KMeans& model) {
  std::vector<size_t> counts(model.centres.size());
  for (auto& centre : model.centres) std::fill(centre.begin(), centre.end(), 0.0F);
  for (size_t i = 0; i < rows.size(); ++i) {
    add_scaled(model.centres[model.nearest[i]], rows.row(i), 1.0F);
    ++counts[model.nearest[i]];
  }
  for (size_t k = 0; k < model.centres.size(); ++k) {
    if (counts[k] > 0) {
      for (float& value : model.centres[k]) value /= static_cast<float>(counts[k]);
      continue;
    }
    const auto farthest = std::max_element(distance.begin(), distance.end());
    const auto row = rows.row(static_cast<size_t>(farthest - distance.begin()));
    model.centres[k].assign(row.begin(), row.end());
    *farthest = 0;
  }
}

}  // namespace

float squared_distance(std::span<const float> a, std::span<const float> b) {
  // Independent sums, as in dot(): seeding spends nearly all of its time here.
  constexpr size_t kLanes = 16;
  float lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes)
    for (size_t lane = 0; lane < kLanes; ++lane) {
      const float away = a[i + lane] - b[i + lane];
      lanes[lane] += away * away;
    }
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

KMeans k_means_from(const Rows& rows, std::vector<Vector> centres, const KMeansOptions& options) {
  CHECK(rows.size() > 0 && !centres.empty());
  KMeans model{std::move(centres), {}, 0};
  auto distance = assign(rows, model);
  for (size_t turn = 0; turn < options.turns_max; ++turn) {
    const double before = model.spread;
    move_centres(rows, distance, model);
    distance = assign(rows, model);
    if (before - model.spread <= options.improvement_min * before) break;
  }
  return model;
}

KMeans k_means(const Rows& rows, size_t count, const KMeansOptions& options, Rng& rng) {
  CHECK(count >= 1 && count <= rows.size() && options.restarts >= 1);
  KMeans best;
  for (size_t i = 0; i < options.restarts; ++i) {
    KMeans tried = k_means_from(rows, seeds(rows, count, rng), options);
    if (i == 0 || tried.spread < best.spread) best = std::move(tried);
  }
  return best;
}

}  // namespace modiste
