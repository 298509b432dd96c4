#include "catalog/catalog.h"

#include <algorithm>

#include "base/mutex.h"
#include "base/rng.h"
#include "base/text.h"
#include "catalog/garment_attributes.h"
#include "catalog/garment_store.h"
#include "catalog/product_ids.h"
#include "vocabulary/words.h"

namespace modiste {

std::string brand_key(std::string_view name) {
  std::string key;
  for (const auto& word : split_list(folded(name), " \t\n")) key += (key.empty() ? "" : " ") + word;
  return key;
}

// Builds the next snapshot: shares every chunk with the last one until the chunk is changed.
class Catalog::Writer {
 public:
  explicit Writer(const CatalogSnapshot& last) : next_(std::make_shared<CatalogSnapshot>(last)) {
    owned_.resize(next_->chunks_.size(), false);
    next_->columns_.share();
    next_->garments_.share();
  }

  Slot add_slot(uint32_t garment, const std::string& colour) {
    next_->garments_.add(garment);
    const auto slot = static_cast<Slot>(next_->slot_count_++);
    if (slot / CatalogSnapshot::kChunkItems == next_->chunks_.size()) {
      next_->chunks_.push_back(std::make_shared<CatalogSnapshot::Chunk>());
      owned_.push_back(true);
    }
    Item& item = touch(slot);
    item.facts.slot = slot;
    item.facts.garment = garment;
    item.colour = colour;
    return slot;
  }

  [[nodiscard]] const Item& item(Slot slot) const { return next_->item(slot); }

  void set(Slot slot, Item item) {
    Item& place = touch(slot);
    next_->live_count_ += (item.facts.live ? 1 : 0) - (place.facts.live ? 1 : 0);
    next_->columns_.change(slot, place.facts, item.facts);
    place = std::move(item);
  }

  // Returns false if the slot was not live.
  bool retire(Slot slot) {
    if (!next_->facts(slot).live) return false;
    ItemFacts& facts = touch(slot).facts;
    const ItemFacts before = facts;
    facts.live = false;
    next_->columns_.change(slot, before, facts);
    --next_->live_count_;
    return true;
  }

  std::shared_ptr<const CatalogSnapshot> finish() {
    ++next_->version_;
    return next_;
  }

 private:
  Item& touch(Slot slot) {
    const size_t chunk = slot / CatalogSnapshot::kChunkItems;
    if (!owned_[chunk]) {
      next_->chunks_[chunk] = std::make_shared<CatalogSnapshot::Chunk>(*next_->chunks_[chunk]);
      owned_[chunk] = true;
    }
    return (*next_->chunks_[chunk])[slot % CatalogSnapshot::kChunkItems];
  }

  std::shared_ptr<CatalogSnapshot> next_;
  std::vector<bool> owned_;
};

std::shared_ptr<const CatalogSnapshot> Catalog::snapshot() const {
  const ReaderLock lock(mutex_);
  return snapshot_;
}

size_t Catalog::IdHash::operator()(std::string_view id) const { return hash64(id); }

Catalog::Entry& Catalog::entry(const std::string& garment_id) {
  if (Entry* known = find(garment_id)) return *known;
  const auto place = garments_.try_emplace(garment_id).first;
  place->second.index = garment_index_next_++;
  ids_.push_back(&place->first);
  places_.insert(&*place);
  return place->second;
}

Slot Catalog::slot_of(Entry& entry, const std::string& colour, Writer& writer) {
  for (const Slot slot : entry.slots)
    if (writer.item(slot).colour == colour) return slot;
  return entry.slots.emplace_back(writer.add_slot(entry.index, colour));
}

ItemKey Catalog::key(Slot slot) const {
  const ReaderLock lock(mutex_);
  const Item& item = snapshot_->item(slot);
  return {*ids_.at(item.facts.garment), item.colour};
}

void Catalog::reserve(std::span<const ItemKey> keys, std::span<const std::string> brands) {
  const MutexLock lock(mutex_);
  for (const auto& brand : brands) intern_brand(brand);
  Writer writer(*snapshot_);
  for (Slot slot = 0; slot < keys.size(); ++slot) {
    const ItemKey& key = keys[slot];
    // After a saved catalog all are there already: a look by number is a tenth of one by id.
    const Item* known = slot < snapshot_->slot_count() ? &snapshot_->item(slot) : nullptr;
    if (known != nullptr && known->colour == key.colour && *ids_[known->facts.garment] == key.garment_id)
      continue;
    slot_of(entry(key.garment_id), key.colour, writer);
  }
  snapshot_ = writer.finish();
}

// The slots of the garment's colours, in their order.
std::vector<Slot> Catalog::fill(Entry& entry, const Garment& garment, const PackedGarment& packed, bool live,
                                Writer& writer) {
  const BrandId brand = intern_brand(garment.brand);
  std::vector<Slot> filled;
  for (const auto& colour : colours_of(garment)) {
    const Slot slot = slot_of(entry, colour, writer);
    ItemFacts facts = facts_of(garment, colour, vocabulary_);
    facts.slot = slot;
    facts.garment = entry.index;
    facts.brand = brand;
    facts.live = live;
    writer.set(slot, {std::move(facts), colour, packed});
    filled.push_back(slot);
  }
  return filled;
}

std::vector<Slot> Catalog::upsert_one(const Garment& garment, Writer& writer) {
  Entry& known = entry(garment.id);
  if (known.garment == nullptr) ++on_sale_;
  packed_bytes_ -= known.garment.bytes();
  known.garment = PackedGarment(garment);
  packed_bytes_ += known.garment.bytes();
  remember_ids(garment, known.garment, true);
  auto live = fill(known, garment, known.garment, true, writer);
  for (const Slot slot : known.slots)
    if (std::find(live.begin(), live.end(), slot) == live.end()) writer.retire(slot);
  return live;
}

std::vector<std::vector<Slot>> Catalog::upsert(std::vector<Garment> garments) {
  const MutexLock lock(mutex_);
  Writer writer(*snapshot_);
  std::vector<std::vector<Slot>> slots;
  slots.reserve(garments.size());
  for (const auto& garment : garments) slots.push_back(upsert_one(garment, writer));
  snapshot_ = writer.finish();
  return slots;
}

void Catalog::restore(std::vector<GarmentVersion> versions) {
  const MutexLock lock(mutex_);
  Writer writer(*snapshot_);
  for (const auto& version : versions) restore_one(version, writer);
  snapshot_ = writer.finish();
}

void Catalog::restore_one(const GarmentVersion& version, Writer& writer) {
  if (version.sold) {
    upsert_one(version.garment, writer);
    return;
  }
  Entry& past = entry(version.garment.id);
  CHECK(past.garment == nullptr);
  const PackedGarment packed(version.garment);
  packed_bytes_ += packed.bytes();
  remember_ids(version.garment, packed, false);
  fill(past, version.garment, packed, false, writer);
}

// What was saved knows the garment as it was sold, or does not know it: then what the store remembers of it
// is restored. In between, colours may have come and gone.
void Catalog::catch_up(std::vector<GarmentVersion> versions) {
  CHECK(!versions.empty());
  const MutexLock lock(mutex_);
  Writer writer(*snapshot_);
  const GarmentVersion& last = versions.back();
  Entry& known = entry(last.garment.id);
  if (known.garment != nullptr) remove_one(known, writer);
  for (const auto& version : versions) {
    const auto is_known = [&](const std::string& colour) {
      return std::any_of(known.slots.begin(), known.slots.end(), [&](Slot slot) {
        const Item& item = writer.item(slot);
        return item.colour == colour && item.garment != nullptr;
      });
    };
    const auto colours = colours_of(version.garment);
    if (version.sold || !std::all_of(colours.begin(), colours.end(), is_known)) restore_one(version, writer);
  }
  snapshot_ = writer.finish();
}

Result<std::vector<Slot>> Catalog::remove(std::string_view garment_id) {
  const MutexLock lock(mutex_);
  Entry* const found = find(garment_id);
  if (found == nullptr || found->garment == nullptr)
    return Error{Code::kNotFound, "no garment '" + std::string(garment_id) + "'", "?id",
                 "an id from GET /v1/garments"};
  Writer writer(*snapshot_);
  auto gone = remove_one(*found, writer);
  snapshot_ = writer.finish();
  return gone;
}

std::vector<Slot> Catalog::remove_one(Entry& known, Writer& writer) {
  std::vector<Slot> gone;
  for (const Slot slot : known.slots)
    if (writer.retire(slot)) gone.push_back(slot);
  known.garment = {};  // its items keep it
  --on_sale_;
  return gone;
}

// A sku of a garment that is sold displaces whatever had it before. A number of one displaces a garment that
// is no longer sold, as where a feed of another country takes over; what is not sold displaces nothing. So a
// number leads to what is sold, whether the garments come one by one or from the store.
void Catalog::remember_ids(const Garment& garment, const PackedGarment& packed, bool sold) {
  const auto gives_way = [&](std::string_view holder) REQUIRES(mutex_) {
    const Entry* const known = find(holder);
    return holder == garment.id || (sold && (known == nullptr || known->garment == nullptr));
  };
  const auto name_product = [&](std::string_view number) REQUIRES(mutex_) {
    if (number.empty()) return;
    const auto [known, is_new] = garments_by_number_.try_emplace(std::string(number), garment.id);
    if (!is_new && gives_way(known->second)) known->second = garment.id;
  };
  name_product(read_product_id(garment.id).product);
  for (const std::string& id : also_known_as(garment)) name_product(id);
  for (size_t i = 0; i < garment.variants.size(); ++i) {
    const std::string& sku = garment.variants[i].sku;
    const PlacedVariant placed{packed, static_cast<uint32_t>(i)};
    if (sold)
      variants_.insert_or_assign(hash64(sku), placed);
    else
      variants_.try_emplace(hash64(sku), placed);
    const auto name_variant = [&](std::string_view id) REQUIRES(mutex_) {
      if (id.empty()) return;
      const auto [known, is_new] = variants_.try_emplace(hash64(id), placed);
      if (!is_new && gives_way(known->second.garment.id())) known->second = placed;
    };
    const auto ids = read_product_id(sku);
    name_product(ids.product);
    name_variant(ids.variant);
    for (const std::string& id : also_known_as(garment.variants[i])) name_variant(id);
  }
}

bool Catalog::was_ever_sold(std::string_view garment_id) const {
  const Entry* const found = find(garment_id);
  return found != nullptr &&
         std::any_of(found->slots.begin(), found->slots.end(), [&](Slot slot) REQUIRES_SHARED(mutex_) {
           return snapshot_->item(slot).garment != nullptr;
         });
}

std::string Catalog::garment_id_of(std::string_view id) const {
  const ReaderLock lock(mutex_);
  if (was_ever_sold(id)) return std::string(id);
  const auto ids = read_product_id(id);
  if (was_ever_sold(ids.offer)) return std::string(ids.offer);
  const auto found = garments_by_number_.find(std::string(ids.product.empty() ? ids.offer : ids.product));
  return found == garments_by_number_.end() ? std::string() : found->second;
}

// The variant that has this sku or number, if the hash does not deceive.
std::optional<KnownVariant> Catalog::find_variant(std::string_view name) const {
  const auto found = name.empty() ? variants_.end() : variants_.find(hash64(name));
  if (found == variants_.end()) return std::nullopt;
  KnownVariant known{found->second.garment.read(), found->second.place};
  const std::string& sku = known.variant().sku;
  const auto& others = also_known_as(known.variant());
  if (sku != name && read_product_id(sku).variant != name &&
      std::find(others.begin(), others.end(), name) == others.end())
    return std::nullopt;
  return known;
}

std::optional<KnownVariant> Catalog::variant_of(std::string_view id) const {
  const ReaderLock lock(mutex_);
  const auto ids = read_product_id(id);
  for (const auto name : {id, ids.offer, ids.variant})
    if (auto known = find_variant(name)) return known;
  return std::nullopt;
}

BrandId Catalog::intern_brand(std::string_view name) {
  if (brand_key(name).empty()) return 0;
  const auto [place, is_new] =
      brand_ids_.try_emplace(brand_key(name), static_cast<BrandId>(brand_names_.size()));
  if (is_new) brand_names_.emplace_back(name);
  return place->second;
}

std::shared_ptr<const Garment> Catalog::garment(std::string_view garment_id) const {
  PackedGarment packed;
  {
    const ReaderLock lock(mutex_);
    if (const Entry* const found = find(garment_id)) packed = found->garment;
  }
  return packed == nullptr ? nullptr : packed.read();
}

std::shared_ptr<const Garment> Catalog::garment_of_sku(std::string_view sku) const {
  const ReaderLock lock(mutex_);
  const auto found = variants_.find(hash64(sku));
  if (found == variants_.end()) return nullptr;
  const auto& [packed, place] = found->second;
  const Entry* const now = find(packed.id());
  if (now == nullptr || !(now->garment == packed)) return nullptr;  // of an earlier version
  auto garment = packed.read();
  return garment->variants[place].sku == sku ? garment : nullptr;  // else by Shopify's number
}

std::string Catalog::other_seller_of(std::string_view sku, std::string_view garment_id) const {
  {
    const ReaderLock lock(mutex_);
    const auto found = variants_.find(hash64(sku));
    if (found == variants_.end() || found->second.garment.id() == garment_id) return "";
  }
  const auto seller = garment_of_sku(sku);
  return seller == nullptr || seller->id == garment_id ? "" : seller->id;
}

std::vector<Slot> Catalog::slots(std::string_view garment_id) const {
  const ReaderLock lock(mutex_);
  std::vector<Slot> live;
  const Entry* const found = find(garment_id);
  if (found == nullptr) return live;
  for (const Slot slot : found->slots)
    if (snapshot_->facts(slot).live) live.push_back(slot);
  return live;
}

Slot Catalog::slot(std::string_view garment_id, std::string_view colour) const {
  const ReaderLock lock(mutex_);
  const Entry* const found = find(garment_id);
  if (found == nullptr || found->garment == nullptr) return kNoSlot;
  for (const Slot slot : found->slots) {
    const Item& item = snapshot_->item(slot);
    if (item.facts.live && (colour.empty() || item.colour == colour)) return slot;
  }
  return kNoSlot;
}

Slot Catalog::slot_ever(std::string_view garment_id, std::string_view colour) const {
  const ReaderLock lock(mutex_);
  const Entry* const found = find(garment_id);
  if (found == nullptr) return kNoSlot;
  Slot past = kNoSlot;
  for (const Slot slot : found->slots) {
    const Item& item = snapshot_->item(slot);
    if (item.garment == nullptr || (!colour.empty() && item.colour != colour)) continue;
    if (item.facts.live) return slot;
    if (past == kNoSlot) past = slot;
  }
  return past;
}

std::optional<BrandId> Catalog::brand(std::string_view name) const {
  const ReaderLock lock(mutex_);
  const auto found = brand_ids_.find(brand_key(name));
  if (found == brand_ids_.end()) return std::nullopt;
  return found->second;
}

std::string Catalog::brand_name(BrandId brand) const {
  const ReaderLock lock(mutex_);
  return brand < brand_names_.size() ? brand_names_[brand] : "";
}

std::vector<std::string> Catalog::brand_names() const {
  const ReaderLock lock(mutex_);
  return brand_names_;
}

std::vector<std::shared_ptr<const Garment>> Catalog::page(std::string_view after, size_t count) const {
  std::vector<PackedGarment> packed;
  {
    const ReaderLock lock(mutex_);
    for (auto at = garments_.upper_bound(after); at != garments_.end() && packed.size() < count; ++at)
      if (at->second.garment != nullptr) packed.push_back(at->second.garment);
  }
  std::vector<std::shared_ptr<const Garment>> page;
  page.reserve(packed.size());
  for (const auto& one : packed) page.push_back(one.read());
  return page;
}

size_t Catalog::garment_count() const {
  const ReaderLock lock(mutex_);
  return on_sale_;
}

size_t Catalog::memory_bytes() const {
  const ReaderLock lock(mutex_);
  return packed_bytes_ +
         snapshot_->slot_count() *
             (sizeof(Item) + GarmentSlots::kBytesAnItem + kItemTermsMax * sizeof(TermId)) +
         snapshot_->columns().memory_bytes();
}

}  // namespace modiste
