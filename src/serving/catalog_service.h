// The catalog path: garments in and out, live when the call returns.
//
//   validate -> normalise -> embed what changed (photo and text) -> store -> memory -> indexes
//
// Threads: every method from any thread. upsert() and add_image() run the encoder; the others wait for a
// store at most.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/garment_store.h"
#include "catalog/image_store.h"
#include "embedding/conflicts.h"
#include "embedding/encoder.h"
#include "serving/shop_state.h"

namespace modiste {

struct Upserted {
  std::string garment_id;
  std::vector<std::string> photo_problems;  // photos that could not be read
  size_t items = 0;
  size_t embedded = 0;  // vectors made now; the others were known
  bool created = false;
  std::vector<PhotoConflict> conflicts;
};

// What stands at a slot, in the order of slots, and which vector of it.
struct IndexedItem {
  ItemKey key;
  uint64_t source_hash = 0;
};

struct VariantChange {
  std::optional<int> stock;
  std::optional<double> price, list_price;
};

struct CatalogPorts {
  GarmentStore& garments;
  Encoder* encoder = nullptr;    // null: no vectors; words and attributes remain
  ImageStore* images = nullptr;  // null: photos are not looked at
};

class CatalogService {
 public:
  using Progress = std::function<void(std::string_view what, size_t done)>;

  // Borrows the ports and the state.
  CatalogService(const CatalogPorts& ports, ShopState& shop) : ports_(ports), shop_(shop) {}

  // Before load(): the vectors that an earlier process indexed, and what each slot was. load() puts what has
  // changed since; the slots stay.
  void adopt_index(std::vector<IndexedItem> items, std::unique_ptr<AnnIndex> vectors);
  // What every slot is now, to be kept beside the saved vectors.
  [[nodiscard]] std::vector<IndexedItem> indexed_items() const;
  // Once, before anything else: reads the stored catalog and fills the indexes.
  Result<Done> load(const Progress& progress = {});

  // One result per garment, in their order; the outer error means that none was taken.
  Result<std::vector<Result<Upserted>>> upsert(std::vector<Garment> garments);
  Result<Done> remove(std::string_view garment_id);                                   // kNotFound
  Result<Variant> change_variant(std::string_view sku, const VariantChange& change);  // kNotFound
  // Keeps a photo of a garment, of one colour or of all (empty), and looks at it. Answers the name it is kept
  // under. kInvalid: not an image, or a colour that the garment has not; kUnavailable without an image store.
  Result<std::string> add_image(std::string_view garment_id, std::string_view colour,
                                std::span<const std::byte> image);

  [[nodiscard]] Result<Garment> garment(std::string_view garment_id) const;  // kNotFound
  // The garments as they are now.
  [[nodiscard]] const Catalog& view() const { return shop_.catalog; }
  [[nodiscard]] const Normaliser& normaliser() const { return shop_.normaliser; }
  [[nodiscard]] const CatalogIndexes& indexes() const { return shop_.indexes; }
  [[nodiscard]] const ItemEmbeddings& embeddings() const { return shop_.embeddings; }

 private:
  struct Embedding;
  std::vector<Embedding> changed(const std::vector<Garment>& garments) const;
  void embed(std::vector<Embedding>& work) const;
  void add_photo_words(Garment& garment, std::span<const Embedding> work, Upserted& report) const;
  [[nodiscard]] uint64_t source_hash(const Garment& garment, std::string_view colour) const;
  [[nodiscard]] Result<std::optional<RgbImage>> main_photo(const Garment& garment,
                                                           std::string_view colour) const;
  void index_items(const std::vector<std::vector<Slot>>& slots);
  void fill_indexes(const Progress& progress);
  void put_embedding(const StoredEmbedding& embedding);

  CatalogPorts ports_;
  ShopState& shop_;
  std::vector<uint64_t> adopted_hashes_;  // by slot; only until load() ends
  std::mutex upsert_mutex_;               // catalog changes reach the store and the memory in the same order
};

}  // namespace modiste
