#include "simulation/liking_regression.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste {
namespace {

// Every garment has term 0; half of them have 1, the others 2; brands alternate.
std::vector<ItemFacts> stock_of_two_kinds() {
  std::vector<ItemFacts> stock(20);
  for (size_t i = 0; i < stock.size(); ++i) {
    stock[i].slot = static_cast<Slot>(i);
    stock[i].terms = {TermId{0}, static_cast<TermId>(i < 10 ? 1 : 2)};
    stock[i].brand = static_cast<BrandId>(1 + i % 2);
  }
  return stock;
}

std::vector<const ItemFacts*> pointers(const std::vector<ItemFacts>& items) {
  std::vector<const ItemFacts*> all;
  for (const ItemFacts& item : items) all.push_back(&item);
  return all;
}

TEST(LikingRegression, RanksUnseenItemsByWhatTheLikesShare) {
  const auto stock = stock_of_two_kinds();
  const auto all = pointers(stock);
  const std::vector<const ItemFacts*> liked{all[0], all[2], all[4]};  // term 1, brand 1
  const auto likings = learned_likings(liked, all);
  ASSERT_EQ(likings.size(), stock.size());
  EXPECT_GT(likings[8], likings[9]) << "same term, liked brand first";
  EXPECT_GT(likings[9], likings[19]) << "same brand, liked term first";
  EXPECT_GT(likings[18], likings[19]);
  EXPECT_EQ(likings[8], likings[0]) << "a like itself is not an attribute";
}

TEST(LikingRegression, SaysNothingWithoutLikes) {
  const auto stock = stock_of_two_kinds();
  for (const double liking : learned_likings({}, pointers(stock))) EXPECT_EQ(liking, 0);
}

}  // namespace
}  // namespace modiste
