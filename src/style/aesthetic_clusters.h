// Aesthetic clusters: the styles of a catalog, learned from embeddings and attributes of its garments and
// named by their distinctive attributes. Items and shoppers belong to several clusters by degrees.
//
// k-means (Lloyd from k-means++ seeds) in the space of style/cluster_space.h; names by style/cluster_names.h.
// Relearned occasionally; in between, new garments are assigned as they arrive.
//
// Immutable after learning. Threads: any. Pure: the same items in the same order, options and previous
// clusters give the same clusters and names. Cost: see style/kmeans.h; membership() about 5 us.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "style/cluster_names.h"
#include "style/cluster_space.h"
#include "style/kmeans.h"

namespace modiste {

struct AestheticOptions {
  // K = sqrt(items / 2) (Mardia 1979, rule of thumb) between these limits: with fewer than 8 a cluster holds
  // several styles, with more than 32 their names cannot tell them apart. Never more than a quarter of the
  // number of items.
  size_t clusters_min = 8, clusters_max = 32;
  size_t items_max = 20'000;  // items learned from; a larger catalog is sampled (seeded), which takes seconds
                              // instead of minutes
  // At this value an item whose distance to the second cluster is twice the typical distance belongs to its
  // own cluster almost entirely.
  float temperature = 0.25F;  // of memberships, in mean squared distances of an item to its cluster
  float prior_strength = 2;   // likes after which the shopper's own memberships count for half
  // A relearning starts from the previous clusters and replaces them only by clusters that are tighter by
  // this share: shoppers should find their styles again.
  double relearn_gain_min = 0.05;
  float name_kept_within = 0.35F;  // share of the typical distance that a centre may move and keep its name
  uint64_t seed = 7;
  ClusterSpaceOptions space;
  ClusterNameOptions naming;
  KMeansOptions k_means;
};

// An item to learn from; borrowed for the call. vector: empty for an item without one.
struct ClusterItem {
  const ItemFacts* facts = nullptr;
  std::span<const float> vector;
};

struct AestheticCluster {
  std::string name;  // unique among the clusters
  size_t items = 0;  // at the time of learning
  std::vector<ClusterAttribute> attributes;
};

// Shares by cluster; none is negative, and they sum to 1.
using Membership = std::vector<float>;

struct WeightedMembership {
  std::span<const float> membership;
  float weight = 0;  // weight of the signal; negative for a pass
};

class AestheticClusters {
 public:
  // Has no clusters: every membership is empty.
  AestheticClusters() = default;
  // previous: clusters of an earlier state of the catalog. Their order and names are kept where they still
  // fit. Ignored if learned in another space (other vocabulary or encoder).
  [[nodiscard]] static AestheticClusters learn(std::span<const ClusterItem> items,
                                               const Vocabulary& vocabulary, const AestheticOptions& options,
                                               const AestheticClusters* previous = nullptr);

  [[nodiscard]] size_t size() const { return clusters_.size(); }
  [[nodiscard]] const AestheticCluster& cluster(size_t index) const { return clusters_[index]; }

  // Softmax of the negative squared distances. Without a vector only attributes are compared.
  [[nodiscard]] Membership membership(const ItemFacts& facts, std::span<const float> vector) const;
  // The most probable cluster; requires size() > 0.
  [[nodiscard]] uint16_t nearest(const ItemFacts& facts, std::span<const float> vector) const;
  // Memberships of a shopper from liked and passed items: the weighted sum, cut off at 0, blended with the
  // catalog's shares as prior.
  [[nodiscard]] Membership shopper(std::span<const WeightedMembership> signals) const;

  // For a saved index. kCorrupt: not what save() wrote, or of another vocabulary.
  void save(std::string& out) const;
  static Result<AestheticClusters> load(std::string_view bytes, const Vocabulary& vocabulary,
                                        const AestheticOptions& options);

  // Mean squared distance of an item to its cluster, at the time of learning.
  [[nodiscard]] double spread() const { return spread_; }

 private:
  template <class Io, class Self>
  static void fields(Io& io, Self& self, ClusterSpace& space);
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

// K by the rule above. An earlier count is kept until the rule differs from it by a fifth.
[[nodiscard]] size_t cluster_count(size_t items, size_t before, const AestheticOptions& options);

}  // namespace modiste
