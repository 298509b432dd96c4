#include "serving/catalog/catalog_service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/mutex.h"
#include "catalog/garment_attributes.h"
#include "catalog/product_ids.h"
#include "serving/catalog/photo_attributes.h"
#include "serving/catalog/taken_skus.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

constexpr int kImageTries = 4;  // one is lost where the garment's words or first photo change meanwhile

// Leaves the garments that have no refusal, their places in the results, and what was encoded for them.
void drop_refused(const std::vector<Result<Upserted>>& results, std::vector<Garment>& garments,
                  std::vector<size_t>& places, std::vector<EncodedItem>& work) {
  std::vector<Garment> kept;
  std::vector<size_t> kept_places;
  std::unordered_set<std::string> refused;
  for (size_t i = 0; i < garments.size(); ++i) {
    if (!results[places[i]].ok()) {
      refused.insert(garments[i].id);
      continue;
    }
    kept.push_back(std::move(garments[i]));
    kept_places.push_back(places[i]);
  }
  std::erase_if(work, [&](const EncodedItem& one) { return refused.contains(one.stored.garment_id); });
  garments = std::move(kept);
  places = std::move(kept_places);
}

}  // namespace

// Those of photos that were looked at now, and the earlier ones of photos that did not change.
GarmentConflicts CatalogService::conflicts_of(const Garment& garment,
                                              const std::map<std::string, ImageUnderstanding>& seen) const {
  GarmentConflicts now{garment.id, find_conflicts(garment, seen, ports_.encoder->conflict_rules(),
                                                  shop_.catalog.vocabulary())};
  const auto before = shop_.conflicts.of(garment.id);
  const auto colours = colours_of(garment);
  for (const auto& one : before)
    if (!one.settled && !seen.contains(one.colour) &&
        std::find(colours.begin(), colours.end(), one.colour) != colours.end())
      now.conflicts.push_back(one);
  keep_verdicts(garment, before, now.conflicts);
  return now;
}

// Adds attributes read from the garment's photos, new or unchanged, and doubts the words that they
// contradict.
void CatalogService::add_photo_words(Garment& garment, std::span<const EncodedItem> work,
                                     Upserted& report) const {
  const auto known = shop_.catalog.garment(garment.id);
  report.created = known == nullptr;
  std::map<std::string, ImageUnderstanding> seen;
  for (const auto& one : work) {
    if (one.stored.garment_id != garment.id) continue;
    report.embedded += one.stored.vector.empty() ? 0 : 1;
    if (!one.photo_problem.empty())
      report.photo_problems.push_back(
          fmt::format("{} {}: {}", garment.id, one.stored.colour, one.photo_problem));
    if (one.seen) seen[one.stored.colour] = *one.seen;
  }
  if (ports_.encoder != nullptr) report.conflicts = conflicts_of(garment, seen).conflicts;
  apply_conflicts(garment, report.conflicts);
  for (const auto& [colour, understood] : seen) add_photo_attributes(garment, colour, understood.tags);
  if (known != nullptr) keep_photo_attributes(garment, *known, seen);
  drop_impossible_attributes(garment, shop_.catalog.vocabulary());
}

// By every spelling that an event may name them.
std::vector<std::string> CatalogService::ids_of(std::span<const Garment> garments) {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view id) {
    for (auto& spelling : spellings_of(id)) ids.push_back(std::move(spelling));
  };
  for (const Garment& garment : garments) {
    add(garment.id);
    for (const std::string& id : also_known_as(garment)) add(id);
    for (const Variant& variant : garment.variants) {
      add(variant.sku);
      for (const std::string& id : also_known_as(variant)) add(id);
    }
  }
  return ids;
}

Result<Done> CatalogService::make_ready(Garment& garment, VocabularyReport* words) const {
  TRY(validate(garment));
  if (garment.currency.empty()) garment.currency = options_.currency;
  shop_.normaliser.normalise(garment, words);
  return kOk;
}

Result<std::vector<Result<Upserted>>> CatalogService::upsert(std::vector<Garment> garments,
                                                             VocabularyReport* words) {
  std::vector<Result<Upserted>> results;
  std::vector<Garment> good;
  std::vector<size_t> places;
  for (auto& garment : garments) {
    if (auto ready = make_ready(garment, words); !ready.ok()) {
      results.emplace_back(std::move(ready).error());
      continue;
    }
    places.push_back(results.size());
    results.emplace_back(Upserted{});
    good.push_back(std::move(garment));
  }

  auto work = options_.embeds ? encoder_.changed(good) : std::vector<EncodedItem>();
  encoder_.encode(work);  // slow: outside the lock, so that prices and stock go on changing

  MutexLock lock(upsert_mutex_);
  auto refused = refuse_taken_skus(good, shop_.catalog);
  for (size_t i = 0; i < refused.size(); ++i)
    if (refused[i]) results[places[i]] = *std::move(refused[i]);
  drop_refused(results, good, places, work);
  const auto ids = ids_of(good);
  TRY_ASSIGN(auto reports, put(std::move(good), std::move(work)));
  lock.unlock();
  for (size_t i = 0; i < reports.size(); ++i) results[places[i]] = std::move(reports[i]);
  if (hear_) hear_(ids);
  return results;
}

Result<std::vector<Upserted>> CatalogService::put(std::vector<Garment> garments,
                                                  std::vector<EncodedItem> work) {
  std::vector<Upserted> reports(garments.size());
  std::vector<StoredEmbedding> embeddings;
  for (size_t i = 0; i < garments.size(); ++i) {
    reports[i].garment_id = garments[i].id;
    add_photo_words(garments[i], work, reports[i]);
  }
  for (auto& one : work)
    if (one.complete || !one.stored.vector.empty()) embeddings.push_back(std::move(one.stored));
  std::vector<GarmentConflicts> conflicts;
  for (auto& report : reports) {
    if (!report.conflicts.empty() || !shop_.conflicts.of(report.garment_id).empty())
      conflicts.push_back({report.garment_id, report.conflicts});
    std::erase_if(report.conflicts, [](const PhotoConflict& one) { return one.settled.has_value(); });
  }

  TRY(ports_.garments.put_whole(garments, embeddings, conflicts));
  for (auto& one : conflicts) shop_.conflicts.put(std::move(one));
  put_in_memory(std::move(garments), embeddings, reports);
  return reports;
}

void CatalogService::put_in_memory(std::vector<Garment> garments, std::span<const StoredEmbedding> embeddings,
                                   std::span<Upserted> reports) {
  std::vector<Slot> before;
  for (const auto& garment : garments)
    for (const Slot slot : shop_.catalog.slots(garment.id)) before.push_back(slot);
  for (const Garment& garment : garments) shop_.curated.put_garment(garment);
  const auto slots = shop_.catalog.upsert(std::move(garments));
  for (const auto& embedding : embeddings)
    put_embedding(shop_.catalog.slot_ever(embedding.garment_id, embedding.colour), embedding);
  index_items(slots);
  const auto now = shop_.catalog.snapshot();
  for (const Slot slot : before)
    if (!now->facts(slot).live) shop_.indexes.remove(slot);  // this colour was dropped
  std::vector<Slot> changed_items;
  for (const auto& of_garment : slots)
    changed_items.insert(changed_items.end(), of_garment.begin(), of_garment.end());
  shop_.contexts.learn(*now, shop_.embeddings, changed_items.size());
  if (options_.learns_clusters) shop_.style_clusters.learn(*now, shop_.embeddings, changed_items);
  for (size_t i = 0; i < reports.size(); ++i) reports[i].items = slots[i].size();
}

void CatalogService::put_embedding(Slot slot, const StoredEmbedding& embedding) {
  shop_.embeddings.put(slot, {embedding.vector, embedding.palette, embedding.source_hash});
}

void CatalogService::index_items(const std::vector<std::vector<Slot>>& slots) {
  const auto snapshot = shop_.catalog.snapshot();
  for (const auto& of_garment : slots)
    for (const Slot slot : of_garment) {
      const auto embedding = shop_.embeddings.get(slot);
      // A vector of another encoder's space is not indexed: the item is found by words until
      // it is embedded again.
      (void)shop_.indexes.put(snapshot->item(slot),
                              embedding == nullptr ? std::span<const float>{} : embedding->vector);
    }
}

Result<Done> CatalogService::remove(std::string_view garment_id) {
  const MutexLock lock(upsert_mutex_);
  TRY(ports_.garments.remove(garment_id));
  TRY_ASSIGN(const auto gone, shop_.catalog.remove(garment_id));
  shop_.curated.remove_garment(garment_id);
  for (const Slot slot : gone) shop_.indexes.remove(slot);
  return kOk;
}

Result<Variant> CatalogService::change_variant(std::string_view sku, const VariantChange& change) {
  const MutexLock lock(upsert_mutex_);
  const auto known = shop_.catalog.garment_of_sku(sku);
  if (known == nullptr)
    return Error{Code::kNotFound, fmt::format("no variant '{}'", sku), "?sku",
                 "the sku of a variant that is sold"};
  Garment garment = *known;
  const auto variant = std::find_if(garment.variants.begin(), garment.variants.end(),
                                    [&](const Variant& one) { return one.sku == sku; });
  CHECK(variant != garment.variants.end());
  if (change.stock) variant->stock = *change.stock;
  if (change.price) variant->price = *change.price;
  if (change.list_price) variant->list_price = change.list_price;
  if (variant->list_price && *variant->list_price <= variant->price) variant->list_price.reset();
  Variant changed = *variant;
  TRY(validate(garment));
  TRY(ports_.garments.put({&garment, 1}));
  shop_.catalog.upsert({std::move(garment)});
  return changed;
}

void CatalogService::believe_words(Garment& garment, std::span<const PhotoConflict> conflicts) const {
  for (const auto& one : conflicts) withdraw_conflict(garment, one);
  shop_.normaliser.normalise(garment);  // gives what the shop's words say its confidence again
  for (auto& attribute : garment.attributes)
    if (attribute.confidence == 0) attribute.confidence = 1;  // stated by the shop itself, not by its words
}

Result<ListedConflict> CatalogService::settle(std::string_view conflict_id,
                                              std::optional<ConflictVerdict> verdict) {
  const MutexLock lock(upsert_mutex_);
  const auto conflict = shop_.conflicts.find(conflict_id);
  const auto known = conflict ? shop_.catalog.garment(conflict->garment_id) : nullptr;
  if (known == nullptr)
    return Error{Code::kNotFound, fmt::format("no conflict '{}'", conflict_id), "?id",
                 "an id from GET /v1/quality/conflicts"};
  GarmentConflicts all{conflict->garment_id, shop_.conflicts.of(conflict->garment_id)};
  Garment garment = *known;
  believe_words(garment, all.conflicts);
  for (auto& one : all.conflicts)
    if (one.id == conflict_id) one.settled = verdict;
  apply_conflicts(garment, all.conflicts);
  drop_impossible_attributes(garment, shop_.catalog.vocabulary());
  // The verdict first: with it, a put that fails is made good by the next import.
  TRY(ports_.garments.put_conflicts({&all, 1}));
  shop_.conflicts.put(all);
  TRY(ports_.garments.put({&garment, 1}));
  std::vector<Garment> changed{std::move(garment)};
  index_items(shop_.catalog.upsert(std::move(changed)));
  const auto now = shop_.conflicts.find(conflict_id);
  CHECK(now.has_value());
  return ListedConflict{*now, known->title, now->message(shop_.catalog.vocabulary())};
}

Result<Garment> CatalogService::garment(std::string_view garment_id) const {
  const auto known = shop_.catalog.garment(garment_id);
  if (known == nullptr)
    return Error{Code::kNotFound, fmt::format("no garment '{}'", garment_id), "?id",
                 "an id from GET /v1/garments"};
  return *known;
}

// The garment as it is now, and the photo behind those that it has.
Result<Garment> CatalogService::with_image(std::string_view garment_id, const GarmentImage& image) const {
  TRY_ASSIGN(Garment changed, garment(garment_id));
  const auto colours = colours_of(changed);
  if (!image.colour.empty() && std::find(colours.begin(), colours.end(), image.colour) == colours.end())
    return Error{Code::kInvalid, fmt::format("'{}' has no colour '{}'", garment_id, image.colour), "?colour",
                 fmt::format("one of {}", fmt::join(colours, ", "))};
  changed.images.push_back(image);
  drop_photo_attributes(changed);
  TRY(make_ready(changed));
  return changed;
}

Result<std::string> CatalogService::add_image(std::string_view garment_id, std::string_view colour,
                                              std::span<const std::byte> image) {
  if (ports_.images == nullptr) return Error{Code::kUnavailable, "this shop has no image store", "", ""};
  GarmentImage added{"unnamed", std::string(colour)};
  TRY(with_image(garment_id, added));  // refuses before anything is kept
  TRY(decode_image(image, 64));        // the same
  TRY_ASSIGN(added.url, ports_.images->keep(image));
  for (int tries = 1;; ++tries) {
    std::vector<Garment> one(1);
    TRY_ASSIGN(one.front(), with_image(garment_id, added));
    auto work = encoder_.changed(one);
    encoder_.encode(work);  // outside the lock, as upsert() does: what changes meanwhile is kept
    MutexLock lock(upsert_mutex_);
    TRY_ASSIGN(one.front(), with_image(garment_id, added));
    std::erase_if(work, [&](const EncodedItem& made) {
      return made.complete &&
             made.stored.source_hash != encoder_.source_hash(one.front(), made.stored.colour);
    });
    if (!encoder_.has_vectors(one.front(), work) && tries < kImageTries) continue;
    const auto ids = ids_of(one);
    TRY(put(std::move(one), std::move(work)));
    lock.unlock();
    if (hear_) hear_(ids);
    return added.url;
  }
}

Result<ShopOutfit> CatalogService::outfit(std::string_view id) const {
  if (auto known = shop_.curated.find(id)) return std::move(*known);
  return Error{Code::kNotFound, fmt::format("no outfit '{}'", id), "", "an id from GET /v1/curated-outfits"};
}

Result<bool> CatalogService::put_outfit(ShopOutfit outfit) {
  std::set<std::string> garments;
  for (size_t i = 0; i < outfit.items.size(); ++i) {
    const ShopOutfitItem& item = outfit.items[i];
    const std::string where = fmt::format("/items/{}", i);
    if (shop_.catalog.garment(item.garment_id) == nullptr)
      return Error{Code::kInvalid, fmt::format("no garment '{}' in this shop", item.garment_id),
                   where + "/garment_id", "an id from GET /v1/garments"};
    if (!item.colour.empty() && shop_.catalog.slot(item.garment_id, item.colour) == kNoSlot)
      return Error{Code::kInvalid, fmt::format("no garment '{}' in '{}'", item.garment_id, item.colour),
                   where + "/colour", "a colour of the garment, or none"};
    if (!garments.insert(item.garment_id).second)
      return Error{Code::kInvalid, fmt::format("garment '{}' stands in it twice", item.garment_id),
                   where + "/garment_id", "each garment once"};
  }
  if (outfit.items.size() < kShopOutfitItemsMin)
    return Error{Code::kInvalid, "an outfit of one garment", "/items", "two garments or more"};
  if (!outfit.occasion.empty())
    TRY(find_term(Facet::kOccasion, outfit.occasion, shop_.catalog.vocabulary(), "/occasion"));
  const MutexLock lock(upsert_mutex_);
  const bool created = !shop_.curated.find(outfit.id);
  TRY(ports_.garments.put_outfit(outfit));
  shop_.curated.put(std::move(outfit));
  return created;
}

Result<Done> CatalogService::remove_outfit(std::string_view id) {
  const MutexLock lock(upsert_mutex_);
  TRY(ports_.garments.remove_outfit(id));
  (void)shop_.curated.remove(id);
  return kOk;
}

}  // namespace modiste
