// Port: where garments and their item vectors are kept. Implemented in storage/.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/vector_math.h"
#include "catalog/garment.h"

namespace modiste {

// The vector of an item with what it was made from, so that a re-import embeds only what changed.
struct StoredEmbedding {
  std::string garment_id;
  std::string colour;
  uint64_t source_hash = 0;  // of the encoder's id, the texts and the image bytes
  Vector vector;             // unit length
  std::vector<Attribute> photo_attributes;
  std::vector<std::string> palette;  // "#rrggbb", by share
};

// Threads: all methods from any thread. Durable when they answer.
class GarmentStore {
 public:
  virtual ~GarmentStore() = default;

  virtual Result<Done> put(std::span<const Garment> garments) = 0;  // all or nothing
  virtual Result<Done> remove(std::string_view garment_id) = 0;     // with its embeddings; kNotFound
  virtual Result<Garment> get(std::string_view garment_id) const = 0;
  // In order of id. Stops at the visitor's first error and answers it.
  virtual Result<Done> for_each(const std::function<Result<Done>(Garment&&)>& visit) const = 0;

  virtual Result<Done> put_embeddings(std::span<const StoredEmbedding> embeddings) = 0;
  virtual Result<Done> for_each_embedding(
      const std::function<Result<Done>(StoredEmbedding&&)>& visit) const = 0;

  // Small named values: the migration version, the encoder's id, the shop's name.
  virtual Result<Done> put_meta(std::string_view key, std::string_view value) = 0;
  virtual Result<std::string> get_meta(std::string_view key) const = 0;  // kNotFound
};

}  // namespace modiste
