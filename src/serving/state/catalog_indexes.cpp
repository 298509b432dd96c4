#include "serving/state/catalog_indexes.h"

namespace modiste {

CatalogIndexes::CatalogIndexes(const Vocabulary& vocabulary, std::string space, size_t dimension)
    : vocabulary_(vocabulary), space_(space), words_(vocabulary) {
  if (dimension == 0) return;
  AnnOptions options;
  options.dimension = dimension;
  options.space = std::move(space);
  vectors_ = std::make_unique<AnnIndex>(options);
}

Result<Done> CatalogIndexes::put(const Item& item, std::span<const float> vector) {
  words_.put(item.facts.slot, text_fields(*item.garment.read(), item.colour, vocabulary_));
  if (vectors_ != nullptr && !vector.empty()) return vectors_->put(item.facts.slot, vector);
  return kOk;
}

void CatalogIndexes::remove(Slot slot) {
  words_.remove(slot);
  if (vectors_ != nullptr) vectors_->remove(slot);
}

std::vector<Candidate> CatalogIndexes::nearest(std::span<const float> vector, size_t k,
                                               const SlotFilter& filter) const {
  if (vectors_ == nullptr || vector.size() != vectors_->options().dimension) return {};
  auto found = vectors_->search({.vector = vector, .k = k, .filter = filter});
  return found.ok() ? std::move(*found) : std::vector<Candidate>{};
}

}  // namespace modiste
