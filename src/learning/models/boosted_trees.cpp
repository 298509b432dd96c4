#include "learning/models/boosted_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/check.h"

namespace modiste {
namespace {

// Its calls fail for wrong arguments only: our bug.
void tree_call(int answer) {
  if (answer != 0) fmt::print(stderr, "{}\n", XGBGetLastError());
  CHECK(answer == 0);
}

using BoosterSetting = std::pair<const char*, std::string>;

void set_all(BoosterHandle booster, std::span<const BoosterSetting> settings) {
  for (const auto& [name, value] : settings) tree_call(XGBoosterSetParam(booster, name, value.c_str()));
}

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
  DMatrixHandle made = nullptr;
  tree_call(XGDMatrixCreateFromMat(rows.values.data(), rows.rows(), rows.columns,
                                   std::numeric_limits<float>::quiet_NaN(), &made));
  const std::shared_ptr<void> matrix(made, [](void* handle) { XGDMatrixFree(handle); });
  BoosterHandle booster = nullptr;
  const DMatrixHandle cached[] = {made};
  tree_call(XGBoosterCreate(cached, 1, &booster));
  booster_ = std::shared_ptr<void>(booster, [](void* handle) { XGBoosterFree(handle); });
  const BoosterSetting settings[] = {{"tree_method", "hist"},
                                     {"base_score", "0"},
                                     {"max_depth", std::to_string(options.depth)},
                                     {"eta", fmt::format("{}", options.learning_rate)},
                                     {"min_child_weight", fmt::format("{}", options.child_weight_min)},
                                     {"lambda", fmt::format("{}", options.ridge)},
                                     {"subsample", fmt::format("{}", options.share_of_rows)},
                                     {"colsample_bytree", fmt::format("{}", options.share_of_columns)},
                                     {"seed", std::to_string(options.seed)},
                                     {"verbosity", "0"}};
  set_all(booster, settings);
  std::vector<float> gradient(rows.rows()), hessian(rows.rows());
  const auto learned = static_cast<size_t>(static_cast<double>(rows.ends.size()) * (1 - options.share_kept));
  double least = std::numeric_limits<double>::infinity();
  for (size_t round = 0; round <= options.rounds && round <= rounds_ + options.patience; ++round) {
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* values = nullptr;
    tree_call(XGBoosterPredictFromDMatrix(
        booster, made,
        R"({"type": 1, "training": true, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})",
        &shape, &dimensions, &values));
    const double loss = choice_gradients(rows, learned, {values, rows.rows()}, gradient, hessian);
    if (loss < least || learned == rows.ends.size()) least = loss, rounds_ = round;
    tree_call(XGBoosterBoostOneIter(booster, made, gradient.data(), hessian.data(), rows.rows()));
    if (progress) progress(round, options.rounds);
  }
  rounds_ = std::max<size_t>(1, rounds_);  // to the library, 0 means all
  // One query is a few hundred rows: a second thread costs more than it saves.
  const BoosterSetting one_thread[] = {{"nthread", "1"}};
  set_all(booster, one_thread);
  bst_ulong length = 0;
  const char* text = nullptr;
  tree_call(XGBoosterSaveModelToBuffer(booster, R"({"format": "ubj"})", &length, &text));
  bytes_ = length;
}

std::vector<float> BoostedTrees::values(std::span<const float> rows, size_t columns) const {
  CHECK(booster_ != nullptr && rows.size() % columns == 0);
  if (rows.empty()) return {};
  const std::string array =
      fmt::format(R"({{"data": [{}, true], "shape": [{}, {}], "typestr": "<f4", "version": 3}})",
                  reinterpret_cast<uintptr_t>(rows.data()), rows.size() / columns, columns);
  const std::string config = fmt::format(
      R"({{"type": 1, "training": false, "iteration_begin": 0, "iteration_end": {}, "strict_shape": false, "missing": NaN, "cache_id": 0}})",
      rounds_);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  tree_call(XGBoosterPredictFromDense(booster_.get(), array.c_str(), config.c_str(), nullptr, &shape,
                                      &dimensions, &values));
  return {values, values + rows.size() / columns};
}

}  // namespace modiste
