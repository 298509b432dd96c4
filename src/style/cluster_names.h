// Names of clusters from what is over-represented in them: "Dark floral party dresses".
//
// An attribute is scored by its part in the relative entropy between the cluster and the rest of the catalog,
// share_inside * ln(share_inside / share_outside): common inside and rare outside. Shares of small clusters
// are drawn towards the catalog's, so that three garments do not make a style.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "style/cluster_space.h"

namespace modiste {

struct ClusterNameOptions {
  float prior_items = 5;       // items that the catalog's own share is worth
  float share_min = 0.3F;      // of the items that must have what the name says
  float lift_min = 2;          // inside over outside: what half of the shop has is no name
  float noun_covers = 0.55F;   // a kind of garment that covers less stands beside a second one
  size_t attributes_max = 12;  // kept of each cluster, for reports and reasons
};

// What sets a cluster apart, strongest first.
struct ClusterAttribute {
  AttributeId id = 0;
  std::string label;
  float share_inside = 0, share_outside = 0, score = 0;
};

// counts: items of the cluster and of the whole catalog that have each attribute, by AttributeId.
[[nodiscard]] std::vector<ClusterAttribute> distinctive_attributes(
    const ClusterSpace& space, const std::vector<float>& counts_inside, float items_inside,
    const std::vector<float>& counts_all, float items_all, const ClusterNameOptions& options);

// A name that is not in `taken`. At most two modifiers before the noun, three where two are taken.
[[nodiscard]] std::string cluster_name(const ClusterSpace& space,
                                       const std::vector<ClusterAttribute>& attributes,
                                       const std::set<std::string>& taken, const ClusterNameOptions& options);

}  // namespace modiste
