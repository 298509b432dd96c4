#include "simulation/shopper_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

TEST(ShopperModel, HoldsOnlyAHigherPriceAgainstAGarment) {
  const Vocabulary& words = Vocabulary::standard();
  SimulatedShopper shopper;
  shopper.log_price = std::log(50.0F);
  const auto liking = [&](float price) {
    ItemFacts item;
    item.slot = 3;
    item.price = price;
    return shopper.like_probability(item, words);
  };
  for (const float price : {1.0F, 10.0F, 49.0F}) EXPECT_EQ(liking(price), liking(50)) << price;
  EXPECT_LT(liking(60), liking(50));
  EXPECT_LT(liking(120), liking(60));
}

}  // namespace
}  // namespace modiste
