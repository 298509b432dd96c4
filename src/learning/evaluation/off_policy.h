// What a policy would have earned, from the log of another one whose chances are known (Dudik et al. 2011;
// names as in the Open Bandit Pipeline):
//
//   w_t  = pi(a_t | x_t) / pi_logged(a_t | x_t)
//   IPS   mean of w_t r_t
//   SNIPS sum of w_t r_t / sum of w_t                                        (Swaminathan, Joachims 2015)
//   DM    mean of sum over a of pi(a | x_t) q(x_t, a)
//   DR    mean of DM's term + w_t (r_t - q(x_t, a_t))
//
// What the policy would show and the log never did, or not at that position, counts 0 in IPS and DR, and
// SNIPS is the value of the rest: `unsupported` says how much of the policy that is.
//
// q is what a reward model expects. Effective sample: (sum of w)^2 / sum of w^2 (Kish 1965).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/datasets/policy_log.h"
#include "learning/evaluation/bootstrap.h"

namespace modiste {

struct OffPolicyOptions {
  size_t resamples = 1'000;      // of the bootstrap
  double prior_decisions = 100;  // with which the built-in reward model pulls an item towards the mean of all
  double effective_share_min = 0.05;  // of the decisions; below: a warning
  double effective_min = 500;
  double unsupported_max = 0.01;  // of the policy's probability; above: a warning
  uint64_t seed = 7;
};

struct PolicyEstimate {
  std::string name;
  Interval value;
};

struct OffPolicyReport {
  size_t decisions = 0;
  double logged_value = 0;  // mean reward of the policy that was logged
  double effective_sample = 0;
  double weight_max = 0, weight_mean = 0;  // the mean is about 1 where everything is supported
  // Of the policy's probability, at the positions as often as they are in the log: on items that the log
  // never showed at the position.
  double unsupported = 0;
  std::vector<PolicyEstimate> estimates;  // ips, snips, dm, dr
  std::vector<std::string> warnings;
};

// Mean reward of an item at a position, pulled towards that of the item, and this towards that of all. Two
// tables of drawn halves: each decision is judged by the one that has not seen it. (Even and odd decisions
// would be odd and even positions in a log of answers of two.)
struct RewardModel {
  std::vector<PositionTable> tables;
  std::vector<uint8_t> table_of = {};  // by decision; empty: the first
  [[nodiscard]] size_t number_of(size_t decision) const { return table_of.empty() ? 0 : table_of[decision]; }
  [[nodiscard]] const PositionTable& of(size_t decision) const { return tables[number_of(decision)]; }
};
[[nodiscard]] RewardModel fit_reward_model(const PolicyLog& log, const OffPolicyOptions& options);

[[nodiscard]] OffPolicyReport evaluate_policy(const PolicyLog& log, const PositionTable& policy,
                                              const RewardModel& rewards,
                                              const OffPolicyOptions& options = {});

[[nodiscard]] json::value to_report_json(const OffPolicyReport& report);
[[nodiscard]] std::string to_report_text(const OffPolicyReport& report);

}  // namespace modiste
