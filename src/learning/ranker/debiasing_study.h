// How much of the harm of position bias the correction undoes, where the bias and the true order are known.
//
// Garments have six features; how likely a shopper wants one is a known function of them. A logging ranker
// that knows half of it fills pages of 20, a tenth of the places by chance with exact propensities. A wanted
// garment at position p is chosen with probability (1 + p)^-eta. Rankers are trained on what was chosen:
//   naive       no correction
//   estimated   eta as estimate_position_bias finds it
//   half, more  eta misstated: a half of the true one, and half as much again
//   full        on choices without position bias: what the correction can reach at most
// Each is judged by Kendall's tau of its order against the true one, over fresh pages.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/ranker/train_ranker.h"

namespace modiste {

struct DebiasingOptions {
  std::vector<double> etas{0.5, 1, 1.5};
  size_t seeds = 10;
  size_t pages = 3'000, pages_judged = 200;
  uint64_t seed = 7;
};

struct DebiasedRanker {
  std::string name;
  std::vector<double> tau;        // by seed
  std::vector<double> recovered;  // of the way from naive to full, by seed
  double eta = 0;                 // that was used, mean of the seeds
};

struct DebiasingReport {
  struct Bias {
    double eta = 0;
    std::vector<DebiasedRanker> rankers;
  };
  std::vector<Bias> biases;
};

// Kendall's tau-a of two series of equal length: the share of pairs in the same order minus that in the
// other.
[[nodiscard]] double kendall_tau(std::span<const float> a, std::span<const float> b);

Result<DebiasingReport> study_debiasing(const DebiasingOptions& options,
                                        const std::function<void(size_t done, size_t total)>& progress = {});

[[nodiscard]] json::value to_report_json(const DebiasingReport& report, const DebiasingOptions& options);

}  // namespace modiste
