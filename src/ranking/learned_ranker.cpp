#include "ranking/learned_ranker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json.h"

namespace modiste {
namespace {

constexpr int kRankerFormatVersion = 1;
constexpr int kNodesMax = 4'096;  // of a tree: twelve levels
constexpr int kTreesMax = 5'000;

// One tree, its nodes in parallel lists. A leaf's left child is 0.
struct TreeFile {
  std::vector<int> left, feature, unknown_right;
  std::vector<double> value;
};

struct RankerFile {
  std::string format{kRankerKind};
  int format_version = kRankerFormatVersion;
  std::vector<std::string> features;
  double hybrid_weight = 0, slope = 1, offset = 0;
  std::vector<TreeFile> trees;
};

Error unusable(std::string what, std::string where, std::string expected) {
  return {Code::kCorrupt, std::move(what), std::move(where), std::move(expected)};
}

Result<std::vector<TreeNode>> nodes_of(const TreeFile& tree, size_t number, size_t base) {
  const size_t count = tree.value.size();
  const std::string where = fmt::format("/trees/{}", number);
  if (count == 0 || tree.left.size() != count || tree.feature.size() != count ||
      tree.unknown_right.size() != count)
    return unusable("the lists of a tree differ in length", where, "one entry a node in each list");
  std::vector<TreeNode> nodes(count);
  for (size_t n = 0; n < count; ++n) {
    const int left = tree.left[n], feature = tree.feature[n];
    if (left < 0 || feature < 0 || feature > 0xFFFF)
      return unusable("a number of a node is out of range", where, "0 or more");
    nodes[n].value = static_cast<float>(tree.value[n]);
    nodes[n].left = left == 0 ? 0 : static_cast<uint32_t>(base) + static_cast<uint32_t>(left);
    nodes[n].feature = static_cast<uint16_t>(feature);
    nodes[n].unknown_right = tree.unknown_right[n] != 0;
  }
  return nodes;
}

TreeFile file_of(const TreeEnsemble& trees, size_t tree) {
  const uint32_t begin = trees.roots()[tree];
  const size_t end = tree + 1 < trees.roots().size() ? trees.roots()[tree + 1] : trees.nodes().size();
  TreeFile file;
  for (size_t n = begin; n < end; ++n) {
    const TreeNode& node = trees.nodes()[n];
    file.left.push_back(node.left == 0 ? 0 : static_cast<int>(node.left - begin));
    file.feature.push_back(node.feature);
    file.unknown_right.push_back(node.unknown_right ? 1 : 0);
    file.value.push_back(static_cast<double>(node.value));
  }
  return file;
}

size_t column_of_hybrid(const std::vector<std::string>& features) {
  return static_cast<size_t>(std::find(features.begin(), features.end(), "hybrid") - features.begin());
}

}  // namespace

template <>
struct Contract<TreeFile> {
  using T = TreeFile;
  static constexpr std::string_view kName = "RankerTree";
  static constexpr std::string_view kDoc = "A decision tree, its nodes in parallel lists, the root first.";
  static constexpr auto kFields =
      Fields{field("left", &T::left,
                   {.doc = "Left child, the right one follows it; 0: a leaf",
                    .required = true,
                    .items_max = kNodesMax}),
             field("feature", &T::feature, {.doc = "Column", .required = true, .items_max = kNodesMax}),
             field("unknown_right", &T::unknown_right,
                   {.doc = "1: unknown values go right", .required = true, .items_max = kNodesMax}),
             field("value", &T::value,
                   {.doc = "Threshold, or what the leaf adds", .required = true, .items_max = kNodesMax})};
};

template <>
struct Contract<RankerFile> {
  using F = RankerFile;
  static constexpr std::string_view kName = "RankerFile";
  static constexpr std::string_view kDoc = "A trained ranker.";
  static constexpr auto kFields = Fields{
      field("format", &F::format, {.doc = "modiste-ranker", .required = true}),
      field("format_version", &F::format_version, {.doc = "Of this file", .required = true}),
      field("features", &F::features, {.doc = "By column", .required = true, .items_max = 64}),
      field("hybrid_weight", &F::hybrid_weight,
            {.doc = "Of the hybrid's score in the sum", .required = true, .min = 0, .max = 1e4}),
      field("slope", &F::slope, {.doc = "Of the logistic curve", .required = true, .min = 1e-6, .max = 1e6}),
      field("offset", &F::offset,
            {.doc = "Of the logistic curve", .required = true, .min = -1e6, .max = 1e6}),
      field("trees", &F::trees, {.doc = "Their sum", .required = true, .items_max = kTreesMax})};
};

std::vector<float> LearnedRankerModel::sums(std::span<const float> rows) const {
  std::vector<float> sums = trees.values(rows);
  if (hybrid_weight == 0) return sums;
  const size_t column = column_of_hybrid(features);
  const auto weight = static_cast<float>(hybrid_weight);
  for (size_t row = 0; row < sums.size(); ++row) sums[row] += weight * rows[row * features.size() + column];
  return sums;
}

std::string serialize_ranker(const LearnedRankerModel& model) {
  RankerFile file;
  file.features = model.features;
  file.hybrid_weight = model.hybrid_weight;
  file.slope = model.slope;
  file.offset = model.offset;
  for (size_t tree = 0; tree < model.trees.roots().size(); ++tree)
    file.trees.push_back(file_of(model.trees, tree));
  return to_json_text(file);
}

Result<LearnedRankerModel> parse_ranker(std::string_view text) {
  auto file = from_json_text<RankerFile>(text);
  if (!file.ok())
    return unusable(file.error().what, file.error().where,
                    file.error().expected.empty() ? "a file that `modiste train ranker` publishes"
                                                  : file.error().expected);
  if (file->format != kRankerKind || file->format_version != kRankerFormatVersion)
    return unusable(fmt::format("unsupported format '{}' version {}", file->format, file->format_version),
                    "ranker", fmt::format("{} version {}", kRankerKind, kRankerFormatVersion));
  for (const std::string& name : file->features) {
    const FeatureDefinition* feature = find_feature(name);
    if (feature == nullptr || feature->freshness != Freshness::kStreaming)
      return unusable(fmt::format("the ranker reads a feature '{}' that is not computed here", name),
                      "/features", "streaming features of `modiste features list`; train the ranker again");
  }
  if (file->features.empty()) return unusable("the ranker reads no feature", "/features", "at least one");
  LearnedRankerModel model;
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  for (const TreeFile& tree : file->trees) {
    TRY_ASSIGN(const auto more, nodes_of(tree, roots.size(), nodes.size()));
    roots.push_back(static_cast<uint32_t>(nodes.size()));
    nodes.insert(nodes.end(), more.begin(), more.end());
  }
  TRY_ASSIGN(model.trees, TreeEnsemble::create(std::move(nodes), std::move(roots), file->features.size()));
  model.features = std::move(file->features);
  model.hybrid_weight = file->hybrid_weight;
  if (model.hybrid_weight != 0 && column_of_hybrid(model.features) == model.features.size())
    return unusable("the hybrid's score has a weight and is not read", "/features", "the feature hybrid");
  model.slope = file->slope;
  model.offset = file->offset;
  return model;
}

LearnedRanker::LearnedRanker(LearnedRankerModel model, int version)
    : model_(std::move(model)), name_(fmt::format("{} {}", kName, version)) {
  features_.assign(model_.features.begin(), model_.features.end());
}

Ranking LearnedRanker::rank(const RankInput& input) const {
  const size_t rows = input.features.rows(), columns = features_.size();
  std::vector<float> values(rows * columns);
  for (size_t c = 0; c < columns; ++c) {
    const std::span<const float> column = input.features.column(features_[c]);
    for (size_t row = 0; row < rows; ++row) values[row * columns + c] = column[row];
  }
  Ranking ranking;
  ranking.scores = model_.sums(values);
  for (float& score : ranking.scores)
    score =
        static_cast<float>(1 / (1 + std::exp(-model_.slope * static_cast<double>(score) - model_.offset)));
  const auto best = std::max_element(ranking.scores.begin(), ranking.scores.end());
  if (best == ranking.scores.end() || !(*best > 0)) return ranking;
  const float scale = 1 / *best;
  for (float& score : ranking.scores) score *= scale;
  ranking.terms = {{kName, 1, ranking.scores}};
  return ranking;
}

}  // namespace modiste
