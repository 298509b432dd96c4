// Names clusters by attributes that are over-represented in them: "Dark floral party dresses".
//
// An attribute is scored by its part in the relative entropy between the cluster and the rest of the catalog,
// share_inside * ln(share_inside / share_outside): high if common inside and rare outside. Shares of small
// clusters are smoothed towards the catalog's, so that three garments do not make a style.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "style/cluster_space.h"

namespace modiste {

struct ClusterNameOptions {
  float prior_items = 5;       // weight of the catalog's share, in items
  float share_min = 0.3F;      // share of the items that must have an attribute in the name
  float lift_min = 2;          // share inside over share outside: common attributes do not name a cluster
  float noun_covers = 0.55F;   // if one kind of garment covers less, the name has two
  size_t attributes_max = 12;  // kept per cluster, for reports and reasons
};

// A distinctive attribute of a cluster; lists are strongest first.
struct ClusterAttribute {
  AttributeId id = 0;
  std::string label;
  float share_inside = 0, share_outside = 0, score = 0;
};

// counts: number of items of the cluster and of the whole catalog that have each attribute, by AttributeId.
[[nodiscard]] std::vector<ClusterAttribute> distinctive_attributes(
    const ClusterSpace& space, const std::vector<float>& counts_inside, float items_inside,
    const std::vector<float>& counts_all, float items_all, const ClusterNameOptions& options);

// Returns a name that is not in `taken`. At most two modifiers before the noun; three if all names
// of two are taken.
[[nodiscard]] std::string cluster_name(const ClusterSpace& space,
                                       const std::vector<ClusterAttribute>& attributes,
                                       const std::set<std::string>& taken, const ClusterNameOptions& options);

}  // namespace modiste
