// How much of the harm of position bias a correction undoes, where the bias and the true order are known.
//
// Garments have six features; how likely a shopper wants one, and keeps it then, are known functions of them.
// A logging ranker that knows a part of the features fills pages of 20, a tenth of the places by chance with
// exact propensities. A shopper looks at position p, from 0, with probability (1 + p)^-eta, buys what they
// look at and want, and sends back what they do not keep. Rankers are trained on what was kept:
//   naive             no correction
//   weights, offsets  the ways of train_ranker.h, eta as estimate_position_bias finds it
//   weights, true eta, half of it, half more  with eta stated, rightly or wrongly
//   pairs             the same with offsets learned beside the trees
//   full              on choices without position bias: what a correction can reach at most
// Judged on fresh pages: by Kendall's tau of a ranker's order against the true one, and by what is kept when
// the pages stand in that order, under the same bias, as a share of what the true order would sell.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/ranker/train_ranker.h"

namespace modiste {

struct DebiasingOptions {
  std::vector<double> etas{0.5, 1, 1.5};
  size_t seeds = 10;
  size_t pages = 2'000, pages_judged = 200;
  uint64_t seed = 7;
};

struct DebiasedRanker {
  std::string name;
  double eta = 0;                 // that was used, mean of the seeds; 0: none
  std::vector<double> tau, kept;  // by seed
  Interval tau_gain, kept_gain;   // over naive, paired by seed, 95%
  double recovered = 0;           // of the way of tau from naive to full, by the means
};

struct DebiasingReport {
  struct Bias {
    double eta = 0;
    std::vector<DebiasedRanker> rankers;  // naive first, full last
  };
  std::vector<Bias> biases;
};

// Kendall's tau-a of two series of equal length: the share of pairs in the same order minus that in the
// other.
[[nodiscard]] double kendall_tau(std::span<const float> a, std::span<const float> b);

// Deterministic in the options. done: rankers trained.
Result<DebiasingReport> study_debiasing(const DebiasingOptions& options,
                                        const std::function<void(size_t done, size_t total)>& progress = {});

[[nodiscard]] json::value to_report_json(const DebiasingReport& report, const DebiasingOptions& options);

}  // namespace modiste
