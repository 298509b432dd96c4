// The styles a catalog is made of, and what is liked within each: what an unknown shopper is shown.
//
// Threads: learn() one at a time; everything else from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "context/context.h"
#include "events/event.h"
#include "retrieval/cluster_popularity.h"
#include "serving/state/item_embeddings.h"
#include "style/aesthetic_clusters.h"
#include "style/shopper_state.h"

namespace modiste {

// Choices, or passes, that say what a shopper likes now; each costs microseconds.
inline constexpr size_t kLatestChoices = 60;

struct StyleClustersOptions {
  AestheticOptions clusters;
  ClusterPopularityOptions popularity;
  double relearn_share = 0.2;  // of the items changed since the clusters were learned: names should stay
};

struct ClusterShare {
  std::string name;
  double share = 0;
};

// What tells contexts apart for the crowd: a season, or an occasion within it where one was said. An event
// and a request of the same place, time and occasion fall into the same bucket.
[[nodiscard]] ContextBucket context_bucket(const Event& event, TimePoint at);
[[nodiscard]] ContextBucket context_bucket(const std::optional<Context>& context, TimePoint now);

class StyleClusters {
 public:
  explicit StyleClusters(const Vocabulary& vocabulary, StyleClustersOptions options = {});

  // Assigns what is new, and learns the clusters again when enough has changed. Seconds for 20,000 items.
  void learn(const CatalogSnapshot& catalog, const ItemEmbeddings& embeddings, std::span<const Slot> changed);

  // What the crowd saw and liked, and in which context.
  void record(const Event& event, const Catalog& catalog, TimePoint at);

  // For a saved index: what learn() learned. kCorrupt: not what save() wrote, or of another vocabulary.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

  // For snapshots: what record() counted.
  void save_counts(std::string& out) const { popularity_.save(out); }
  Result<Done> load_counts(std::string_view bytes) { return popularity_.load(bytes); }

  // How much of a shopper each cluster is, largest first: from what the shopper chose and passed.
  [[nodiscard]] std::vector<ClusterShare> shares(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                                 const ItemEmbeddings& embeddings) const;
  [[nodiscard]] std::string name(uint16_t cluster) const;
  // The one that most of the latest choices are of, of equals the one chosen from later; without choices the
  // one nearest to the quiz. Empty: nothing is known of the shopper. Microseconds.
  [[nodiscard]] std::string main_style(const ShopperState& shopper) const;

  struct Cold {
    const ShopperState& shopper;
    const std::optional<Context>& context;
    TimePoint now;
    size_t k = 0;
    SlotFilter filter;
    std::function<std::vector<Slot>(size_t)> visual_neighbours, new_arrivals;
  };
  // Best first; empty before anything was learned.
  [[nodiscard]] std::vector<ColdItem> cold_start(const Cold& query, const CatalogSnapshot& catalog,
                                                 const ItemEmbeddings& embeddings) const;

 private:
  // What the shopper chose and passed, and what they wish for, which counts like some likes.
  struct HeardMembership {
    Membership membership;
    float weight = 0;
  };
  [[nodiscard]] std::vector<HeardMembership> heard(const ShopperState& shopper,
                                                   const CatalogSnapshot& catalog,
                                                   const ItemEmbeddings& embeddings,
                                                   const AestheticClusters& clusters) const;
  [[nodiscard]] Membership membership(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                      const ItemEmbeddings& embeddings,
                                      const AestheticClusters& clusters) const;

  const Vocabulary& vocabulary_;
  StyleClustersOptions options_;
  ClusterPopularity popularity_;
  std::atomic<std::shared_ptr<const AestheticClusters>> clusters_;
  size_t changed_ = 0;  // items since the clusters were learned
};

}  // namespace modiste
