// How a start fills the catalog's memory and indexes from the store (CatalogService::load).
#include <algorithm>

#include "serving/catalog/catalog_service.h"
#include "serving/catalog/load_catalog.h"
#include "serving/catalog/photo_attributes.h"
#include "serving/catalog/saved_index.h"

namespace modiste {
namespace {

constexpr size_t kProgressItems = 512;
constexpr size_t kEmbeddedAtOnce = 32;  // what a stop in the middle does again

}  // namespace

bool CatalogService::is_by_this_encoder(Slot slot, const StoredEmbedding& embedding) const {
  if (ports_.encoder == nullptr) return true;
  if (!embedding.encoder.empty()) return embedding.encoder == ports_.encoder->id();
  return embedding.source_hash ==
         encoder_.source_hash(*shop_.catalog.snapshot()->item(slot).garment.read(), embedding.colour);
}

Result<Done> CatalogService::take(const StoredEmbedding& embedding, std::vector<Slot>& of_another) {
  const Slot slot = shop_.catalog.slot_ever(embedding.garment_id, embedding.colour);
  if (slot == kNoSlot) return kOk;  // an older program deleted what was not sold any more
  if (is_by_this_encoder(slot, embedding))
    put_embedding(slot, embedding);
  else
    of_another.push_back(slot);
  return kOk;
}

Result<std::vector<Slot>> CatalogService::load_all(const Progress& progress) {
  TRY(load_catalog(ports_.garments, shop_.catalog, [&](size_t garments) {
    if (progress) progress("garments", garments);
  }));
  std::vector<Slot> of_another;
  TRY(ports_.garments.for_each_embedding(
      [&](StoredEmbedding&& embedding) { return take(embedding, of_another); }));
  return of_another;
}

Result<Done> CatalogService::embed_again(std::span<const Slot> slots, const Progress& progress) {
  for (size_t done = 0; done < slots.size(); done += kEmbeddedAtOnce) {
    if (progress) progress("items embedded again, by this encoder", done);
    std::vector<Garment> sold;
    std::vector<EncodedItem> no_longer_sold;
    for (const Slot slot : slots.subspan(done, std::min(kEmbeddedAtOnce, slots.size() - done))) {
      const Item item = shop_.catalog.snapshot()->item(slot);
      if (!item.facts.live) {
        no_longer_sold.push_back(encoder_.begin(*item.garment.read(), item.colour));
      } else if (shop_.embeddings.get(slot) == nullptr &&
                 (sold.empty() || sold.back().id != item.garment.id())) {
        sold.push_back(*item.garment.read());
        believe_words(sold.back(), shop_.conflicts.of(sold.back().id));
        drop_photo_attributes(sold.back());
      }
    }
    encoder_.encode(no_longer_sold);
    std::vector<StoredEmbedding> embeddings;
    for (auto& one : no_longer_sold) embeddings.push_back(std::move(one.stored));
    TRY(ports_.garments.put_embeddings(embeddings));
    for (const auto& one : embeddings)
      put_embedding(shop_.catalog.slot_ever(one.garment_id, one.colour), one);
    if (!sold.empty()) TRY(upsert(std::move(sold)));
  }
  return kOk;
}

// Rebuilds the word index; a vector is put only where it differs from the adopted one.
void CatalogService::fill_indexes(const Progress& progress) {
  const auto snapshot = shop_.catalog.snapshot();
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    if (!snapshot->facts(slot).live) {
      shop_.indexes.remove(slot);
      continue;
    }
    const auto embedding = shop_.embeddings.get(slot);
    const bool adopted = embedding != nullptr && slot < adopted_hashes_.size() &&
                         adopted_hashes_[slot] == embedding->source_hash && shop_.indexes.has_vector(slot);
    (void)shop_.indexes.put(snapshot->item(slot), embedding == nullptr || adopted
                                                      ? std::span<const float>{}
                                                      : std::span<const float>(embedding->vector));
    if (slot % kProgressItems == 0 && progress) progress("items indexed", slot);
  }
  adopted_hashes_.clear();
  shop_.contexts.learn(*snapshot, shop_.embeddings, snapshot->live_count());
}

Result<Done> CatalogService::load_outfits() {
  TRY(ports_.garments.for_each_outfit([&](ShopOutfit&& outfit) -> Result<Done> {
    shop_.curated.put(std::move(outfit));
    return kOk;
  }));
  if (adopted_) return kOk;
  const auto snapshot = shop_.catalog.snapshot();
  for (const auto& id : garments_with_sets(*snapshot)) shop_.curated.put_garment(*shop_.catalog.garment(id));
  return kOk;
}

Result<Done> CatalogService::load(const Progress& progress) {
  const bool whole = adopted_.has_value();
  TRY_ASSIGN(const auto of_another_encoder, whole ? catch_up(adopted_->changes) : load_all(progress));
  TRY(load_outfits());
  TRY(ports_.garments.for_each_conflicts([&](GarmentConflicts&& conflicts) -> Result<Done> {
    shop_.conflicts.put(std::move(conflicts));
    return kOk;
  }));
  TRY(embed_again(of_another_encoder, progress));
  if (!whole) fill_indexes(progress);
  const auto snapshot = shop_.catalog.snapshot();
  if (options_.learns_clusters && snapshot->live_count() > 0)
    shop_.style_clusters.learn(*snapshot, shop_.embeddings, {});
  adopted_.reset();
  return kOk;
}

}  // namespace modiste
