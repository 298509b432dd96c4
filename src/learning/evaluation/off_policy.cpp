#include "learning/evaluation/off_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

// What one decision adds to each estimate.
struct RoundTerms {
  double weight = 0, ips = 0, direct = 0, doubly_robust = 0;
};

std::vector<RoundTerms> terms_of(const PolicyLog& log, const PositionTable& policy,
                                 const RewardModel& rewards) {
  // Of each table and position: the policy's mean of what the model expects.
  std::vector<std::vector<double>> expected;
  for (const PositionTable& table : rewards.tables) {
    auto& of_table = expected.emplace_back(log.positions, 0);
    for (size_t position = 0; position < log.positions; ++position)
      for (size_t item = 0; item < log.items; ++item)
        of_table[position] += policy.at(item, position) * table.at(item, position);
  }
  std::vector<RoundTerms> terms;
  for (size_t i = 0; i < log.decisions.size(); ++i) {
    const LoggedDecision& decision = log.decisions[i];
    RoundTerms& term = terms.emplace_back();
    term.weight = policy.at(decision.item, decision.position) / decision.propensity;
    term.ips = term.weight * decision.reward;
    term.direct = expected[rewards.number_of(i)][decision.position];
    const double predicted = rewards.of(i).at(decision.item, decision.position);
    term.doubly_robust = term.direct + term.weight * (decision.reward - predicted);
  }
  return terms;
}

double mean_of(const std::vector<double>& values) {
  return values.empty()
             ? 0
             : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

struct RewardSum {
  double reward = 0, decisions = 0;
  void add(double of_one) { reward += of_one, ++decisions; }
  [[nodiscard]] double pulled(double prior, double to) const {
    return (reward + prior * to) / (decisions + prior);
  }
};

double unsupported_of(const PolicyLog& log, const PositionTable& policy) {
  PositionTable shown(log.items, log.positions);
  std::vector<double> decisions(log.positions, 0), supported(log.positions, 0);
  for (const LoggedDecision& decision : log.decisions) {
    shown.at(decision.item, decision.position) = 1;
    ++decisions[decision.position];
  }
  double all = 0;
  for (size_t position = 0; position < log.positions; ++position) {
    for (size_t item = 0; item < log.items; ++item)
      supported[position] += policy.at(item, position) * shown.at(item, position);
    all += decisions[position] * std::max(0.0, 1 - supported[position]);
  }
  return log.decisions.empty() ? 0 : all / static_cast<double>(log.decisions.size());
}

void add_warnings(const OffPolicyOptions& options, OffPolicyReport& report) {
  const auto decisions = static_cast<double>(report.decisions);
  if (report.effective_sample < options.effective_min ||
      report.effective_sample < options.effective_share_min * decisions)
    report.warnings.push_back(fmt::format(
        "the effective sample is {:.0f} of {} decisions: the policies are too different for this log to "
        "judge one by the other",
        report.effective_sample, report.decisions));
  if (report.unsupported > options.unsupported_max)
    report.warnings.push_back(fmt::format(
        "{:.1f}% of what the policy shows was never logged at its position: ips and dr count 0 for it, and "
        "snips is the value of the rest",
        100 * report.unsupported));
}

}  // namespace

RewardModel fit_reward_model(const PolicyLog& log, const OffPolicyOptions& options) {
  RewardModel model;
  Rng rng(mix64(options.seed));
  for (size_t i = 0; i < log.decisions.size(); ++i)
    model.table_of.push_back(static_cast<uint8_t>(rng.below(2)));
  for (size_t half = 0; half < 2; ++half) {
    RewardSum all;
    std::vector<RewardSum> of_item(log.items), of_place(log.items * log.positions);
    for (size_t i = 0; i < log.decisions.size(); ++i) {
      if (model.table_of[i] == half) continue;
      const LoggedDecision& decision = log.decisions[i];
      all.add(decision.reward);
      of_item[decision.item].add(decision.reward);
      of_place[decision.item * log.positions + decision.position].add(decision.reward);
    }
    const double mean = all.pulled(1, 0), prior = options.prior_decisions;
    PositionTable& table = model.tables.emplace_back(log.items, log.positions);
    for (size_t item = 0; item < log.items; ++item)
      for (size_t position = 0; position < log.positions; ++position)
        table.at(item, position) =
            of_place[item * log.positions + position].pulled(prior, of_item[item].pulled(prior, mean));
  }
  return model;
}

OffPolicyReport evaluate_policy(const PolicyLog& log, const PositionTable& policy, const RewardModel& rewards,
                                const OffPolicyOptions& options) {
  const auto terms = terms_of(log, policy, rewards);
  OffPolicyReport report;
  report.decisions = terms.size();
  double weights = 0, squares = 0;
  for (const RoundTerms& term : terms) {
    weights += term.weight;
    squares += term.weight * term.weight;
    report.weight_max = std::max(report.weight_max, term.weight);
  }
  report.effective_sample = squares > 0 ? weights * weights / squares : 0;
  const double mean_weight = terms.empty() ? 0 : weights / static_cast<double>(terms.size());
  report.weight_mean = mean_weight;
  report.unsupported = unsupported_of(log, policy);
  std::vector<double> logged;
  for (const LoggedDecision& decision : log.decisions) logged.push_back(decision.reward);
  report.logged_value = mean_of(logged);
  std::vector<std::vector<float>> series;
  const auto add = [&](std::string name, const auto& value) {
    std::vector<double> values;
    for (const RoundTerms& term : terms) values.push_back(value(term));
    series.emplace_back(values.begin(), values.end());
    report.estimates.push_back({std::move(name), {mean_of(values), 0, 0}});
  };
  add("ips", [](const RoundTerms& of) { return of.ips; });
  add("snips", [&](const RoundTerms& of) { return mean_weight > 0 ? of.ips / mean_weight : 0; });
  add("dm", [](const RoundTerms& of) { return of.direct; });
  add("dr", [](const RoundTerms& of) { return of.doubly_robust; });
  auto intervals = bootstrap(series, options.resamples, options.seed);
  // The weights are drawn with the rewards that they divide.
  std::vector<float> drawn_weights;
  for (const RoundTerms& term : terms) drawn_weights.push_back(static_cast<float>(term.weight));
  constexpr size_t kIps = 0, kSnips = 1;
  intervals[kSnips] = bootstrap_ratio(series[kIps], drawn_weights, options.resamples, options.seed);
  for (size_t i = 0; i < intervals.size(); ++i) {
    report.estimates[i].value.low = intervals[i].low;
    report.estimates[i].value.high = intervals[i].high;
  }
  add_warnings(options, report);
  return report;
}

json::value to_report_json(const OffPolicyReport& report) {
  json::object estimates;
  for (const PolicyEstimate& estimate : report.estimates)
    estimates[estimate.name] = json::object{
        {"value", estimate.value.mean}, {"low", estimate.value.low}, {"high", estimate.value.high}};
  json::array warnings;
  for (const std::string& warning : report.warnings) warnings.emplace_back(warning);
  return json::object{{"decisions", report.decisions},
                      {"logged_value", report.logged_value},
                      {"effective_sample", report.effective_sample},
                      {"weight_max", report.weight_max},
                      {"weight_mean", report.weight_mean},
                      {"unsupported", report.unsupported},
                      {"estimates", std::move(estimates)},
                      {"warnings", std::move(warnings)}};
}

std::string to_report_text(const OffPolicyReport& report) {
  std::string text = fmt::format(
      "{} decisions, effective sample {:.0f}, greatest weight {:.1f}, mean {:.3f}\nlogged policy: "
      "{:.6f}\n\n{:<8} {:>10} {:>22}\n",
      report.decisions, report.effective_sample, report.weight_max, report.weight_mean, report.logged_value,
      "", "value", "95%");
  for (const PolicyEstimate& estimate : report.estimates)
    text += fmt::format("{:<8} {:>10.6f} {:>10.6f} to {:.6f}\n", estimate.name, estimate.value.mean,
                        estimate.value.low, estimate.value.high);
  for (const std::string& warning : report.warnings) text += "Warning: " + warning + ".\n";
  return text;
}

}  // namespace modiste
