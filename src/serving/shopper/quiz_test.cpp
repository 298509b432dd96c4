#include "serving/shopper/quiz.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

Garment top_for(double price, int stock) {
  Garment garment;
  garment.id = "T" + std::to_string(price);
  garment.title = "Top";
  garment.variants.push_back({garment.id + "-M", "M", "Red", price, {}, {}, stock});
  return garment;
}

std::pair<double, double> budget_of(const std::vector<double>& prices) {
  Catalog catalog{Vocabulary::standard()};
  std::vector<Garment> garments{top_for(0.01, 0), top_for(9e6, 0)};  // sold out
  for (const double price : prices) garments.push_back(top_for(price, 1));
  catalog.upsert(std::move(garments));
  const Quiz quiz = make_quiz(
      catalog, [](const Item&) { return std::string(); }, "EUR");
  return {quiz.price_low, quiz.price_high};
}

// Whatever the currency: prices of 0.50 and of a million.
TEST(QuizBudget, GoesFromTheLowestPriceInStockToTheHighest) {
  using Range = std::pair<double, double>;
  EXPECT_EQ(budget_of({}), Range(0, 0));
  EXPECT_EQ(budget_of({19.95}), Range(19, 20));
  EXPECT_EQ(budget_of({39.5, 12.25, 64, 12.75}), Range(12, 64));
  EXPECT_EQ(budget_of({16, 32}), Range(16, 32)) << "on bounds of the columns";
  EXPECT_EQ(budget_of({0.5, 0.75}), Range(0, 1));
  EXPECT_EQ(budget_of({1'250'000, 40'000}), Range(40'000, 1'250'000));
  EXPECT_EQ(budget_of({0.5, 1'250'000}), Range(0, 1'250'000));
}

}  // namespace
}  // namespace modiste
