// A shop on the catalog of the data directory; shoppers and events live in memory and leave no trace. For the
// simulations.
#pragma once

#include <memory>

#include "shop/open_shop.h"
#include "simulation/page_loop.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {

struct MemoryShop {
  ManualClock clock{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21))};
  MemoryEventLog log;
  MemoryStore subjects;
  std::unique_ptr<Shop> shop;

  // Borrows garments and encoder. kInvalid: without garments.
  Result<Done> open(const Config& config, SqliteStore& garments, Encoder* encoder, Policy policy) {
    ShopOptions options;
    policy.budgets = kNoHurry;
    options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
    shop = std::make_unique<Shop>(ShopPorts{clock, log, garments, subjects, encoder}, Vocabulary::standard(),
                                  options);
    TRY(shop->load());
    if (shop->catalog().view().garment_count() > 0) return kOk;
    return Error{Code::kInvalid, "the shop has no garments", config.data.directory,
                 "`draw_shop`, then `modiste catalog import`"};
  }
  [[nodiscard]] LoopShop view() { return {*shop, clock, log}; }
};

}  // namespace modiste
