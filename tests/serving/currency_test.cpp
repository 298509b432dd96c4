// Garments that name no currency are in the shop's.
#include <gtest/gtest.h>

#include "small_shop.h"

namespace modiste {
namespace {

TEST(ShopCurrency, IsThatOfGarmentsWhichNameNone) {
  SmallShop stores;
  ShopOptions options;
  options.catalog.currency = "SEK";
  Shop shop({stores.clock, stores.log, stores.store, stores.store, &stores.encoder}, Vocabulary::standard(),
            options);
  ASSERT_TRUE(shop.load().ok());
  EXPECT_EQ(shop.info().currency, "SEK");
  std::vector<Garment> garments = make_garments(2);
  garments[1].currency = "EUR";
  ASSERT_TRUE(shop.catalog().upsert(garments).ok());
  EXPECT_EQ(shop.catalog().garment("G0")->currency, "SEK");
  EXPECT_EQ(shop.catalog().garment("G1")->currency, "EUR");
  EXPECT_EQ(stores.store.get("G0")->currency, "SEK") << "it is stored";
}

}  // namespace
}  // namespace modiste
