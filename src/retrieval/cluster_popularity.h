// Popularity within an aesthetic cluster and a context: candidates for cold start.
//
// The same decayed, smoothed counts as Popularity, once over all events and once per context bucket (for
// example, an occasion in a season). A slot's cluster is looked up per query, so that clusters can be
// relearned without recounting.
//
// Threads: any thread may call any method.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "retrieval/fair_lock.h"
#include "retrieval/popularity.h"

namespace modiste {

// A context bucket, numbered by the caller.
using ContextBucket = uint16_t;

struct ClusterPopularityOptions {
  PopularityOptions crowd{};
  // Twice the half-life of shop-wide popularity: a context occurs less often, and returns.
  PopularityOptions context{.half_life_days = 28};
  // Buckets kept (ten occasions in four seasons); events of other buckets count over all only.
  size_t contexts_max = 64;
};

class ClusterPopularity {
 public:
  explicit ClusterPopularity(ClusterPopularityOptions options = {});

  // Clusters are dense from 0 and below kNoCluster, which removes the slot. A slot is in no cluster at first.
  void assign(Slot slot, uint16_t cluster);
  // Of each slot, kNoCluster for those in none.
  [[nodiscard]] std::vector<uint16_t> clusters_of(std::span<const Slot> slots) const;
  // As in Popularity; the slot needs no cluster yet.
  void record_impression(Slot slot, ContextBucket context, TimePoint at);
  void record_positive(Slot slot, float weight, ContextBucket context, TimePoint at);

  // For each cluster at most counts[cluster] of its items that were ever recorded, best first; with a
  // context, only those recorded in it.
  [[nodiscard]] std::vector<CandidateList> search(std::span<const size_t> counts,
                                                  std::optional<ContextBucket> context, TimePoint now,
                                                  const SlotFilter& filter = {}) const;

  static constexpr uint16_t kNoCluster = UINT16_MAX;

  // By slot, kNoCluster for those in none; and in its place.
  [[nodiscard]] std::vector<uint16_t> clusters() const;
  void assign_all(std::vector<uint16_t> clusters);

  // For snapshots: the counts, not which slot is in which cluster. load() replaces them; kCorrupt: not what
  // save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  Popularity* bucket(ContextBucket context);

  const ClusterPopularityOptions options_;
  Popularity crowd_;
  mutable FairSharedMutex mutex_;  // a bucket's counts have their own lock
  std::map<ContextBucket, std::unique_ptr<Popularity>> by_context_ GUARDED_BY(mutex_);
  std::vector<uint16_t> cluster_of_ GUARDED_BY(mutex_);  // by slot
};

// The sources of a cold-start item, in the order they are asked.
enum class ColdStep : uint8_t { kClusterAndContext, kCluster, kVisualNeighbours, kNewArrivals };

template <>
struct EnumNames<ColdStep> {
  static constexpr std::array<std::string_view, 4> kNames{
      "popular in this style for the occasion", "popular in this style", "looks like the last seen", "new"};
};

struct ColdItem {
  Slot slot = kNoSlot;
  ColdStep step{};
  uint16_t cluster = ClusterPopularity::kNoCluster;  // of the first two steps
};

// Packs step and cluster into a candidate's evidence (candidate.h), and unpacks them.
[[nodiscard]] constexpr uint32_t pack_cold_evidence(const ColdItem& item) {
  return static_cast<uint32_t>(item.step) << 16 | item.cluster;
}
[[nodiscard]] constexpr ColdItem unpack_cold_evidence(Slot slot, uint32_t evidence) {
  return {slot, static_cast<ColdStep>(evidence >> 16), static_cast<uint16_t>(evidence & 0xFFFF)};
}

struct ColdStart {
  std::span<const float> clusters{};  // a membership: share of the answer for each cluster
  ContextBucket context = 0;
  size_t k = 100;
  TimePoint now{};
  SlotFilter filter{};
  // Each returns at most as many as asked, best first, allowed by the filter. May be empty functions.
  std::function<std::vector<Slot>(size_t)> visual_neighbours{};  // of the item that the shopper saw last
  std::function<std::vector<Slot>(size_t)> new_arrivals{};
};

// For a shopper with little or no history (cold start): items popular in the shopper's clusters in
// this context, in turns by share; then popular in these clusters; then items similar to the one
// seen last; then new items. At most k, each once. Never globally popular items: everybody would see
// the same twenty garments.
[[nodiscard]] std::vector<ColdItem> cold_start(const ClusterPopularity& popularity, const ColdStart& query);

}  // namespace modiste
