// Who is advised a size, and ranked by it: only whoever told something that tells one.
#include <gtest/gtest.h>

#include <array>

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

// What the gate of `fit` judges learns by the same call as serving.
TEST(FitAdvice, AReviewTeachesThatItsShopperChoseTheSize) {
  const FitObservation review{"a", "dress", SizeChart::kWomen, 5, false, FitFeedback::kTooSmall};
  BodyProfile body;
  body.bust_cm = 100;
  FitModel learned, by_hand;
  learned.learn_outcome(review, body);
  FitProfile shopper;
  shopper.body = body;
  FitObservation choice = review;
  choice.chosen = true;
  choice.outcome.reset();
  by_hand.fold_fit(shopper, choice);
  by_hand.observe(shopper, review);
  EXPECT_EQ(learned.garment("a", "dress").run, by_hand.garment("a", "dress").run);
  FitModel of_the_body_alone;
  FitProfile unknown;
  unknown.body = body;
  of_the_body_alone.observe(unknown, review);
  EXPECT_NE(learned.garment("a", "dress").run, of_the_body_alone.garment("a", "dress").run);
}

FitObservation bought(double position) { return {"a", "dress", SizeChart::kWomen, position, true, {}}; }

double position_of(const char* name) {
  return *size_position(*parse_size(name, SizeChart::kWomen), SizeChart::kWomen);
}

TEST(FitAdvice, WhatIsStatedAfterPurchasesCountsMoreThanThey) {
  const FitModel model;
  FitProfile profile;
  for (int i = 0; i < 5; ++i) model.fold_fit(profile, bought(position_of("M")));
  model.fold_usual_sizes(profile, SizeChart::kWomen, std::array{position_of("L")});
  const auto advice =
      model.best_size(profile, "b", "dress", SizeChart::kWomen, sizes_of({"S", "M", "L"}, SizeChart::kWomen));
  ASSERT_TRUE(advice);
  EXPECT_EQ(all_sizes()[advice->size].name, "L");
  EXPECT_EQ(advice->reason, SizeReason::kUsual);
}

TEST(FitAdvice, OnlyASizeThatWasStatedOrKeptIsUsual) {
  const FitModel model;
  FitProfile profile;
  model.fold_fit(profile, bought(position_of("S")));
  const auto stock = sizes_of({"XS", "S", "M", "L"}, SizeChart::kWomen);
  EXPECT_EQ(model.best_size(profile, "b", "dress", SizeChart::kWomen, stock)->reason, SizeReason::kUsual);
  FitObservation back = bought(position_of("S"));
  back.chosen = false;
  back.outcome = FitFeedback::kTooSmall;
  model.fold_fit(profile, back);
  const auto advice = model.best_size(profile, "b", "dress", SizeChart::kWomen, stock);
  EXPECT_EQ(advice->reason, SizeReason::kNearest) << "they had none that fitted";
  EXPECT_EQ(profile.evidence(SizeChart::kWomen).observations, 0);
}

// Four of S and four of XL: nobody of the two wears M.
TEST(FitAdvice, TwoPeopleOnOneAccountHaveNoSizeBetweenThem) {
  const FitModel model;
  FitProfile couple;
  for (int i = 0; i < 8; ++i) model.fold_fit(couple, bought(position_of(i % 2 == 0 ? "S" : "XL")));
  const auto size = model.true_size(couple, SizeChart::kWomen);
  EXPECT_GT(size.variance, 2);
  const auto both = model.best_size(couple, "b", "dress", SizeChart::kWomen,
                                    sizes_of({"S", "M", "L", "XL"}, SizeChart::kWomen));
  ASSERT_TRUE(both);
  EXPECT_NE(both->reason, SizeReason::kUsual);
  EXPECT_GT(*model.fit_share(couple, "b", "dress", SizeChart::kWomen, sizes_of({"S"}, SizeChart::kWomen)),
            0.5);
  FitProfile one;
  for (int i = 0; i < 8; ++i) model.fold_fit(one, bought(position_of("M") + i % 2));
  EXPECT_LT(model.true_size(one, SizeChart::kWomen).variance, 0.5) << "a size more or less by the cut";
}

}  // namespace
}  // namespace modiste
