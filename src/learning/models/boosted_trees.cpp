#include "learning/models/boosted_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/check.h"

namespace modiste {
namespace {

// Gradient and hessian of each row, zero for the groups from `learned` on: trees do not see these. Answers
// their mean loss.
double choice_gradients(const ChoiceRows& rows, size_t learned, std::span<const float> values,
                        std::vector<float>& gradient, std::vector<float>& hessian) {
  double loss = 0;
  size_t begin = 0;
  for (size_t group = 0; group < rows.ends.size(); begin = rows.ends[group++]) {
    const std::span<const float> of_group = values.subspan(begin, rows.ends[group] - begin);
    const float most = *std::max_element(of_group.begin(), of_group.end());
    double sum = 0;
    for (const float value : of_group) sum += std::exp(value - most);
    loss += group < learned ? 0 : std::log(sum) - (values[rows.chosen[group]] - most);
    for (size_t i = begin; i < rows.ends[group]; ++i) {
      const auto p = static_cast<float>(std::exp(values[i] - most) / sum);
      gradient[i] = group < learned ? p - (i == rows.chosen[group] ? 1.0F : 0.0F) : 0;
      hessian[i] = group < learned ? std::max(p * (1 - p), 1e-6F) : 0;
    }
  }
  return loss / static_cast<double>(std::max<size_t>(1, rows.ends.size() - learned));
}

}  // namespace

void BoostedTrees::fit(const ChoiceRows& rows, const BoostedTreesOptions& options, const Progress& progress) {
  rounds_ = 0;
  CHECK(rows.rows() > 0 && rows.ends.back() == rows.rows() && rows.chosen.size() == rows.ends.size());
  const Booster::Setting settings[] = {{"tree_method", "hist"},
                                       {"base_score", "0"},
                                       {"max_depth", std::to_string(options.depth)},
                                       {"eta", fmt::format("{}", options.learning_rate)},
                                       {"min_child_weight", fmt::format("{}", options.child_weight_min)},
                                       {"lambda", fmt::format("{}", options.ridge)},
                                       {"subsample", fmt::format("{}", options.share_of_rows)},
                                       {"colsample_bytree", fmt::format("{}", options.share_of_columns)},
                                       {"seed", std::to_string(options.seed)},
                                       {"verbosity", "0"}};
  const auto booster =
      std::make_shared<Booster>(rows.values, rows.columns, std::numeric_limits<float>::quiet_NaN(), settings);
  std::vector<float> gradient(rows.rows()), hessian(rows.rows());
  const auto learned = static_cast<size_t>(static_cast<double>(rows.ends.size()) * (1 - options.share_kept));
  double least = std::numeric_limits<double>::infinity();
  for (size_t round = 0; round <= options.rounds && round <= rounds_ + options.patience; ++round) {
    const double loss = choice_gradients(rows, learned, booster->sums(), gradient, hessian);
    if (loss < least || learned == rows.ends.size()) least = loss, rounds_ = round;
    booster->boost(gradient, hessian);
    if (progress) progress(round, options.rounds);
  }
  rounds_ = std::max<size_t>(1, rounds_);
  // One query is a few hundred rows: a second thread costs more than it saves.
  booster->set({"nthread", "1"});
  booster->end_learning();
  bytes_ = booster->model("ubj").size();
  booster_ = booster;
}

std::vector<float> BoostedTrees::values(std::span<const float> rows, size_t columns) const {
  CHECK(booster_ != nullptr);
  return booster_->sums_of(rows, columns, rounds_);
}

}  // namespace modiste
