// What every store of look pools promises.
#include <gtest/gtest.h>

#include "io/test_directory.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

using lookbook::LookPool;

const TimePoint kDrawnAt = parse_rfc3339("2026-11-21T04:00:00Z").value();

std::shared_ptr<LookStore> looks_in_memory(const TestDirectory&) { return std::make_shared<MemoryStore>(); }
std::shared_ptr<LookStore> looks_in_sqlite(const TestDirectory& directory) {
  return SqliteStore::open(directory.path() / "modiste.db").value();
}

struct LooksBackend {
  const char* name;
  std::shared_ptr<LookStore> (*make)(const TestDirectory&);
};

LookPool pool_named(std::string id) {
  LookPool pool;
  pool.cluster_id = std::move(id);
  pool.day = "2026-11-21";
  pool.cluster = {"women", "Boho dresses", lookbook::WeatherKind::kRain};
  pool.generator = "composer";
  pool.made_at = kDrawnAt;
  pool.expires_at = kDrawnAt + std::chrono::hours(48);
  pool.looks.push_back({"o1",
                        true,
                        Occasion::kDate,
                        {{"G1", "Navy", OutfitRole::kOnePiece}, {"G2", "", OutfitRole::kShoes}},
                        {0.25, 0.5, 0.75}});
  return pool;
}

class LookStoreContract : public testing::TestWithParam<LooksBackend> {
 protected:
  std::vector<std::string> ids() {
    std::vector<std::string> found;
    const auto pools = store_->pools().value();
    for (const LookPool& pool : pools) found.push_back(pool.cluster_id);
    return found;
  }

  TestDirectory directory_;
  std::shared_ptr<LookStore> store_ = GetParam().make(directory_);
};

TEST_P(LookStoreContract, APoolComesBackAsItWas) {
  EXPECT_TRUE(ids().empty());
  const LookPool pool = pool_named("20261121_Boho_Rain");
  ASSERT_TRUE(store_->put_pools({&pool, 1}).ok());
  const auto found = store_->pools().value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(to_json_text(found[0]), to_json_text(pool));
}

TEST_P(LookStoreContract, APoolReplacesTheOneOfItsCluster) {
  std::vector<LookPool> pools{pool_named("b"), pool_named("a")};
  ASSERT_TRUE(store_->put_pools(pools).ok());
  pools[0].generator = "chat";
  ASSERT_TRUE(store_->put_pools({pools.data(), 1}).ok());
  EXPECT_EQ(ids(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(store_->pools().value()[1].generator, "chat");
}

TEST_P(LookStoreContract, WhatHasExpiredIsDropped) {
  std::vector<LookPool> pools{pool_named("old"), pool_named("new")};
  pools[0].expires_at = kDrawnAt;
  ASSERT_TRUE(store_->put_pools(pools).ok());
  EXPECT_EQ(store_->drop_expired_pools(kDrawnAt).value(), 1U);
  EXPECT_EQ(ids(), std::vector<std::string>{"new"});
  EXPECT_EQ(store_->drop_expired_pools(kDrawnAt).value(), 0U);
}

TEST_P(LookStoreContract, PoolsOfAnotherVersionArePassedOver) {
  LookPool pool = pool_named("later");
  pool.version = lookbook::kPoolVersion + 1;
  ASSERT_TRUE(store_->put_pools({&pool, 1}).ok());
  EXPECT_TRUE(ids().empty());
}

INSTANTIATE_TEST_SUITE_P(Stores, LookStoreContract,
                         testing::Values(LooksBackend{"memory", looks_in_memory},
                                         LooksBackend{"sqlite", looks_in_sqlite}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace modiste
