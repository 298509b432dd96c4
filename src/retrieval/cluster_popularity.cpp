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

std::vector<uint16_t> ClusterPopularity::clusters() const {
  const ReaderLock lock(mutex_);
  return cluster_of_;
}

void ClusterPopularity::assign_all(std::vector<uint16_t> clusters) {
  const MutexLock lock(mutex_);
  cluster_of_ = std::move(clusters);
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

std::vector<CandidateList> ClusterPopularity::search(std::span<const size_t> counts,
                                                     std::optional<ContextBucket> context, TimePoint now,
                                                     const SlotFilter& filter) const {
  const ReaderLock lock(mutex_);
  if (!context) return crowd_.search_groups(cluster_of_, counts, now, filter);
  const auto found = by_context_.find(*context);
  if (found == by_context_.end()) return std::vector<CandidateList>(counts.size());
  return found->second->search_groups(cluster_of_, counts, now, filter);
}

namespace {

constexpr float kShareMin = 0.01F;  // a smaller cluster gets less than one item in a hundred

struct Taken {
  std::unordered_set<Slot> seen;
  std::vector<ColdItem> items;
};

// Takes items from the clusters' lists in turns, so that at any length each cluster has its share (the next
// item comes from the cluster that is farthest behind). False when a list came to its end that has as many
// items as were asked for: there may be more.
bool take_in_turns(const ColdStart& query, const std::vector<CandidateList>& lists,
                   std::span<const size_t> counts, ColdStep step, Taken& out) {
  std::vector<size_t> at(lists.size());
  std::vector<float> taken(lists.size());
  while (out.items.size() < query.k) {
    size_t next = lists.size();
    float behind = 0;
    for (size_t c = 0; c < lists.size(); ++c) {
      if (!(query.clusters[c] >= kShareMin)) continue;
      while (at[c] < lists[c].items.size() && out.seen.contains(lists[c].items[at[c]].slot)) ++at[c];
      if (at[c] == lists[c].items.size()) {
        if (at[c] == counts[c]) return false;
        continue;
      }
      const float turn = (taken[c] + 0.5F) / query.clusters[c];  // Webster's method
      if (next == lists.size() || turn < behind) next = c, behind = turn;
    }
    if (next == lists.size()) return true;
    const Slot slot = lists[next].items[at[next]].slot;
    out.seen.insert(slot);
    out.items.push_back({slot, step, static_cast<uint16_t>(next)});
    ++taken[next];
  }
  return true;
}

// First from lists of about each cluster's share, which most of a large catalog need not be looked at for;
// where one turns out too short, from lists that cannot be.
void take_popular(const ClusterPopularity& popularity, const ColdStart& query,
                  std::optional<ContextBucket> context, ColdStep step, Taken& out) {
  constexpr float kSpare = 2;
  for (const bool whole : {false, true}) {
    std::vector<size_t> counts(query.clusters.size());
    for (size_t c = 0; c < counts.size(); ++c)
      if (query.clusters[c] >= kShareMin)
        counts[c] = whole ? query.k
                          : static_cast<size_t>(kSpare * query.clusters[c] * static_cast<float>(query.k)) + 8;
    for (const ColdItem& item : out.items) ++counts[item.cluster];
    Taken more = out;
    if (!take_in_turns(query, popularity.search(counts, context, query.now, query.filter), counts, step,
                       more) &&
        !whole)
      continue;
    out = std::move(more);
    return;
  }
}

}  // namespace

std::vector<ColdItem> cold_start(const ClusterPopularity& popularity, const ColdStart& query) {
  Taken taken;
  take_popular(popularity, query, query.context, ColdStep::kClusterAndContext, taken);
  if (taken.items.size() < query.k) take_popular(popularity, query, std::nullopt, ColdStep::kCluster, taken);
  auto& [seen, out] = taken;
  const auto fill = [&](const auto& source, ColdStep step) {
    if (!source || out.size() >= query.k) return;
    for (const Slot slot : source(query.k))
      if (out.size() < query.k && seen.insert(slot).second)
        out.push_back({slot, step, ClusterPopularity::kNoCluster});
  };
  fill(query.visual_neighbours, ColdStep::kVisualNeighbours);
  fill(query.new_arrivals, ColdStep::kNewArrivals);
  return std::move(out);
}

}  // namespace modiste
