// The search indexes of the catalog: by vector and by words. Updated item by item. What is found by
// vocabulary terms is in the catalog's columns.
//
// Threads: as its indexes: any number of searches beside one change at a time.
#pragma once

#include <memory>
#include <span>

#include "catalog/catalog.h"
#include "retrieval/ann_index.h"
#include "retrieval/text_index.h"

namespace modiste {

class CatalogIndexes {
 public:
  // space: Encoder::id(). dimension 0: no encoder; vector searches find nothing.
  CatalogIndexes(const Vocabulary& vocabulary, std::string space, size_t dimension);

  // Takes over vectors that an earlier process built. Items put later with other vectors replace them. Call
  // before the first put().
  void adopt(std::unique_ptr<AnnIndex> vectors) { vectors_ = std::move(vectors); }

  // Words that an earlier process indexed, in place of all that are here. kCorrupt.
  Result<Done> adopt_words(const KeptBytes& rest, const KeptBytes& lists) { return words_.load(rest, lists); }

  // Adds or replaces an item. With an empty vector it is found by words only.
  Result<Done> put(const Item& item, std::span<const float> vector);
  void remove(Slot slot);
  [[nodiscard]] bool has_vector(Slot slot) const { return vectors_ != nullptr && vectors_->contains(slot); }

  // Of the encoder whose vectors it holds; empty without one.
  [[nodiscard]] const std::string& space() const { return space_; }
  // Null without an encoder.
  [[nodiscard]] const AnnIndex* vectors() const { return vectors_.get(); }
  [[nodiscard]] const TextIndex& words() const { return words_; }
  // At most k, best first; empty without an encoder.
  [[nodiscard]] std::vector<Candidate> nearest(std::span<const float> vector, size_t k,
                                               const SlotFilter& filter) const;

 private:
  const Vocabulary& vocabulary_;
  const std::string space_;
  std::unique_ptr<AnnIndex> vectors_;
  TextIndex words_;
};

}  // namespace modiste
