#include "serving/catalog/load_catalog.h"

namespace modiste {
namespace {

constexpr size_t kBatch = 512;  // garments per catalog snapshot

}  // namespace

Result<Done> load_catalog(const GarmentStore& store, Catalog& catalog,
                          const std::function<void(size_t garments)>& progress) {
  std::vector<GarmentVersion> batch;
  size_t garments = 0;
  const auto flush = [&] {
    garments += batch.size();
    catalog.restore(std::move(batch));
    batch.clear();
    if (progress) progress(garments);
  };
  TRY(store.for_each_version([&](GarmentVersion&& version) -> Result<Done> {
    batch.push_back(std::move(version));
    if (batch.size() == kBatch) flush();
    return kOk;
  }));
  flush();
  return kOk;
}

}  // namespace modiste
