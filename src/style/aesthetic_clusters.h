// Aesthetic clusters: the styles a catalog is made of, learned from how its garments look and are described,
// named by what sets them apart, and shared softly by items and shoppers.
//
// k-means (Lloyd from k-means++ seeds) in the space of style/cluster_space.h; names by
// style/cluster_names.h. Learned now and then; between, new garments are assigned as they come.
//
// Immutable after learning. Threads: any. Pure: the same items in the same order, options and previous
// clusters give the same clusters and names. Cost: see style/kmeans.h; membership() about 5 us.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "style/cluster_names.h"
#include "style/cluster_space.h"
#include "style/kmeans.h"

namespace modiste {

struct AestheticOptions {
  // K = sqrt(items / 2) (Mardia 1979, rule of thumb) between these: under 8 a cluster holds several styles,
  // over 32 nobody can tell them apart by name. Never more than a fourth of the items.
  size_t clusters_min = 8, clusters_max = 32;
  size_t items_max =
      20'000;  // that are learned from: a seeded sample of a larger catalog, seconds instead of minutes
  // An item at twice a typical distance from the second cluster as from its own belongs to its own alone.
  float temperature = 0.25F;  // of memberships, in mean squared distances of an item to its cluster
  float prior_strength = 2;   // likes a shopper must show before her memberships count for half
  // A relearning starts from the clusters before, and only leaves them for others that are tighter by this
  // share: shoppers should find their styles again.
  double relearn_gain_min = 0.05;
  float name_kept_within = 0.35F;  // of a typical distance that a centre may move and keep its name
  uint64_t seed = 7;
  ClusterSpaceOptions space;
  ClusterNameOptions naming;
  KMeansOptions k_means;
};

// What clusters are learned from; borrowed for the call. vector: empty when there is none.
struct ClusterItem {
  const ItemFacts* facts = nullptr;
  std::span<const float> vector;
};

struct AestheticCluster {
  std::string name;  // unique among the clusters
  size_t items = 0;  // when it was learned
  std::vector<ClusterAttribute> attributes;
};

// By cluster; not negative, sums to 1.
using Membership = std::vector<float>;

struct WeightedMembership {
  std::span<const float> membership;
  float weight = 0;  // of the signal; a pass is negative
};

class AestheticClusters {
 public:
  // No clusters: every membership is empty.
  AestheticClusters() = default;
  // previous: clusters of an earlier state of the catalog, whose order and names are kept where they still
  // hold. Ignored when it was learned in another space (other vocabulary or encoder).
  [[nodiscard]] static AestheticClusters learn(std::span<const ClusterItem> items,
                                               const Vocabulary& vocabulary, const AestheticOptions& options,
                                               const AestheticClusters* previous = nullptr);

  [[nodiscard]] size_t size() const { return clusters_.size(); }
  [[nodiscard]] const AestheticCluster& cluster(size_t index) const { return clusters_[index]; }

  // Softmax of the negative squared distances. Without a vector, attributes alone are compared.
  [[nodiscard]] Membership membership(const ItemFacts& facts, std::span<const float> vector) const;
  // The likeliest cluster; size() > 0.
  [[nodiscard]] uint16_t nearest(const ItemFacts& facts, std::span<const float> vector) const;
  // Of what she liked and passed: the weighted sum, cut at 0, beside the catalog's own shares as the prior.
  [[nodiscard]] Membership shopper(std::span<const WeightedMembership> signals) const;

  // Mean squared distance of an item to its cluster, as learned.
  [[nodiscard]] double spread() const { return spread_; }

 private:
  [[nodiscard]] std::vector<float> squared_distances(const ItemFacts& facts,
                                                     std::span<const float> vector) const;
  void describe(std::span<const ClusterItem> items, std::span<const uint16_t> nearest);
  void name_all(const AestheticClusters* previous);
  [[nodiscard]] bool same_space(const AestheticClusters& other) const;

  AestheticOptions options_;
  std::shared_ptr<const ClusterSpace> space_;
  std::vector<Vector> centres_;
  std::vector<AestheticCluster> clusters_;
  double spread_ = 0;
};

// K by the rule above; a count learned before is kept until the rule is a fifth away from it.
[[nodiscard]] size_t cluster_count(size_t items, size_t before, const AestheticOptions& options);

}  // namespace modiste
