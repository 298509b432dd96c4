// A sum of decision trees over rows of features, as plain arrays: trained elsewhere (learning/ranker),
// evaluated here without a library.
//
// A node sends a row to its left child where the row's value is below the threshold, to the right one
// otherwise; a value that is not known (kFeatureUnknown) goes where the node says.
//
// Threads: immutable, any. Memory: 12 bytes a node.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace modiste {

struct TreeNode {
  float value = 0;       // the threshold; of a leaf, what it adds to the sum
  uint32_t left = 0;     // index of the left child, the right one follows it; 0: a leaf
  uint16_t feature = 0;  // column of the row
  bool unknown_right = false;
};

class TreeEnsemble {
 public:
  TreeEnsemble() = default;
  // nodes: of all trees, each tree's nodes together and its root first; roots: where they begin. Children
  // stand after their parent. kCorrupt: a child does not stand later, a feature is not below `features`, or a
  // value is not finite.
  static Result<TreeEnsemble> create(std::vector<TreeNode> nodes, std::vector<uint32_t> roots,
                                     size_t features);

  // rows: row after row, features() values each. One sum a row.
  [[nodiscard]] std::vector<float> values(std::span<const float> rows) const;

  [[nodiscard]] size_t features() const { return features_; }
  [[nodiscard]] std::span<const TreeNode> nodes() const { return nodes_; }
  [[nodiscard]] std::span<const uint32_t> roots() const { return roots_; }

 private:
  std::vector<TreeNode> nodes_;
  std::vector<uint32_t> roots_;
  size_t features_ = 0;
};

}  // namespace modiste
