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

// A garment as it is sold, or as it was when it was sold last.
struct GarmentVersion {
  Garment garment;
  bool sold = true;  // false: removed, or what it was before colours of it were dropped
};

// Nothing that was sold is ever forgotten: a like of last year teaches a style what the garment was, at every
// replay of the log. What is removed is not found, not visited and its skus are free, but its last version
// and its embeddings stay; so do those of a colour that a put leaves out. Putting it again revives it.
//
// Threads: all methods from any thread. Durable when they answer.
class GarmentStore {
 public:
  virtual ~GarmentStore() = default;

  virtual Result<Done> put(std::span<const Garment> garments) = 0;  // all or nothing
  virtual Result<Done> remove(std::string_view garment_id) = 0;     // kNotFound, also when it was before
  virtual Result<Garment> get(std::string_view garment_id) const = 0;
  // In order of id. Stops at the visitor's first error and answers it.
  virtual Result<Done> for_each(const std::function<Result<Done>(Garment&&)>& visit) const = 0;
  // The same with what is no longer sold: of each garment first the versions that had colours which were
  // dropped since, oldest first, then the garment as it is, or as it was when it was removed.
  virtual Result<Done> for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const = 0;

  virtual Result<Done> put_embeddings(std::span<const StoredEmbedding> embeddings) = 0;
  // Those of garments and colours that are no longer sold too.
  virtual Result<Done> for_each_embedding(
      const std::function<Result<Done>(StoredEmbedding&&)>& visit) const = 0;
};

}  // namespace modiste
