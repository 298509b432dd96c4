// Who is advised a size, and ranked by it: only whoever told something that tells one.
#include <gtest/gtest.h>

#include "style/fit_model.h"

namespace modiste {
namespace {

std::vector<SizeId> sizes_of(std::initializer_list<const char*> names, SizeChart chart) {
  std::vector<SizeId> sizes;
  for (const char* name : names) sizes.push_back(*parse_size(name, chart));
  return sizes;
}

TEST(FitAdvice, HeightAndWeightTellNoSizeUntilAModelIsFitted) {
  FitProfile tall;
  tall.body.height_cm = 165;
  tall.body.weight_kg = 115;
  const FitModel by_default;
  const auto large = sizes_of({"EU 50", "EU 52"}, SizeChart::kWomen);
  EXPECT_FALSE(by_default.best_size(tall, "a", "dress", SizeChart::kWomen, large)) << "not the average size";
  EXPECT_FALSE(by_default.fit_share(tall, "a", "dress", SizeChart::kWomen, large));

  FitParameters fitted;
  fitted.size_by_body.assign(kBodyFeatures, 0);
  fitted.size_by_body[0] = 5;
  const FitModel by_labels(fitted);
  EXPECT_TRUE(by_labels.best_size(tall, "a", "dress", SizeChart::kWomen, large));
  EXPECT_FALSE(by_labels.best_size(tall, "a", "shirt", SizeChart::kMen, sizes_of({"L"}, SizeChart::kMen)))
      << "the labels are of women's clothes";
}

TEST(FitAdvice, ABustTellsTheSizeOfClothesOnly) {
  FitProfile bust;
  bust.body.bust_cm = 100;
  const FitModel model;
  EXPECT_TRUE(model.best_size(bust, "a", "dress", SizeChart::kWomen, sizes_of({"EU 44"}, SizeChart::kWomen)));
  EXPECT_FALSE(model.best_size(bust, "b", "sneakers", SizeChart::kShoesWomen,
                               sizes_of({"EU 38", "EU 39"}, SizeChart::kShoesWomen)));
  EXPECT_FALSE(model.fit_share(bust, "c", "dress", SizeChart::kKids, sizes_of({"104"}, SizeChart::kKids)))
      << "a parent's measures are not the child's";
}

}  // namespace
}  // namespace modiste
