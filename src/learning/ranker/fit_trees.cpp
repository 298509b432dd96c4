#include "learning/ranker/fit_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>

#include "base/check.h"
#include "base/json.h"
#include "features/feature.h"

namespace modiste {
namespace {

// Its calls fail for wrong arguments only: our bug.
void booster_call(int answer) {
  if (answer != 0) fmt::print(stderr, "{}\n", XGBGetLastError());
  CHECK(answer == 0);
}

using Handle = std::shared_ptr<void>;

Handle make_matrix(std::span<const float> values, size_t columns) {
  DMatrixHandle made = nullptr;
  booster_call(
      XGDMatrixCreateFromMat(values.data(), values.size() / columns, columns, kFeatureUnknown, &made));
  return {made, [](void* handle) { XGDMatrixFree(handle); }};
}

Handle make_booster(DMatrixHandle matrix, const FitTreesOptions& options) {
  BoosterHandle made = nullptr;
  const DMatrixHandle cached[] = {matrix};
  booster_call(XGBoosterCreate(cached, 1, &made));
  Handle booster(made, [](void* handle) { XGBoosterFree(handle); });
  std::string rising;
  for (const int rises : options.rising) rising += (rising.empty() ? "" : ",") + std::to_string(rises);
  const std::pair<const char*, std::string> settings[] = {
      {"tree_method", "hist"},
      {"base_score", "0"},
      {"nthread", "1"},  // equal sums on every machine
      {"max_depth", std::to_string(options.depth)},
      {"eta", fmt::format("{}", options.learning_rate)},
      {"min_child_weight", fmt::format("{}", options.child_weight_min)},
      {"lambda", fmt::format("{}", options.ridge)},
      {"subsample", fmt::format("{}", options.share_of_rows)},
      {"colsample_bytree", fmt::format("{}", options.share_of_columns)},
      {"monotone_constraints", "(" + rising + ")"},
      {"seed", std::to_string(options.seed)},
      {"verbosity", "0"}};
  for (const auto& [name, value] : settings)
    if (!options.rising.empty() || std::string_view(name) != "monotone_constraints")
      booster_call(XGBoosterSetParam(made, name, value.c_str()));
  return booster;
}

std::span<const float> sums_of(BoosterHandle booster, DMatrixHandle matrix, size_t rows) {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* sums = nullptr;
  booster_call(XGBoosterPredictFromDMatrix(
      booster, matrix,
      R"({"type": 1, "training": true, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})",
      &shape, &dimensions, &sums));
  return {sums, rows};
}

// Appends a tree of XGBoost's JSON in our order: level by level, siblings together.
void append_tree(const json::object& tree, std::vector<TreeNode>& nodes) {
  const auto& left = tree.at("left_children").as_array();
  const auto& right = tree.at("right_children").as_array();
  const auto& feature = tree.at("split_indices").as_array();
  const auto& value = tree.at("split_conditions").as_array();  // of a leaf: what it adds
  const auto& unknown_left = tree.at("default_left").as_array();
  std::vector<size_t> theirs{0};  // by our order from the root
  const size_t root = nodes.size();
  for (size_t n = 0; n < theirs.size(); ++n) {
    const size_t node = theirs[n];
    TreeNode added;
    added.value = value[node].to_number<float>();
    if (const auto child = left[node].to_number<int64_t>(); child >= 0) {
      added.left = static_cast<uint32_t>(root + theirs.size());
      added.feature = feature[node].to_number<uint16_t>();
      const json::value& goes_left = unknown_left[node];
      added.unknown_right = goes_left.is_bool() ? !goes_left.as_bool() : goes_left.to_number<int>() == 0;
      theirs.push_back(static_cast<size_t>(child));
      theirs.push_back(right[node].to_number<size_t>());
    }
    nodes.push_back(added);
  }
}

TreeEnsemble trees_of(BoosterHandle booster, size_t rounds, size_t columns) {
  bst_ulong length = 0;
  const char* text = nullptr;
  booster_call(XGBoosterSaveModelToBuffer(booster, R"({"format": "json"})", &length, &text));
  const auto model = parse_json({text, length});
  CHECK(model.ok());
  const auto& trees = model->at("learner").at("gradient_booster").at("model").at("trees").as_array();
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  for (size_t t = 0; t < std::min(rounds, trees.size()); ++t) {
    roots.push_back(static_cast<uint32_t>(nodes.size()));
    append_tree(trees[t].as_object(), nodes);
  }
  auto made = TreeEnsemble::create(std::move(nodes), std::move(roots), columns);
  CHECK(made.ok());
  return std::move(*made);
}

}  // namespace

FittedTrees fit_trees(std::span<const float> values, size_t columns, const FitTreesOptions& options,
                      const LossGradients& gradients,
                      const std::function<void(size_t round, double loss)>& progress) {
  CHECK(columns > 0 && !values.empty() && values.size() % columns == 0);
  const size_t rows = values.size() / columns;
  const Handle matrix = make_matrix(values, columns);
  const Handle booster = make_booster(matrix.get(), options);
  std::vector<float> gradient(rows), hessian(rows);
  FittedTrees fitted;
  double least = std::numeric_limits<double>::infinity();
  for (size_t round = 0; round <= options.rounds && round <= fitted.rounds + options.patience; ++round) {
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    std::fill(hessian.begin(), hessian.end(), 0.0F);
    const double loss = gradients(sums_of(booster.get(), matrix.get(), rows), gradient, hessian);
    if (loss < least) least = loss, fitted.rounds = round;
    if (progress) progress(round, loss);
    booster_call(XGBoosterBoostOneIter(booster.get(), matrix.get(), gradient.data(), hessian.data(), rows));
  }
  fitted.rounds = std::max<size_t>(1, fitted.rounds);
  fitted.trees = trees_of(booster.get(), fitted.rounds, columns);
  return fitted;
}

}  // namespace modiste
