// Encodes items: finds those whose vector is not of their photo and texts as they are now, and makes it.
//
// Threads: any; const. encode() runs the encoder, the rest reads a photo at most.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/garment_store.h"
#include "catalog/image_store.h"
#include "embedding/encoder.h"
#include "serving/state/item_embeddings.h"

namespace modiste {

// An item that needs its vector, or has got it.
struct EncodedItem {
  StoredEmbedding stored;
  std::vector<std::string> texts;
  std::optional<RgbImage> photo;
  std::string photo_problem;
  std::optional<ImageUnderstanding> seen;
  bool complete = true;  // false: something failed that the next time may do
};

class ItemEncoder {
 public:
  // Borrows all. encoder: null in a shop without vectors. images: null where photos are not stored.
  ItemEncoder(Encoder* encoder, const ImageStore* images, const Catalog& catalog,
              const ItemEmbeddings& embeddings)
      : encoder_(encoder), images_(images), catalog_(catalog), embeddings_(embeddings) {}

  // The items of these garments that need a vector; none without an encoder.
  [[nodiscard]] std::vector<EncodedItem> changed(std::span<const Garment> garments) const;
  // Whether every item of the garment has its vector, in memory or made now; true without an encoder.
  [[nodiscard]] bool has_vectors(const Garment& garment, std::span<const EncodedItem> made) const;

  // With an encoder only: of the vector's inputs; an item as it is to be encoded.
  [[nodiscard]] uint64_t source_hash(const Garment& garment, std::string_view colour) const;
  [[nodiscard]] EncodedItem begin(const Garment& garment, std::string_view colour) const;

  // An item that cannot be encoded has no vector; it is still found by words and attributes. Of one that is
  // not complete the hash says so, and the next time encodes it again.
  void encode(std::vector<EncodedItem>& items) const;

 private:
  [[nodiscard]] bool is_encoded(const Garment& garment, std::string_view colour) const;
  [[nodiscard]] Result<std::optional<RgbImage>> main_photo(const Garment& garment,
                                                           std::string_view colour) const;

  Encoder* encoder_;
  const ImageStore* images_;
  const Catalog& catalog_;
  const ItemEmbeddings& embeddings_;
};

}  // namespace modiste
