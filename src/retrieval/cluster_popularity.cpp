#include "retrieval/cluster_popularity.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/binary_fields.h"
#include "base/mutex.h"

namespace modiste {

ClusterPopularity::ClusterPopularity(ClusterPopularityOptions options)
    : options_(options), crowd_(options.crowd) {}

void ClusterPopularity::assign(Slot slot, uint16_t cluster) {
  const MutexLock lock(mutex_);
  if (slot >= cluster_of_.size()) cluster_of_.resize(slot + 1, kNoCluster);
  cluster_of_[slot] = cluster;
}

std::vector<uint16_t> ClusterPopularity::clusters_of(std::span<const Slot> slots) const {
  const ReaderLock lock(mutex_);
  std::vector<uint16_t> clusters;
  for (const Slot slot : slots)
    clusters.push_back(slot < cluster_of_.size() ? cluster_of_[slot] : kNoCluster);
  return clusters;
}

// Null when there are too many buckets. A bucket is never removed, so the pointer stays valid.
Popularity* ClusterPopularity::bucket(ContextBucket context) {
  const MutexLock lock(mutex_);
  const auto found = by_context_.find(context);
  if (found != by_context_.end()) return found->second.get();
  if (by_context_.size() >= options_.contexts_max) return nullptr;
  return by_context_.emplace(context, std::make_unique<Popularity>(options_.context)).first->second.get();
}

void ClusterPopularity::record_impression(Slot slot, ContextBucket context, TimePoint at) {
  crowd_.record_impression(slot, at);
  if (Popularity* counts = bucket(context)) counts->record_impression(slot, at);
}

void ClusterPopularity::record_positive(Slot slot, float weight, ContextBucket context, TimePoint at) {
  crowd_.record_positive(slot, weight, at);
  if (Popularity* counts = bucket(context)) counts->record_positive(slot, weight, at);
}

void ClusterPopularity::remove(Slot slot) {
  crowd_.remove(slot);
  const MutexLock lock(mutex_);
  for (const auto& [context, counts] : by_context_) counts->remove(slot);
  if (slot < cluster_of_.size()) cluster_of_[slot] = kNoCluster;
}

void ClusterPopularity::save(std::string& out) const {
  std::map<ContextBucket, std::string> counts;
  std::string crowd;
  crowd_.save(crowd);
  const ReaderLock lock(mutex_);
  for (const auto& [context, of_context] : by_context_) of_context->save(counts[context]);
  BinaryWriter writer(out);
  writer.text(crowd);
  writer.map(counts, kNumberField, kTextField);
}

Result<Done> ClusterPopularity::load(std::string_view bytes) {
  std::map<ContextBucket, std::string> counts;
  std::string crowd;
  TRY(load_fields(bytes, "popularity within styles", [&](auto& reader) {
    reader.text(crowd);
    reader.map(counts, kNumberField, kTextField);
  }));
  TRY(crowd_.load(crowd));
  std::map<ContextBucket, std::unique_ptr<Popularity>> loaded;
  for (const auto& [context, saved] : counts) {
    auto& of_context = loaded[context] = std::make_unique<Popularity>(options_.context);
    TRY(of_context->load(saved));
  }
  const MutexLock lock(mutex_);
  by_context_ = std::move(loaded);
  return kOk;
}

std::vector<CandidateList> ClusterPopularity::search(size_t clusters, std::optional<ContextBucket> context,
                                                     size_t k, TimePoint now,
                                                     const SlotFilter& filter) const {
  const ReaderLock lock(mutex_);
  if (!context) return crowd_.search_groups(cluster_of_, clusters, k, now, filter);
  const auto found = by_context_.find(*context);
  if (found == by_context_.end()) return std::vector<CandidateList>(clusters);
  return found->second->search_groups(cluster_of_, clusters, k, now, filter);
}

namespace {

// Takes items from the clusters' lists in turns, so that at any length each cluster has its share (the next
// item comes from the cluster that is farthest behind).
void take_in_turns(const ColdStart& query, const std::vector<CandidateList>& lists, ColdStep step,
                   std::unordered_set<Slot>& seen, std::vector<ColdItem>& out) {
  constexpr float kShareMin = 0.01F;  // a smaller cluster gets less than one item in a hundred
  std::vector<size_t> at(lists.size());
  std::vector<float> taken(lists.size());
  while (out.size() < query.k) {
    size_t next = lists.size();
    float behind = 0;
    for (size_t c = 0; c < lists.size(); ++c) {
      if (!(query.clusters[c] >= kShareMin)) continue;
      while (at[c] < lists[c].items.size() && seen.contains(lists[c].items[at[c]].slot)) ++at[c];
      if (at[c] == lists[c].items.size()) continue;
      const float turn = (taken[c] + 0.5F) / query.clusters[c];  // Webster's method
      if (next == lists.size() || turn < behind) next = c, behind = turn;
    }
    if (next == lists.size()) return;
    const Slot slot = lists[next].items[at[next]].slot;
    seen.insert(slot);
    out.push_back({slot, step, static_cast<uint16_t>(next)});
    ++taken[next];
  }
}

}  // namespace

std::vector<ColdItem> cold_start(const ClusterPopularity& popularity, const ColdStart& query) {
  std::vector<ColdItem> out;
  std::unordered_set<Slot> seen;
  const size_t clusters = query.clusters.size();
  take_in_turns(query, popularity.search(clusters, query.context, query.k, query.now, query.filter),
                ColdStep::kClusterAndContext, seen, out);
  if (out.size() < query.k)
    take_in_turns(query, popularity.search(clusters, std::nullopt, query.k, query.now, query.filter),
                  ColdStep::kCluster, seen, out);
  const auto fill = [&](const auto& source, ColdStep step) {
    if (!source || out.size() >= query.k) return;
    for (const Slot slot : source(query.k))
      if (out.size() < query.k && seen.insert(slot).second)
        out.push_back({slot, step, ClusterPopularity::kNoCluster});
  };
  fill(query.visual_neighbours, ColdStep::kVisualNeighbours);
  fill(query.new_arrivals, ColdStep::kNewArrivals);
  return out;
}

}  // namespace modiste
