#include "style/aesthetic_clusters.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/binary_fields.h"
#include "base/check.h"

namespace modiste {
namespace {

// A sample of at most items_max items, in their order.
std::vector<ClusterItem> sample(std::span<const ClusterItem> items, size_t items_max, Rng& rng) {
  std::vector<ClusterItem> kept;
  size_t wanted = std::min(items_max, items.size());
  for (size_t i = 0; i < items.size(); ++i)
    if (rng.below(items.size() - i) < wanted) {  // selection sampling (Knuth, algorithm S)
      kept.push_back(items[i]);
      --wanted;
    }
  return kept;
}

// Reorders centres so that those nearest to old centres keep their index; the others fill what is left. Pairs
// are assigned nearest first.
void stand_in_old_places(std::vector<Vector>& centres, const std::vector<Vector>& old) {
  std::vector<std::tuple<float, size_t, size_t>> pairs;
  for (size_t i = 0; i < centres.size(); ++i)
    for (size_t k = 0; k < std::min(old.size(), centres.size()); ++k)
      pairs.emplace_back(squared_distance(centres[i], old[k]), i, k);
  std::sort(pairs.begin(), pairs.end());
  constexpr size_t kFree = SIZE_MAX;
  std::vector<size_t> place_of(centres.size(), kFree), taken_by(centres.size(), kFree);
  for (const auto& [distance, i, k] : pairs)
    if (place_of[i] == kFree && taken_by[k] == kFree) place_of[i] = k, taken_by[k] = i;
  std::vector<Vector> placed(centres.size());
  for (size_t i = 0; i < centres.size(); ++i) {
    if (place_of[i] == kFree) {
      place_of[i] =
          static_cast<size_t>(std::find(taken_by.begin(), taken_by.end(), kFree) - taken_by.begin());
      taken_by[place_of[i]] = i;
    }
    placed[place_of[i]] = std::move(centres[i]);
  }
  centres = std::move(placed);
}

}  // namespace

size_t cluster_count(size_t items, size_t before, const AestheticOptions& options) {
  const double rule =
      std::clamp(std::sqrt(static_cast<double>(items) / 2), static_cast<double>(options.clusters_min),
                 static_cast<double>(options.clusters_max));
  const size_t most = std::max<size_t>(1, items / 4);
  const bool keeps =
      before > 0 && std::abs(rule - static_cast<double>(before)) <= 0.2 * static_cast<double>(before);
  return std::min(most, keeps ? before : static_cast<size_t>(std::lround(rule)));
}

AestheticClusters AestheticClusters::learn(std::span<const ClusterItem> all, const Vocabulary& vocabulary,
                                           const AestheticOptions& options,
                                           const AestheticClusters* previous) {
  AestheticClusters model;
  model.options_ = options;
  if (all.empty()) return model;
  Rng rng(options.seed);
  const auto items = sample(all, options.items_max, rng);
  std::vector<std::span<const float>> vectors;
  for (const auto& item : items)
    if (!item.vector.empty()) vectors.push_back(item.vector);
  model.space_ = std::make_shared<ClusterSpace>(vocabulary, options.space, vectors);
  if (previous != nullptr && !model.same_space(*previous)) previous = nullptr;
  if (previous != nullptr)
    model.space_ = previous->space_;  // the same space, so that centres can be compared

  std::vector<float> values;
  values.reserve(items.size() * model.space_->columns());
  for (const auto& item : items) {
    const Vector row = model.space_->row(*item.facts, item.vector);
    values.insert(values.end(), row.begin(), row.end());
  }
  const Rows rows{values, model.space_->columns()};
  const size_t count = cluster_count(items.size(), previous == nullptr ? 0 : previous->size(), options);
  KMeans learned = k_means(rows, count, options.k_means, rng);
  if (previous != nullptr) {
    stand_in_old_places(learned.centres, previous->centres_);
    if (previous->size() == count) {
      KMeans kept = k_means_from(rows, previous->centres_, options.k_means);
      if (learned.spread > (1 - options.relearn_gain_min) * kept.spread) learned = std::move(kept);
    }
    learned = k_means_from(rows, std::move(learned.centres), options.k_means);
  }
  model.centres_ = std::move(learned.centres);
  model.spread_ = learned.spread;
  model.describe(items, learned.nearest);
  model.name_all(previous);
  return model;
}

template <class Io, class Self>
void AestheticClusters::fields(Io& io, Self& self, ClusterSpace& space) {
  io.numbers(space.vector_mean_);
  io.number(space.vector_scale_);
  io.list(self.centres_, [](auto& each_io, auto& centre) { each_io.numbers(centre); });
  io.list(self.clusters_, [](auto& each_io, auto& cluster) {
    each_io.text(cluster.name);
    uint64_t items = cluster.items;
    each_io.number(items);
    if constexpr (Io::kReads) cluster.items = items;
    each_io.list(cluster.attributes, [](auto& attribute_io, auto& attribute) {
      attribute_io.number(attribute.id);
      attribute_io.text(attribute.label);
      attribute_io.number(attribute.share_inside);
      attribute_io.number(attribute.share_outside);
      attribute_io.number(attribute.score);
    });
  });
  io.number(self.spread_);
}

void AestheticClusters::save(std::string& out) const {
  if (space_ == nullptr) return;  // nothing was learned
  BinaryWriter writer(out);
  ClusterSpace space = *space_;
  fields(writer, *this, space);
}

Result<AestheticClusters> AestheticClusters::load(std::string_view bytes, const Vocabulary& vocabulary,
                                                  const AestheticOptions& options) {
  AestheticClusters model;
  if (bytes.empty()) return model;
  model.options_ = options;
  ClusterSpace space(vocabulary, options.space);
  TRY(load_fields(bytes, "clusters", [&](BinaryReader& reader) {
    fields(reader, model, space);
    reader.require(model.centres_.size() == model.clusters_.size());
    for (const Vector& centre : model.centres_) reader.require(centre.size() == space.columns());
  }));
  model.space_ = std::make_shared<const ClusterSpace>(std::move(space));
  return model;
}

bool AestheticClusters::same_space(const AestheticClusters& other) const {
  return other.space_ != nullptr && &other.space_->vocabulary() == &space_->vocabulary() &&
         other.space_->vector_size() == space_->vector_size();
}

void AestheticClusters::describe(std::span<const ClusterItem> items, std::span<const uint16_t> nearest) {
  std::vector<float> counts_all(space_->attribute_count());
  std::vector<std::vector<float>> counts(centres_.size(), counts_all);
  clusters_.resize(centres_.size());
  for (size_t i = 0; i < items.size(); ++i) {
    ++clusters_[nearest[i]].items;
    for (const AttributeId id : space_->attributes(*items[i].facts)) {
      ++counts[nearest[i]][id];
      ++counts_all[id];
    }
  }
  for (size_t k = 0; k < clusters_.size(); ++k)
    clusters_[k].attributes =
        distinctive_attributes(*space_, counts[k], static_cast<float>(clusters_[k].items), counts_all,
                               static_cast<float>(items.size()), options_.naming);
}

// Clusters whose centres barely moved keep their names; then the largest cluster chooses first.
void AestheticClusters::name_all(const AestheticClusters* previous) {
  std::set<std::string> taken;
  const auto kept = static_cast<float>(spread_) * options_.name_kept_within * options_.name_kept_within;
  if (previous != nullptr)
    for (size_t k = 0; k < std::min(size(), previous->size()); ++k)
      if (squared_distance(centres_[k], previous->centres_[k]) <= kept)
        taken.insert(clusters_[k].name = previous->clusters_[k].name);
  std::vector<size_t> order(size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return clusters_[a].items > clusters_[b].items; });
  for (const size_t k : order) {
    auto& [name, items, attributes] = clusters_[k];
    if (name.empty()) taken.insert(name = cluster_name(*space_, attributes, taken, options_.naming));
    if (attributes.size() > options_.naming.attributes_max) attributes.resize(options_.naming.attributes_max);
  }
}

std::vector<float> AestheticClusters::squared_distances(const ItemFacts& facts,
                                                        std::span<const float> vector) const {
  const Vector row = space_->row(facts, vector);
  const size_t columns = vector.size() == space_->vector_size() ? row.size() : space_->attribute_columns();
  std::vector<float> distances;
  for (const auto& centre : centres_)
    distances.push_back(
        squared_distance(std::span(row).first(columns), std::span<const float>(centre).first(columns)));
  return distances;
}

Membership AestheticClusters::membership(const ItemFacts& facts, std::span<const float> vector) const {
  if (size() == 0) return {};
  Membership membership = squared_distances(facts, vector);
  const float nearest = *std::min_element(membership.begin(), membership.end());
  const float scale = options_.temperature * std::max(static_cast<float>(spread_), 1e-6F);
  float sum = 0;
  for (float& value : membership) sum += value = std::exp((nearest - value) / scale);
  for (float& value : membership) value /= sum;
  return membership;
}

uint16_t AestheticClusters::nearest(const ItemFacts& facts, std::span<const float> vector) const {
  CHECK(size() > 0);
  const auto distances = squared_distances(facts, vector);
  return static_cast<uint16_t>(std::min_element(distances.begin(), distances.end()) - distances.begin());
}

Membership AestheticClusters::shopper(std::span<const WeightedMembership> signals) const {
  Membership sum(size());
  for (const auto& [membership, weight] : signals) {
    CHECK(membership.size() == size());
    add_scaled(sum, membership, weight);
  }
  const auto items = std::accumulate(clusters_.begin(), clusters_.end(), size_t{0},
                                     [](size_t n, const auto& cluster) { return n + cluster.items; });
  float total = 0;
  for (size_t k = 0; k < size(); ++k) {
    const float share = static_cast<float>(clusters_[k].items) / static_cast<float>(items);
    total += sum[k] = std::max(0.0F, sum[k]) + options_.prior_strength * share;
  }
  for (float& value : sum) value /= total;
  return sum;
}

}  // namespace modiste
