#include "ranking/tree_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "features/feature.h"

namespace modiste {

Result<TreeEnsemble> TreeEnsemble::create(std::vector<TreeNode> nodes, std::vector<uint32_t> roots,
                                          size_t features) {
  for (size_t t = 0; t < roots.size(); ++t) {
    const size_t begin = roots[t], end = t + 1 < roots.size() ? roots[t + 1] : nodes.size();
    if (begin >= end || end > nodes.size() || (t == 0 && begin != 0))
      return Error{Code::kCorrupt, "a tree has no nodes", fmt::format("/trees/{}", t), "at least its root"};
    for (size_t n = begin; n < end; ++n) {
      const TreeNode& node = nodes[n];
      const bool leaf = node.left == 0;
      if (!std::isfinite(node.value) || (!leaf && node.feature >= features) ||
          (!leaf && (node.left <= n || node.left + 1 >= end)))
        return Error{Code::kCorrupt, fmt::format("node {} of a tree is not usable", n - begin),
                     fmt::format("/trees/{}", t),
                     "a finite value, a feature of the list, and children after their parent"};
    }
  }
  TreeEnsemble ensemble;
  ensemble.nodes_ = std::move(nodes);
  ensemble.roots_ = std::move(roots);
  ensemble.features_ = features;
  return ensemble;
}

std::vector<float> TreeEnsemble::values(std::span<const float> rows) const {
  constexpr size_t kBlock = 64;  // rows of 30 features that fit the first-level cache beside a tree
  CHECK(features_ > 0 && rows.size() % features_ == 0);
  const size_t count = rows.size() / features_;
  std::vector<float> sums(count, 0.0F);
  for (size_t begin = 0; begin < count; begin += kBlock) {
    const size_t end = std::min(count, begin + kBlock);
    for (const uint32_t root : roots_)
      for (size_t row = begin; row < end; ++row) {
        const float* values = rows.data() + row * features_;
        const TreeNode* node = &nodes_[root];
        while (node->left != 0) {
          const float value = values[node->feature];
          const bool right = value == kFeatureUnknown ? node->unknown_right : value >= node->value;
          node = &nodes_[node->left + (right ? 1U : 0U)];
        }
        sums[row] += node->value;
      }
  }
  return sums;
}

}  // namespace modiste
