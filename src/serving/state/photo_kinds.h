// What kind of garment a photo shows, by what the shop says of its own items (embedding/kind_regression.h).
//
// Threads: any thread. The first call learns, and one after the items on sale have become a fifth more or
// fewer, or a day later; meanwhile others use what was learned before.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "catalog/catalog.h"
#include "embedding/kind_regression.h"
#include "serving/state/item_embeddings.h"

namespace modiste {

class PhotoKinds {
 public:
  PhotoKinds(const Catalog& catalog, const ItemEmbeddings& embeddings)
      : catalog_(catalog), embeddings_(embeddings) {}

  // Shares of the categories that the items teach, which are those that the shop states of them; empty where
  // too few are known.
  [[nodiscard]] std::vector<TermShare> shown_by(std::span<const float> photo, TimePoint now) const;

 private:
  struct Learned {
    KindRegression kinds;
    size_t items = 0;  // on sale then
    TimePoint at{};
  };
  [[nodiscard]] std::shared_ptr<const Learned> learned(TimePoint now) const;
  [[nodiscard]] Learned learn(const CatalogSnapshot& catalog, TimePoint now) const;

  const Catalog& catalog_;
  const ItemEmbeddings& embeddings_;
  mutable Mutex mutex_;
  mutable std::shared_ptr<const Learned> learned_ GUARDED_BY(mutex_);
  mutable bool learning_ GUARDED_BY(mutex_) = false;
};

}  // namespace modiste
