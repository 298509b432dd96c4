#include "learning/ranker/fit_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/check.h"
#include "base/json.h"
#include "features/feature.h"
#include "learning/models/booster.h"

namespace modiste {
namespace {

std::vector<Booster::Setting> settings_of(const FitTreesOptions& options) {
  std::vector<Booster::Setting> settings{{"tree_method", "hist"},
                                         {"base_score", "0"},
                                         {"nthread", "1"},  // equal sums on every machine
                                         {"max_depth", std::to_string(options.depth)},
                                         {"eta", fmt::format("{}", options.learning_rate)},
                                         {"min_child_weight", fmt::format("{}", options.child_weight_min)},
                                         {"lambda", fmt::format("{}", options.ridge)},
                                         {"subsample", fmt::format("{}", options.share_of_rows)},
                                         {"colsample_bytree", fmt::format("{}", options.share_of_columns)},
                                         {"seed", std::to_string(options.seed)},
                                         {"verbosity", "0"}};
  if (!options.rising.empty())
    settings.emplace_back("monotone_constraints", fmt::format("({})", fmt::join(options.rising, ",")));
  return settings;
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

TreeEnsemble trees_of(const Booster& booster, size_t rounds, size_t columns) {
  const auto model = parse_json(booster.model("json"));
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
  Booster booster(values, columns, kFeatureUnknown, settings_of(options));
  std::vector<float> gradient(rows), hessian(rows);
  FittedTrees fitted;
  double least = std::numeric_limits<double>::infinity();
  for (size_t round = 0; round <= options.rounds && round <= fitted.rounds + options.patience; ++round) {
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    std::fill(hessian.begin(), hessian.end(), 0.0F);
    const double loss = gradients(booster.sums(), gradient, hessian);
    if (loss < least) least = loss, fitted.rounds = round;
    if (progress) progress(round, loss);
    booster.boost(gradient, hessian);
  }
  fitted.rounds = std::max<size_t>(1, fitted.rounds);
  fitted.trees = trees_of(booster, fitted.rounds, columns);
  return fitted;
}

}  // namespace modiste
