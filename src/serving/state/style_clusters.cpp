#include "serving/state/style_clusters.h"

#include <algorithm>

#include "base/binary_fields.h"
#include "serving/state/event_item.h"

namespace modiste {
namespace {

// Items whose vectors are taken apart to be learned from; learning draws its own sample of them.
constexpr size_t kLearnedMax = 60'000;
// Beside choices, which weigh 1.
constexpr auto kPassWeight = static_cast<float>(row_of(EventType::kPass).weight);

Membership wished_membership(const StatedPreferences& preferences, const AestheticClusters& clusters) {
  ItemFacts wished;
  wished.colour = kNoTerm;
  wished.terms = preferences.terms;
  std::sort(wished.terms.begin(), wished.terms.end());
  return clusters.membership(wished, {});
}

ContextBucket bucket_of(Season season, std::optional<Occasion> occasion) {
  const auto within = occasion ? 1 + static_cast<size_t>(*occasion) : 0;
  return static_cast<ContextBucket>(static_cast<size_t>(season) * (kOccasionCount + 1) + within);
}

std::span<const float> vector_of(const std::shared_ptr<const ItemEmbedding>& embedding) {
  return embedding == nullptr ? std::span<const float>{} : std::span<const float>(embedding->vector);
}

}  // namespace

ContextBucket context_bucket(const Event& event, TimePoint at) {
  if (!event.context) return bucket_of(season_of({}, at), std::nullopt);
  const EventContext& said = *event.context;
  const Place place = located({said.country, said.latitude, said.longitude}, said.time_zone);
  return bucket_of(season_of(place, at), enum_from_name<Occasion>(said.occasion));
}

ContextBucket context_bucket(const std::optional<Context>& context, TimePoint now) {
  if (!context) return bucket_of(season_of({}, now), std::nullopt);
  const bool said = context->occasions_known == Provenance::kExplicit;
  return bucket_of(context->season(), said ? std::optional(context->occasion()) : std::nullopt);
}

StyleClusters::StyleClusters(const Vocabulary& vocabulary, StyleClustersOptions options)
    : vocabulary_(vocabulary),
      options_(options),
      popularity_(options_.popularity),
      clusters_(std::make_shared<const AestheticClusters>()) {}

void StyleClusters::learn(const CatalogSnapshot& catalog, const ItemEmbeddings& embeddings,
                          std::span<const Slot> changed) {
  changed_ += changed.size();
  const auto known = clusters_.load();
  if (known->size() > 0 &&
      static_cast<double>(changed_) < options_.relearn_share * static_cast<double>(catalog.live_count())) {
    for (const Slot slot : changed)
      popularity_.assign(slot, known->nearest(catalog.facts(slot), vector_of(embeddings.get(slot))));
    return;
  }
  std::vector<ClusterItem> items;
  std::vector<std::shared_ptr<const ItemEmbedding>> keep;
  const size_t step = std::max<size_t>(1, (catalog.live_count() + kLearnedMax - 1) / kLearnedMax);
  size_t number = 0;
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
    if (!catalog.facts(slot).live || number++ % step != 0) continue;
    keep.push_back(embeddings.get(slot));
    items.push_back({&catalog.facts(slot), vector_of(keep.back())});
  }
  changed_ = 0;
  auto learned = std::make_shared<const AestheticClusters>(
      AestheticClusters::learn(items, vocabulary_, options_.clusters, known.get()));
  if (learned->size() > 0)
    for (Slot slot = 0; slot < catalog.slot_count(); ++slot)
      if (catalog.facts(slot).live)
        popularity_.assign(slot, learned->nearest(catalog.facts(slot), vector_of(embeddings.get(slot))));
  clusters_.store(std::move(learned));
}

void StyleClusters::save(std::string& out) const {
  std::string styles;
  clusters_.load()->save(styles);
  BinaryWriter writer(out);
  writer.text(styles);
  writer.numbers(popularity_.clusters());
  writer.number(uint64_t{changed_});
}

Result<Done> StyleClusters::load(std::string_view bytes) {
  std::string_view styles;
  std::vector<uint16_t> of_slots;
  uint64_t changed = 0;
  TRY(load_fields(bytes, "styles", [&](BinaryReader& reader) {
    reader.view(styles);
    reader.numbers(of_slots);
    reader.number(changed);
  }));
  TRY_ASSIGN(auto clusters, AestheticClusters::load(styles, vocabulary_, options_.clusters));
  clusters_.store(std::make_shared<const AestheticClusters>(std::move(clusters)));
  popularity_.assign_all(std::move(of_slots));
  changed_ = changed;
  return kOk;
}

void StyleClusters::record(const Event& event, const Catalog& catalog, TimePoint at) {
  const auto weight = static_cast<float>(taste_weight(event));
  if (event.type != EventType::kImpression && (weight <= 0 || event.garment_id.empty())) return;
  const ContextBucket bucket = context_bucket(event, at);
  if (event.type == EventType::kImpression) {
    for (const auto& shown : event.items)
      if (const Slot slot = catalog.slot_ever(shown.garment_id, shown.colour); slot != kNoSlot)
        popularity_.record_impression(slot, bucket, at);
    return;
  }
  if (const Slot slot = slot_of(event, event.garment_id, catalog); slot != kNoSlot)
    popularity_.record_positive(slot, weight, bucket, at);
}

std::string StyleClusters::main_style(const ShopperState& shopper) const {
  const auto clusters = clusters_.load();
  if (clusters->size() == 0) return {};
  std::vector<Slot> latest;
  const size_t first = shopper.choices.size() - std::min(kLatestChoices, shopper.choices.size());
  for (size_t i = first; i < shopper.choices.size(); ++i) latest.push_back(shopper.choices[i].slot);
  std::vector<size_t> votes(clusters->size());
  std::optional<uint16_t> most;
  for (const uint16_t cluster : popularity_.clusters_of(latest)) {
    if (cluster >= votes.size()) continue;
    ++votes[cluster];
    if (!most || votes[cluster] >= votes[*most]) most = cluster;
  }
  if (!most && !shopper.preferences.terms.empty()) {
    const Membership wished = wished_membership(shopper.preferences, *clusters);
    most = static_cast<uint16_t>(std::max_element(wished.begin(), wished.end()) - wished.begin());
  }
  return most ? clusters->cluster(*most).name : "";
}

std::vector<StyleClusters::HeardMembership> StyleClusters::heard(const ShopperState& shopper,
                                                                 const CatalogSnapshot& catalog,
                                                                 const ItemEmbeddings& embeddings,
                                                                 const AestheticClusters& clusters) const {
  std::vector<HeardMembership> heard;
  const auto add = [&](Slot slot, float weight) {
    if (slot >= catalog.slot_count()) return;
    heard.push_back({clusters.membership(catalog.facts(slot), vector_of(embeddings.get(slot))), weight});
  };
  for (size_t i = shopper.choices.size() - std::min(kLatestChoices, shopper.choices.size());
       i < shopper.choices.size(); ++i)
    add(shopper.choices[i].slot, 1);
  for (const PassRecord* pass : shopper.latest_passes(kLatestChoices)) add(pass->slot, kPassWeight);
  if (!shopper.preferences.terms.empty())
    heard.push_back({wished_membership(shopper.preferences, clusters), StyleOptions().quiz_evidence});
  return heard;
}

Membership StyleClusters::membership(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                     const ItemEmbeddings& embeddings,
                                     const AestheticClusters& clusters) const {
  auto heard = this->heard(shopper, catalog, embeddings, clusters);
  if (heard.size() == 1 && !shopper.preferences.terms.empty())  // the quiz alone speaks
    return std::move(heard.front().membership);
  std::vector<WeightedMembership> signals;
  for (const auto& [membership, weight] : heard) signals.push_back({membership, weight});
  return clusters.shopper(signals);
}

std::vector<ClusterShare> StyleClusters::shares(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                                const ItemEmbeddings& embeddings) const {
  const auto clusters = clusters_.load();
  std::vector<ClusterShare> shares;
  if (clusters->size() == 0 || shopper.signals == 0) return shares;
  const Membership membership = this->membership(shopper, catalog, embeddings, *clusters);
  Membership own(clusters->size());  // without what everybody has
  for (const auto& [one, weight] : heard(shopper, catalog, embeddings, *clusters))
    add_scaled(own, one, weight);
  for (size_t c = 0; c < membership.size(); ++c)
    if (own[c] > 0) shares.push_back({clusters->cluster(c).name, static_cast<double>(membership[c])});
  std::stable_sort(shares.begin(), shares.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  return shares;
}

std::string StyleClusters::name(uint16_t cluster) const {
  const auto clusters = clusters_.load();
  return cluster < clusters->size() ? clusters->cluster(cluster).name : "";
}

std::vector<ColdItem> StyleClusters::cold_start(const Cold& query, const CatalogSnapshot& catalog,
                                                const ItemEmbeddings& embeddings) const {
  const auto clusters = clusters_.load();
  if (clusters->size() == 0) return {};
  const Membership shares = membership(query.shopper, catalog, embeddings, *clusters);
  return modiste::cold_start(popularity_, {.clusters = shares,
                                           .context = context_bucket(query.context, query.now),
                                           .k = query.k,
                                           .now = query.now,
                                           .filter = query.filter,
                                           .visual_neighbours = query.visual_neighbours,
                                           .new_arrivals = query.new_arrivals});
}

}  // namespace modiste
