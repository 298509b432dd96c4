// The catalog in memory: immutable snapshots that readers share without locks, and one writer.
//
// A snapshot is a list of chunks of kChunkItems items, and the columns of bits that filters are made of
// (slot_columns.h). A change copies the chunks and pages it touches and swaps the list, so an upsert costs
// microseconds and a reader keeps the state it started with.
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/kept_bytes.h"
#include "base/mutex.h"
#include "catalog/garment.h"
#include "catalog/garment_slots.h"
#include "catalog/item.h"
#include "catalog/packed_garment.h"
#include "catalog/slot_columns.h"

namespace modiste {

struct GarmentVersion;  // catalog/garment_store.h

// Names that are the same here name one brand: case, accents, width and the kind of white space do not tell
// brands apart.
[[nodiscard]] std::string brand_key(std::string_view name);

struct ItemKey {
  std::string garment_id;
  std::string colour;
};

// A variant and the garment that it belongs to.
struct KnownVariant {
  std::shared_ptr<const Garment> garment;
  size_t place = 0;  // in garment->variants

  [[nodiscard]] const Variant& variant() const { return garment->variants[place]; }
};

struct Item {
  ItemFacts facts;
  std::string colour;     // the supplier's word
  PackedGarment garment;  // equal to nullptr if the slot was only reserved
};

class CatalogSnapshot {
 public:
  explicit CatalogSnapshot(const Vocabulary& vocabulary) : columns_(vocabulary) {}
  // Slots run from 0 to slot_count() - 1; deleted items stay with live = false.
  [[nodiscard]] size_t slot_count() const { return slot_count_; }
  [[nodiscard]] size_t live_count() const { return live_count_; }
  [[nodiscard]] uint64_t version() const { return version_; }
  [[nodiscard]] const Item& item(Slot slot) const {
    return (*chunks_[slot / kChunkItems])[slot % kChunkItems];
  }
  [[nodiscard]] const ItemFacts& facts(Slot slot) const { return item(slot).facts; }
  // facts(slot).garment, and the way back.
  [[nodiscard]] uint32_t garment_of(Slot slot) const { return garments_.garment_of(slot); }
  [[nodiscard]] const GarmentSlots& garments() const { return garments_; }
  // What the items on sale have, as bits; and the items that meet a query of it.
  [[nodiscard]] const SlotColumns& columns() const { return columns_; }
  [[nodiscard]] SlotBits find(const SlotQuery& query) const {
    return columns_.find(query, slot_count_, [this](Slot slot) { return facts(slot).price; });
  }

 private:
  friend class Catalog;
  static constexpr size_t kChunkItems = 128;
  using Chunk = std::array<Item, kChunkItems>;
  std::vector<std::shared_ptr<Chunk>> chunks_;
  GarmentSlots garments_;
  SlotColumns columns_;
  size_t slot_count_ = 0, live_count_ = 0;
  uint64_t version_ = 0;
};

// Threads: any number of readers of snapshots and look-ups; writers take turns on an internal mutex, which
// look-ups share.
class Catalog {
 public:
  explicit Catalog(const Vocabulary& vocabulary)
      : vocabulary_(vocabulary), snapshot_(std::make_shared<CatalogSnapshot>(vocabulary)) {}

  [[nodiscard]] std::shared_ptr<const CatalogSnapshot> snapshot() const;
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

  // Garments must be valid() and normalised. Colours that are missing now are no longer live. Returns for
  // each garment the slots that are live now, in the order of its colours.
  std::vector<std::vector<Slot>> upsert(std::vector<Garment> garments);
  // Returns the slots that are no longer live; kNotFound when there is no such garment.
  Result<std::vector<Slot>> remove(std::string_view garment_id);

  // Restores what a store kept, in its order, before the first upsert. Garments that are no longer sold get
  // their slots and facts, so that the log can be folded, but are not live: they are not found by garment id,
  // sku or page.
  void restore(std::vector<GarmentVersion> versions);

  // Assigns slots to items, and numbers to brands, before their garments arrive, in this order, so that what
  // an earlier process saved matches. Those that have a number keep it.
  void reserve(std::span<const ItemKey> keys, std::span<const std::string> brands = {});

  // After load(): what a store says of one garment that changed since, its versions in the store's order.
  void catch_up(std::vector<GarmentVersion> versions);

  // The whole state, so that another process need not restore it from a store: the garments' texts, which are
  // read in place later, and the rest. Meanwhile readers go on and writers wait.
  Result<Done> save(const ByteSink& texts, std::string& rest) const;
  // Into a catalog of nothing. kCorrupt: not what save() wrote.
  Result<Done> load(std::string_view rest, const KeptBytes& texts);

  [[nodiscard]] std::shared_ptr<const Garment> garment(std::string_view garment_id) const;
  [[nodiscard]] std::shared_ptr<const Garment> garment_of_sku(std::string_view sku) const;
  // The id of the garment that sells the sku, unless that is garment_id. Empty: no other one does.
  [[nodiscard]] std::string other_seller_of(std::string_view sku, std::string_view garment_id) const;
  // What an id means that another system wrote (product_ids.h), sold now or once: for events. The id of a
  // garment is one of these too; an exact match counts before one by Shopify's numbers. Empty: nothing known.
  [[nodiscard]] std::string garment_id_of(std::string_view id) const;
  [[nodiscard]] std::optional<KnownVariant> variant_of(std::string_view id) const;
  // Live slots of a garment; empty when unknown. With a colour, only that one.
  [[nodiscard]] std::vector<Slot> slots(std::string_view garment_id) const;
  [[nodiscard]] Slot slot(std::string_view garment_id, std::string_view colour) const;
  // The slot of a garment, live or not, live ones first: for events of any date. kNoSlot if
  // it was never sold.
  [[nodiscard]] Slot slot_ever(std::string_view garment_id, std::string_view colour) const;
  // The item of a slot, live or not.
  [[nodiscard]] ItemKey key(Slot slot) const;
  // By brand_key().
  [[nodiscard]] std::optional<BrandId> brand(std::string_view name) const;
  [[nodiscard]] std::string brand_name(BrandId brand) const;
  // By BrandId.
  [[nodiscard]] std::vector<std::string> brand_names() const;
  [[nodiscard]] size_t garment_count() const;  // on sale
  // Of garments, past ones too, and of the items' facts; without the tables of ids.
  [[nodiscard]] size_t memory_bytes() const;
  // At most `count` garments after this id, ordered by id.
  [[nodiscard]] std::vector<std::shared_ptr<const Garment>> page(std::string_view after, size_t count) const;

 private:
  struct Entry {
    PackedGarment garment;  // of none once removed; its slots are not reused
    uint32_t index = 0;
    boost::container::small_vector<Slot, 2> slots;  // every colour ever seen keeps its slot
  };
  class Writer;  // copies chunks on first change
  struct PlacedVariant {
    PackedGarment garment;
    uint32_t place = 0;  // in its variants
  };
  // By the hash of a sku or of Shopify's number: the variant must be looked at. A third of what texts as keys
  // take.
  using Variants = boost::unordered_flat_map<uint64_t, PlacedVariant>;

  class Saver;
  class Loader;

  using Garments = std::map<std::string, Entry, std::less<>>;
  // A place in the map, by its id: an event asks for several ids, and a walk down a tree of a million reads
  // memory twenty times.
  struct IdHash {
    using is_transparent = void;
    size_t operator()(std::string_view id) const;
    size_t operator()(const Garments::value_type* place) const { return (*this)(place->first); }
  };
  struct IdEqual {
    using is_transparent = void;
    static std::string_view id(std::string_view one) { return one; }
    static std::string_view id(const Garments::value_type* one) { return one->first; }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return id(a) == id(b);
    }
  };
  using GarmentPlaces = boost::unordered_flat_set<Garments::value_type*, IdHash, IdEqual>;

  // Null: it was never sold.
  [[nodiscard]] Entry* find(std::string_view garment_id) const REQUIRES_SHARED(mutex_) {
    const auto place = places_.find(garment_id);
    return place == places_.end() ? nullptr : &(*place)->second;
  }
  Entry& entry(const std::string& garment_id) REQUIRES(mutex_);
  static Slot slot_of(Entry& entry, const std::string& colour, Writer& writer);
  void remember_ids(const Garment& garment, const PackedGarment& packed, bool sold) REQUIRES(mutex_);
  void restore_one(const GarmentVersion& version, Writer& writer) REQUIRES(mutex_);
  std::vector<Slot> remove_one(Entry& known, Writer& writer) REQUIRES(mutex_);
  [[nodiscard]] bool was_ever_sold(std::string_view garment_id) const REQUIRES_SHARED(mutex_);
  [[nodiscard]] std::optional<KnownVariant> find_variant(std::string_view name) const REQUIRES_SHARED(mutex_);
  BrandId intern_brand(std::string_view name) REQUIRES(mutex_);
  std::vector<Slot> fill(Entry& entry, const Garment& garment, const PackedGarment& packed, bool live,
                         Writer& writer) REQUIRES(mutex_);
  std::vector<Slot> upsert_one(const Garment& garment, Writer& writer) REQUIRES(mutex_);

  const Vocabulary& vocabulary_;
  mutable SharedMutex mutex_;
  Garments garments_ GUARDED_BY(mutex_);     // in the order of ids, for paging
  GarmentPlaces places_ GUARDED_BY(mutex_);  // of all of them
  // Of every variant ever sold, by sku and by Shopify's number; who sold a sku last has it.
  Variants variants_ GUARDED_BY(mutex_);
  std::unordered_map<std::string, std::string> garments_by_number_
      GUARDED_BY(mutex_);  // Shopify's number of a product -> id
  std::unordered_map<std::string, BrandId> brand_ids_ GUARDED_BY(mutex_);
  std::vector<std::string> brand_names_ GUARDED_BY(mutex_){""};
  uint32_t garment_index_next_ GUARDED_BY(mutex_) = 0;
  size_t on_sale_ GUARDED_BY(mutex_) = 0, packed_bytes_ GUARDED_BY(mutex_) = 0;
  std::vector<const std::string*> ids_ GUARDED_BY(mutex_);  // by index of the garment: keys of garments_
  std::shared_ptr<const CatalogSnapshot> snapshot_ GUARDED_BY(mutex_);
};

// The facts of one colour of a normalised garment that filters and rankers read. The catalog fills slot,
// garment and brand.
[[nodiscard]] ItemFacts facts_of(const Garment& garment, std::string_view colour,
                                 const Vocabulary& vocabulary);
// Colours of a garment in the order of its variants.
[[nodiscard]] std::vector<std::string> colours_of(const Garment& garment);
// The photos of a colour: its own, else those for all colours.
[[nodiscard]] std::vector<std::string> images_of(const Garment& garment, std::string_view colour);

}  // namespace modiste
