// What the crowd likes within an aesthetic cluster and a context: what an unknown shopper is shown.
//
// The same decayed, smoothed counts as Popularity, once over all and once per context bucket (say, an
// occasion in a season); a slot's cluster is looked up when the answer is made, so that clusters can be
// learned anew without recounting.
//
// Threads: any thread may call anything.
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

// The caller's numbering of what tells contexts apart.
using ContextBucket = uint16_t;

struct ClusterPopularityOptions {
  PopularityOptions crowd{};
  // Two half-lives of the crowd's: a context comes less often, and returns.
  PopularityOptions context{.half_life_days = 28};
  size_t contexts_max =
      64;  // buckets kept (ten occasions in four seasons); events of others count over all only
};

class ClusterPopularity {
 public:
  explicit ClusterPopularity(ClusterPopularityOptions options = {});

  // Clusters are dense from 0, below kNoCluster, which takes the slot out. Until then a slot is in none.
  void assign(Slot slot, uint16_t cluster);
  // As Popularity's; the slot needs no cluster yet.
  void record_impression(Slot slot, ContextBucket context, TimePoint at);
  void record_positive(Slot slot, float weight, ContextBucket context, TimePoint at);
  void remove(Slot slot);

  // For each of `clusters` clusters at most k of its items that were ever recorded, best first; with a
  // context, those that were recorded in it.
  [[nodiscard]] std::vector<CandidateList> search(size_t clusters, std::optional<ContextBucket> context,
                                                  size_t k, TimePoint now,
                                                  const SlotFilter& filter = {}) const;

  static constexpr uint16_t kNoCluster = UINT16_MAX;

 private:
  Popularity* bucket(ContextBucket context);

  const ClusterPopularityOptions options_;
  Popularity crowd_;
  mutable FairSharedMutex mutex_;  // guards what follows; a bucket's counts guard themselves
  std::map<ContextBucket, std::unique_ptr<Popularity>> by_context_;
  std::vector<uint16_t> cluster_of_;  // by slot
};

// Where a cold start's item comes from, in the order they are asked.
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

// Step and cluster as a candidate's evidence (candidate.h), and back.
[[nodiscard]] constexpr uint32_t pack_cold_evidence(const ColdItem& item) {
  return static_cast<uint32_t>(item.step) << 16 | item.cluster;
}
[[nodiscard]] constexpr ColdItem unpack_cold_evidence(Slot slot, uint32_t evidence) {
  return {slot, static_cast<ColdStep>(evidence >> 16), static_cast<uint16_t>(evidence & 0xFFFF)};
}

struct ColdStart {
  std::span<const float> clusters{};  // a membership: how much of the answer each cluster fills
  ContextBucket context = 0;
  size_t k = 100;
  TimePoint now{};
  SlotFilter filter{};
  // At most as many as asked, best first, admitted by the filter. May be empty functions.
  std::function<std::vector<Slot>(size_t)> visual_neighbours{};  // of the item she saw last
  std::function<std::vector<Slot>(size_t)> new_arrivals{};
};

// For a shopper of whom little or nothing is known: what is liked in her clusters in this context, in turns
// by their share; then in her clusters; then what looks like the item she saw last; then what is new. At most
// k, each once. Never what is popular over all: that would show everybody the same twenty garments.
[[nodiscard]] std::vector<ColdItem> cold_start(const ClusterPopularity& popularity, const ColdStart& query);

}  // namespace modiste
