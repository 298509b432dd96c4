// The looks of the day: the pool of the shopper's cluster, brought to the shopper by the last mile
// (lookbook/last_mile.h), without a model and without I/O.
//
//   request -> cluster (department, style, weather) -> pool, or the nearest one (lookbook/pool_index.h)
//   -> last mile -> cards, captions, reasons -> impression log
//
// Pools are made by lookbook_night.h, once a night for each cluster. While there is none, or every look of
// the pool has a vetoed or sold-out garment, outfits are composed for the shopper instead: an answer is empty
// only where no outfit can be.
//
// Threads: any, all methods but learn().
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string_view>

#include "base/mutex.h"
#include "lookbook/look_store.h"
#include "lookbook/pool_index.h"
#include "serving/lookbook/look_requests.h"
#include "serving/outfits/outfit_service.h"

namespace modiste {

struct LookbookOptions {
  lookbook::TimeOptions time;
  lookbook::TasteWeights weights;
  size_t wanted_max = 64;  // clusters that shoppers asked for today and that have no pool yet
};

class LookbookService {
 public:
  // Of the shoppers of a style, whatever the weather where they are.
  struct Average {
    std::shared_ptr<const ShopperState> profile;
    size_t shoppers = 0;
  };

  // Borrows everything; all of it must outlive the service. store: null: there are no pools.
  LookbookService(const Clock& clock, const ShopState& shop, Recommender& recommender, OutfitService& outfits,
                  ImpressionQueue& impressions, LookStore* store, LookbookOptions options = {});

  // kInvalid with a pointer into the request, as recommendations.
  Result<LooksAnswer> looks(const LooksRequest& asked, std::string_view request_id = {});

  // Reads the store's pools. Before it and without a store, looks are composed for each request.
  Result<Done> load();
  // Learns from the catalog what vibe, trend and dare are; before it everything has the middle. Seconds for a
  // million garments; one at a time.
  void learn();
  [[nodiscard]] std::shared_ptr<const lookbook::PoolIndex> pools() const { return pools_.load(); }
  [[nodiscard]] std::shared_ptr<const lookbook::GarmentTraits> traits() const { return traits_.load(); }
  // Clusters that were asked for since the last call and had no pool of the day; at most wanted_max.
  [[nodiscard]] std::vector<lookbook::ClusterKey> take_wanted();
  [[nodiscard]] bool has_wanted() const;
  // The average profiles of the latest night, by department and style, for the clusters asked for since.
  // Null: no night yet.
  using Averages = std::map<std::pair<std::string, std::string>, Average>;
  void keep_averages(Averages averages) {
    averages_.store(std::make_shared<const Averages>(std::move(averages)));
  }
  [[nodiscard]] std::shared_ptr<const Averages> averages() const { return averages_.load(); }
  [[nodiscard]] LookStore* store() const { return store_; }
  [[nodiscard]] const ShopState& shop() const { return shop_; }
  [[nodiscard]] OutfitService& outfits() const { return outfits_; }

 private:
  struct Scene;  // of one request
  [[nodiscard]] lookbook::FoundPool find_pool(const RequestState& request, LookSource& source);
  void show_pool(Scene& scene, const lookbook::LookPool& pool, LooksAnswer& answer) const;
  Result<Done> compose_now(Scene& scene, LooksAnswer& answer) const;
  [[nodiscard]] LookView shown(const Scene& scene, const lookbook::Look& look, std::span<const Slot> slots,
                               const lookbook::MileEntry& entry) const;
  void finish(const Scene& scene, std::span<const Item* const> items, LookView& view) const;
  void log(const RequestState& request, const LooksAnswer& answer) const;

  const Clock& clock_;
  const ShopState& shop_;
  Recommender& recommender_;
  OutfitService& outfits_;
  ImpressionQueue& impressions_;
  LookStore* const store_;
  const LookbookOptions options_;
  std::atomic<std::shared_ptr<const lookbook::PoolIndex>> pools_;
  std::atomic<std::shared_ptr<const lookbook::GarmentTraits>> traits_;
  std::atomic<std::shared_ptr<const Averages>> averages_;
  mutable Mutex mutex_;
  std::set<lookbook::ClusterKey> wanted_ GUARDED_BY(mutex_);
};

}  // namespace modiste
