#include "learning/ranker/fit_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/binary_fields.h"
#include "base/check.h"
#include "base/json.h"
#include "base/rng.h"
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

// What has been grown so far.
struct GrownTrees {
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  size_t rounds = 0;  // with the least loss
  double least = std::numeric_limits<double>::infinity();

  [[nodiscard]] TreeEnsemble first(size_t trees, size_t columns) const {
    const size_t kept = std::min(trees, roots.size());
    const size_t end = kept < roots.size() ? roots[kept] : nodes.size();
    auto made =
        TreeEnsemble::create({nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(end)},
                             {roots.begin(), roots.begin() + static_cast<std::ptrdiff_t>(kept)}, columns);
    CHECK(made.ok());
    return std::move(*made);
  }
};

template <class Io, class Trees>
void fields_of(Io& io, Trees& trees) {
  io.number(trees.rounds);
  io.number(trees.least);
  io.numbers(trees.roots);
  io.list(trees.nodes, [](Io& each, auto& node) {
    each.number(node.value);
    each.number(node.left);
    each.number(node.feature);
    each.flag(node.unknown_right);
  });
}

// The trees of one stretch, appended.
void append_trees(const Booster& booster, GrownTrees& grown) {
  const auto model = parse_json(booster.model("json"));
  CHECK(model.ok());
  for (const auto& tree : model->at("learner").at("gradient_booster").at("model").at("trees").as_array()) {
    grown.roots.push_back(static_cast<uint32_t>(grown.nodes.size()));
    append_tree(tree.as_object(), grown.nodes);
  }
}

// Kept trees are believed when they were grown from the same.
class KeptTrees {
 public:
  KeptTrees(std::span<const float> values, const FitTreesOptions& options, const TreesCheckpoint& checkpoint)
      : checkpoint_(checkpoint) {
    if (checkpoint.checkpoints == nullptr) return;
    std::string about;
    BinaryWriter writer(about);
    for (const auto& [name, value] : settings_of(options)) writer.text(value);
    writer.number(options.rounds);
    writer.number(options.patience);
    writer.number(options.stretch);
    writer.flag(options.every_round);
    writer.number(checkpoint.about);
    const auto bytes = std::as_bytes(values);
    about_ = hash64({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, hash64(about));
  }

  [[nodiscard]] GrownTrees recall(size_t columns) const {
    if (checkpoint_.checkpoints == nullptr || !checkpoint_.checkpoints->recall) return {};
    const std::string kept = checkpoint_.checkpoints->recall(checkpoint_.stage);
    BinaryReader reader(kept);
    uint64_t about = 0;
    GrownTrees grown;
    reader.number(about);
    fields_of(reader, grown);
    if (kept.empty() || !reader.ok() || about != about_) return {};
    return TreeEnsemble::create(grown.nodes, grown.roots, columns).ok() ? grown : GrownTrees{};
  }
  void keep(const GrownTrees& grown) const {
    if (checkpoint_.checkpoints == nullptr || !checkpoint_.checkpoints->keep) return;
    std::string bytes;
    BinaryWriter writer(bytes);
    writer.number(about_);
    fields_of(writer, grown);
    checkpoint_.checkpoints->keep(checkpoint_.stage, bytes);
  }

 private:
  const TreesCheckpoint& checkpoint_;
  uint64_t about_ = 0;
};

}  // namespace

FittedTrees fit_trees(std::span<const float> values, size_t columns, const FitTreesOptions& options,
                      const LossGradients& gradients,
                      const std::function<void(size_t round, double loss)>& progress,
                      const TreesCheckpoint& checkpoint) {
  CHECK(columns > 0 && !values.empty() && values.size() % columns == 0 && options.stretch > 0);
  const size_t rows = values.size() / columns;
  const KeptTrees kept(values, options, checkpoint);
  GrownTrees grown = kept.recall(columns);
  std::vector<float> gradient(rows), hessian(rows), sums(rows);
  const auto wanted = [&](size_t round) {
    return round <= options.rounds && round <= grown.rounds + options.patience;
  };
  while (wanted(grown.roots.size())) {
    const size_t before = grown.roots.size();
    const std::vector<float> carried = grown.first(before, columns).values(values);
    FitTreesOptions of_stretch = options;
    of_stretch.seed += static_cast<uint32_t>(before);
    Booster booster(values, columns, kFeatureUnknown, settings_of(of_stretch));
    for (size_t round = before; round < before + options.stretch && wanted(round); ++round) {
      std::fill(gradient.begin(), gradient.end(), 0.0F);
      std::fill(hessian.begin(), hessian.end(), 0.0F);
      const std::span<const float> added = booster.sums();
      for (size_t row = 0; row < rows; ++row) sums[row] = carried[row] + added[row];
      const double loss = gradients(sums, gradient, hessian);
      if (loss < grown.least || options.every_round) grown.least = loss, grown.rounds = round;
      if (progress) progress(round, loss);
      booster.boost(gradient, hessian);
    }
    append_trees(booster, grown);
    kept.keep(grown);
  }
  FittedTrees fitted;
  fitted.rounds = std::max<size_t>(1, grown.rounds);
  fitted.trees = grown.first(fitted.rounds, columns);
  return fitted;
}

}  // namespace modiste
