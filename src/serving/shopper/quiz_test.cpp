#include "serving/shopper/quiz.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/normaliser.h"

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

// Tops are shirts and T-shirts, and the first of all tops is a shirt.
TEST(QuizPictures, AreOfAnotherGarmentEach) {
  Catalog catalog{Vocabulary::standard()};
  const Normaliser normaliser(catalog.vocabulary());
  std::vector<Garment> garments;
  for (const char* kind :
       {"Shirts", "Shirts", "T-shirts", "T-shirts", "Jeans", "Jeans", "Skirts", "Skirts"}) {
    Garment& garment = garments.emplace_back(top_for(10 + static_cast<double>(garments.size()), 1));
    garment.title = kind + std::to_string(garments.size());
    garment.category = std::string("Women/") + kind;
    normaliser.normalise(garment);
  }
  catalog.upsert(std::move(garments));
  const Quiz quiz = make_quiz(
      catalog, [](const Item& item) { return item.garment.read()->title; }, "EUR");
  const auto step = std::find_if(quiz.steps.begin(), quiz.steps.end(),
                                 [](const QuizStep& one) { return one.field == "categories"; });
  ASSERT_NE(step, quiz.steps.end());
  EXPECT_GE(step->options.size(), 5U) << "tops and bottoms beside their kinds";
  std::set<std::string> pictures;
  for (const QuizOption& option : step->options) pictures.insert(option.image);
  EXPECT_EQ(pictures.size(), step->options.size());
}

}  // namespace
}  // namespace modiste
