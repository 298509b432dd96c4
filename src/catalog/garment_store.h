// Port: stores garments and their item vectors. Implemented in storage/.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/vector_math.h"
#include "catalog/garment.h"
#include "catalog/photo_conflict.h"
#include "catalog/shop_outfit.h"

namespace modiste {

// The vector of an item and a hash of its inputs, so that a re-import embeds only what changed.
struct StoredEmbedding {
  std::string garment_id;
  std::string colour;
  uint64_t source_hash = 0;  // hash of the encoder's id, the texts and the image bytes
  Vector vector;             // unit length
  std::vector<Attribute> photo_attributes;
  std::vector<std::string> palette;  // "#rrggbb", by share
  std::string encoder;               // Encoder::id(); empty: kept by a version that did not say
};

// A garment as it is sold now, or as it was when it was last sold.
struct GarmentVersion {
  Garment garment;
  bool sold = true;  // false: removed, or the version before some of its colours were dropped
};

// A moment in a store's history.
struct StoreMark {
  std::string store;     // which one: a copy has the name of the original
  uint64_t changes = 0;  // grows with every put, removal and embedding of a garment
  friend bool operator==(const StoreMark&, const StoreMark&) = default;
};

// Garments are never deleted: a like of last year is folded with the facts of its garment at every replay of
// the log. A removed garment is not found or visited and its skus are free, but its last version and its
// embeddings stay; the same holds for a colour that a put leaves out. Putting it again restores it.
//
// Threads: all methods from any thread. Changes are durable when the call returns.
class GarmentStore {
 public:
  virtual ~GarmentStore() = default;

  virtual Result<Done> put(std::span<const Garment> garments) = 0;  // all or nothing
  virtual Result<Done> remove(std::string_view garment_id) = 0;  // kNotFound, also if it was removed before
  virtual Result<Garment> get(std::string_view garment_id) const = 0;
  // Visits in order of id. Stops at the visitor's first error and returns it.
  virtual Result<Done> for_each(const std::function<Result<Done>(Garment&&)>& visit) const = 0;
  // Also visits what is no longer sold: for each garment first the versions whose colours were dropped since,
  // oldest first, then the garment as it is, or as it was when it was removed.
  virtual Result<Done> for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const = 0;

  virtual Result<StoreMark> mark() const = 0;
  // As for_each_version and for_each_embedding, of the garments of which anything was put or removed since
  // mark() said `changes`.
  virtual Result<Done> for_each_version_since(
      uint64_t changes, const std::function<Result<Done>(GarmentVersion&&)>& visit) const = 0;
  virtual Result<Done> for_each_embedding_since(
      uint64_t changes, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const = 0;

  virtual Result<Done> put_embeddings(std::span<const StoredEmbedding> embeddings) = 0;
  // Includes garments and colours that are no longer sold.
  virtual Result<Done> for_each_embedding(
      const std::function<Result<Done>(StoredEmbedding&&)>& visit) const = 0;

  // Replaces all conflicts of each garment; those of garments that were never put are left out.
  virtual Result<Done> put_conflicts(std::span<const GarmentConflicts> conflicts) = 0;
  // put(), put_embeddings() and put_conflicts() at once, all or nothing: what a crash leaves fits together.
  virtual Result<Done> put_whole(std::span<const Garment> garments,
                                 std::span<const StoredEmbedding> embeddings,
                                 std::span<const GarmentConflicts> conflicts) = 0;
  // Visits the garments that have conflicts in the order of their ids, also those that are no longer sold.
  virtual Result<Done> for_each_conflicts(
      const std::function<Result<Done>(GarmentConflicts&&)>& visit) const = 0;

  // Adds an outfit of the shop, or replaces the one with its id. Its garments need not be stored.
  virtual Result<Done> put_outfit(const ShopOutfit& outfit) = 0;
  virtual Result<Done> remove_outfit(std::string_view id) = 0;  // kNotFound
  // Visits in order of id.
  virtual Result<Done> for_each_outfit(const std::function<Result<Done>(ShopOutfit&&)>& visit) const = 0;
};

}  // namespace modiste
