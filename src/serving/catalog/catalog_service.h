// The catalog path: adds, changes and removes garments; a change is live when the call returns.
//
//   validate -> normalise -> embed what changed (photo and text) -> store -> memory -> indexes
//
// Threads: every method from any thread. upsert() and add_image() run the encoder; the others wait for a
// store at most.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/kept_bytes.h"
#include "base/mutex.h"
#include "catalog/garment_store.h"
#include "catalog/image_store.h"
#include "catalog/vocabulary_report.h"
#include "embedding/conflicts.h"
#include "embedding/encoder.h"
#include "serving/catalog/item_encoder.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct Upserted {
  std::string garment_id;
  std::vector<std::string> photo_problems;  // one text per photo that could not be read or encoded
  size_t items = 0;
  size_t embedded = 0;  // vectors computed by this call; the others were reused, or could not be computed
  bool created = false;
  std::vector<PhotoConflict> conflicts;  // all of the garment that are not settled
};

struct VariantChange {
  std::optional<int> stock;
  std::optional<double> price, list_price;
};

struct CatalogPorts {
  GarmentStore& garments;
  Encoder* encoder = nullptr;    // null: no vectors; words and attributes remain
  ImageStore* images = nullptr;  // null: photos are neither stored nor encoded
};

struct CatalogOptions {
  std::string currency = "USD";  // ISO 4217, of garments that name none
  // False in a process that only takes garments and events in: what answers need is learned at the next
  // start.
  bool learns_clusters = true;
  bool embeds = true;  // false: what comes in has no vectors, those that are there stay
};

class CatalogService {
 public:
  using Progress = std::function<void(std::string_view what, size_t done)>;

  // Borrows the ports and the state.
  CatalogService(const CatalogPorts& ports, ShopState& shop, CatalogOptions options)
      : ports_(ports),
        shop_(shop),
        options_(std::move(options)),
        encoder_(ports.encoder, ports.images, shop.catalog, shop.embeddings) {}

  // The catalog and its indexes as sections of bytes (docs/formats/saved-index.md), so that the next start
  // need not build them from the store. Requests are answered meanwhile; changes of the catalog wait.
  Result<Done> save(const PutSection& put);
  // Call before load(): takes over what save() put, and keeps the bytes. load() then reads from the store
  // only what has changed since. Of another vocabulary, store or version of this program only the vectors are
  // used, for items that have not changed; of another encoder, nothing. kCorrupt: the service is of no use
  // any more; begin another one without them.
  Result<Done> adopt(const SavedSections& saved);
  // Between adopt() and load(): what the index is of that was adopted whole; nothing otherwise.
  [[nodiscard]] const std::optional<StoreMark>& adopted() const { return adopted_; }
  // Called with the ids of what was added or changed, garments and skus, after each upsert.
  void on_upsert(std::function<void(std::span<const std::string> ids)> hear) { hear_ = std::move(hear); }
  // Call once, before anything else: reads the stored catalog, embeds again what another encoder embedded,
  // and fills the indexes. A start after a new encoder takes as long as an import; one that is stopped goes
  // on where it was.
  Result<Done> load(const Progress& progress = {});

  // One result per garment, in the order given. An item that the encoder fails on is accepted without its
  // vector, or with that of its words alone, and encoded by the next upsert of its garment. The outer error
  // is the store's: the garments may be in it and not yet for sale; put them again. words: gets what was
  // understood of the suppliers' words.
  Result<std::vector<Result<Upserted>>> upsert(std::vector<Garment> garments,
                                               VocabularyReport* words = nullptr);
  Result<Done> remove(std::string_view garment_id);                                   // kNotFound
  Result<Variant> change_variant(std::string_view sku, const VariantChange& change);  // kNotFound
  // Stores a photo of a garment, of one colour or of all colours (empty), and encodes it; what else changes
  // about the garment meanwhile stays changed. Returns the name under which the photo is stored. kInvalid:
  // not an image, or the garment does not have this colour; kUnavailable without an image store.
  Result<std::string> add_image(std::string_view garment_id, std::string_view colour,
                                std::span<const std::byte> image);

  // Decides a conflict between a photo and words; without a verdict it is open again. The garment follows at
  // once, and the verdict stays while photo and words do. Returns the conflict as it is then. kNotFound.
  Result<ListedConflict> settle(std::string_view conflict_id, std::optional<ConflictVerdict> verdict);

  // The outfits that the shop put together. Durable and part of the next answer when the call returns.
  [[nodiscard]] Result<ShopOutfit> outfit(std::string_view id) const;  // kNotFound
  [[nodiscard]] ShopOutfitPage outfits(std::string_view after, size_t count) const {
    return shop_.curated.page(after, count);
  }
  // Answers whether it is new. kInvalid: a garment or a colour that the shop does not have, or twice; an
  // occasion that the vocabulary does not have.
  Result<bool> put_outfit(ShopOutfit outfit);
  Result<Done> remove_outfit(std::string_view id);  // kNotFound

  [[nodiscard]] Result<Garment> garment(std::string_view garment_id) const;  // kNotFound
  // The current catalog.
  [[nodiscard]] const Catalog& view() const { return shop_.catalog; }
  [[nodiscard]] const Normaliser& normaliser() const { return shop_.normaliser; }
  [[nodiscard]] const CatalogIndexes& indexes() const { return shop_.indexes; }
  [[nodiscard]] const ItemEmbeddings& embeddings() const { return shop_.embeddings; }

 private:
  static std::vector<std::string> ids_of(std::span<const Garment> garments);
  Result<Done> make_ready(Garment& garment, VocabularyReport* words = nullptr) const;
  [[nodiscard]] Result<Garment> with_image(std::string_view garment_id, const GarmentImage& image) const;
  // Stores ready garments with the vectors made for them, and makes them live. One report for each.
  Result<std::vector<Upserted>> put(std::vector<Garment> garments, std::vector<EncodedItem> work)
      REQUIRES(upsert_mutex_);
  void put_in_memory(std::vector<Garment> garments, std::span<const StoredEmbedding> embeddings,
                     std::span<Upserted> reports) REQUIRES(upsert_mutex_);
  void add_photo_words(Garment& garment, std::span<const EncodedItem> work, Upserted& report) const;
  [[nodiscard]] GarmentConflicts conflicts_of(const Garment& garment,
                                              const std::map<std::string, ImageUnderstanding>& seen) const;
  void index_items(const std::vector<std::vector<Slot>>& slots);
  void fill_indexes(const Progress& progress);
  Result<Done> adopt_vectors(const SavedSections& saved);
  // A stored embedding; the item of one by another encoder is added to those.
  Result<Done> take(const StoredEmbedding& embedding, std::vector<Slot>& of_another);
  // Both return the items whose vectors another encoder made: vectors of two spaces cannot be compared.
  Result<std::vector<Slot>> load_all(const Progress& progress);
  Result<std::vector<Slot>> catch_up(uint64_t changes);
  Result<Done> load_outfits();
  void put_embedding(Slot slot, const StoredEmbedding& embedding);
  [[nodiscard]] bool is_by_this_encoder(Slot slot, const StoredEmbedding& embedding) const;
  Result<Done> embed_again(std::span<const Slot> slots, const Progress& progress);
  // Takes back what conflicts with photos did to a garment.
  void believe_words(Garment& garment, std::span<const PhotoConflict> conflicts) const;

  CatalogPorts ports_;
  ShopState& shop_;
  std::function<void(std::span<const std::string>)> hear_;
  CatalogOptions options_;
  ItemEncoder encoder_;
  std::optional<StoreMark> adopted_;      // of what was adopted whole; until load() ends
  std::vector<uint64_t> adopted_hashes_;  // of adopted vectors, by slot; until load() ends
  Mutex upsert_mutex_;  // keeps catalog changes in the same order in the store and in memory
};

}  // namespace modiste
