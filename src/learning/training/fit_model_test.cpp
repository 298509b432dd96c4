#include "style/fit_model.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/rng.h"
#include "learning/training/fit_training.h"

namespace modiste {
namespace {

SizeId us(std::string_view name) { return *parse_size(name, SizeChart::kWomen); }
double at(std::string_view name) { return *size_position(us(name), SizeChart::kWomen); }

FitObservation tried(std::string garment, double position, FitFeedback outcome) {
  return {std::move(garment), "dress", SizeChart::kWomen, position, true, outcome};
}

// A shop whose shoppers choose by their true size, somewhat off, and send back what does not fit.
struct Shop {
  std::vector<FitRow> rows;
  std::vector<double> size_of;  // by shopper
  std::vector<double> runs;     // by garment, in positions
};

constexpr double kSlope = 2.0, kCut = 2.6;

Shop make_shop(size_t shoppers, size_t rows, uint64_t seed) {
  Rng rng(seed);
  Shop shop;
  for (size_t g = 0; g < 60; ++g) shop.runs.push_back(g % 3 == 0 ? -1.0 : g % 3 == 1 ? 0.0 : 0.8);
  std::vector<BodyProfile> bodies;
  for (size_t s = 0; s < shoppers; ++s) {
    BodyProfile body;
    const double weight = 63 + 10 * rng.normal();
    body.height_cm = 166 + 7 * rng.normal();
    body.weight_kg = weight;
    bodies.push_back(body);
    shop.size_of.push_back(5 + 1.5 * (weight - 63) / 10 + 0.5 * rng.normal());
  }
  for (size_t i = 0; i < rows; ++i) {
    const size_t s = rng.below(shoppers), g = rng.below(shop.runs.size());
    const double position = std::round(shop.size_of[s] + 0.6 * rng.normal());
    const double d = kSlope * (position + shop.runs[g] - shop.size_of[s]);
    const double draw = rng.uniform();
    const auto p = ordinal_probabilities(-kCut - d, kCut - d);
    const FitFeedback outcome = draw < p.small             ? FitFeedback::kTooSmall
                                : draw < p.small + p.large ? FitFeedback::kTooLarge
                                                           : FitFeedback::kFits;
    shop.rows.push_back(
        {"s" + std::to_string(s), bodies[s], tried("g" + std::to_string(g), position, outcome)});
  }
  return shop;
}

TEST(FitModel, OrdinalTermsAreTheDerivativesOfTheLogLikelihood) {
  constexpr double kStep = 1e-5;
  for (const auto outcome : {FitFeedback::kTooSmall, FitFeedback::kFits, FitFeedback::kTooLarge}) {
    const auto log_p = [&](double s, double l) { return std::log(ordinal_term(s, l, outcome).probability); };
    const double s = -1.3, l = 0.9;
    const auto term = ordinal_term(s, l, outcome);
    const auto up_s = ordinal_term(s + kStep, l, outcome), down_s = ordinal_term(s - kStep, l, outcome);
    const auto up_l = ordinal_term(s, l + kStep, outcome), down_l = ordinal_term(s, l - kStep, outcome);
    EXPECT_NEAR(term.by_small, (log_p(s + kStep, l) - log_p(s - kStep, l)) / (2 * kStep), 1e-6);
    EXPECT_NEAR(term.by_large, (log_p(s, l + kStep) - log_p(s, l - kStep)) / (2 * kStep), 1e-6);
    EXPECT_NEAR(term.info_small, -(up_s.by_small - down_s.by_small) / (2 * kStep), 1e-6);
    EXPECT_NEAR(term.info_large, -(up_l.by_large - down_l.by_large) / (2 * kStep), 1e-6);
    EXPECT_NEAR(term.info_cross, -(up_s.by_large - down_s.by_large) / (2 * kStep), 1e-6);
  }
}

TEST(FitModel, APlantedShopIsLearned) {
  const Shop shop = make_shop(2'000, 12'000, 31);
  const auto model = train_fit(shop.rows, {});
  ASSERT_TRUE(model.ok()) << model.error().message();
  std::printf("slope %.2f (planted %.1f), cuts %.2f %.2f (planted -+%.1f)\n", model->parameters().slope,
              kSlope, model->parameters().threshold_small, model->parameters().threshold_large, kCut);
  EXPECT_NEAR(model->parameters().slope, kSlope, 0.5);
  double error = 0;
  for (size_t g = 0; g < shop.runs.size(); ++g)
    error += std::abs(model->runs(model->garment("g" + std::to_string(g), "dress")) - shop.runs[g]) /
             static_cast<double>(shop.runs.size());
  std::printf("mean error of how garments run: %.2f sizes\n", error);
  EXPECT_LT(error, 0.3);
  // A new shopper with only body measurements gets the size that fits, in garments that run small too.
  double away = 0;
  constexpr size_t kAsked = 300;
  for (size_t i = 0; i < kAsked; ++i) {
    FitProfile fresh;
    fresh.body = shop.rows[i].body;
    const auto& observation = shop.rows[i].observation;
    const double truth = shop.size_of[std::stoul(shop.rows[i].shopper.substr(1))] -
                         shop.runs[std::stoul(observation.garment_id.substr(1))];
    away += std::abs(model->ideal_position(fresh, observation) - truth) / kAsked;
  }
  std::printf("mean distance of a new shopper's advice: %.2f sizes\n", away);
  EXPECT_LT(away, 0.7);  // 0.4 is what the body measurements do not tell
}

TEST(FitModel, ReturnsMoveTheAdviceTheRightWay) {
  const FitModel model;
  FitProfile profile;
  model.fold_usual_sizes(profile, SizeChart::kWomen, std::array{at("US 8")});
  const double before = model.true_size(profile, SizeChart::kWomen).mean;
  FitProfile small = profile, large = profile, fit = profile;
  FitObservation back = tried("a", at("US 8"), FitFeedback::kTooSmall);
  back.chosen = false;
  model.fold_fit(small, back);
  back.outcome = FitFeedback::kTooLarge;
  model.fold_fit(large, back);
  back.outcome = FitFeedback::kFits;
  model.fold_fit(fit, back);
  EXPECT_GT(model.true_size(small, SizeChart::kWomen).mean, before + 0.05);
  EXPECT_LT(model.true_size(large, SizeChart::kWomen).mean, before - 0.05);
  EXPECT_NEAR(model.true_size(fit, SizeChart::kWomen).mean, before, 0.05);
  EXPECT_LT(model.true_size(fit, SizeChart::kWomen).variance,
            model.true_size(profile, SizeChart::kWomen).variance);
}

TEST(FitModel, AGarmentThatRunsSmallIsLearnedAndSaid) {
  FitModel model;
  FitProfile usual;
  model.fold_usual_sizes(usual, SizeChart::kWomen, std::array{at("US 8")});
  const std::vector<SizeId> stock{us("US 4"), us("US 6"), us("US 8"), us("US 10"), us("US 12")};
  const auto before = model.best_size(usual, "snug", "dress", SizeChart::kWomen, stock);
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(all_sizes()[before->size].name, "8");
  EXPECT_EQ(before->reason, SizeReason::kUsual);
  for (int i = 0; i < 40; ++i) model.observe(usual, tried("snug", at("US 8"), FitFeedback::kTooSmall));
  const auto after = model.best_size(usual, "snug", "dress", SizeChart::kWomen, stock);
  ASSERT_TRUE(after.has_value());
  EXPECT_GT(*size_position(after->size, SizeChart::kWomen), at("US 8"));
  EXPECT_EQ(after->reason, SizeReason::kRunsSmall);
  EXPECT_LT(model.predict(usual, tried("snug", at("US 8"), FitFeedback::kFits)).fit,
            after->probabilities.fit);
  // Without the size in stock, the nearest there is.
  const auto left =
      model.best_size(usual, "snug", "dress", SizeChart::kWomen, std::vector{us("US 4"), us("US 6")});
  EXPECT_EQ(all_sizes()[left->size].name, "6");
}

TEST(FitModel, OnlyTheShoppersOwnSizeIsTheirUsualOne) {
  const FitModel model;
  FitProfile usual;
  model.fold_usual_sizes(usual, SizeChart::kWomen, std::array{at("M")});
  const auto reason = [&](std::vector<SizeId> stock) {
    return model.best_size(usual, "a", "dress", SizeChart::kWomen, stock)->reason;
  };
  EXPECT_EQ(reason({us("S"), us("M"), us("L")}), SizeReason::kUsual);
  EXPECT_EQ(reason({us("L"), us("XL")}), SizeReason::kNearest);
  EXPECT_EQ(reason({us("XS")}), SizeReason::kNearest);
}

TEST(FitModel, TheShareOfFitFallsWithTheDistanceFromTheShoppersSize) {
  const FitModel model;
  FitProfile usual;
  EXPECT_EQ(model.fit_share(usual, "a", "dress", SizeChart::kWomen, std::vector{us("M")}), std::nullopt);
  model.fold_usual_sizes(usual, SizeChart::kWomen, std::array{at("M")});
  const auto share = [&](const char* size) {
    return *model.fit_share(usual, "a", "dress", SizeChart::kWomen, std::vector{us(size)});
  };
  EXPECT_GT(share("M"), 0.95);
  EXPECT_LT(share("L"), 0.75);
  EXPECT_LT(share("XXL"), 0.2);
  EXPECT_LT(share("XXL"), share("L"));
  EXPECT_EQ(model.fit_share(usual, "a", "bag", SizeChart::kWomen, {}), std::nullopt);
}

TEST(FitModel, ANewShopperIsAnsweredByWhatSheSaid) {
  const FitModel model;
  const std::vector<SizeId> stock{us("S"), us("M"), us("L"), us("XL")};
  FitProfile nobody;
  EXPECT_FALSE(model.best_size(nobody, "a", "dress", SizeChart::kWomen, stock).has_value());
  FitProfile bust;
  bust.body.bust_cm = 100;  // EU 44 by EN 13402-3
  const auto advice = model.best_size(bust, "a", "dress", SizeChart::kWomen, stock);
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(all_sizes()[advice->size].name, "L");
  EXPECT_EQ(advice->reason, SizeReason::kByBody);
  FitProfile usual;
  model.fold_usual_sizes(usual, SizeChart::kWomen, std::array{at("M")});
  EXPECT_EQ(all_sizes()[model.best_size(usual, "a", "dress", SizeChart::kWomen, stock)->size].name, "M");
  EXPECT_FALSE(
      model.best_size(usual, "a", "shoes", SizeChart::kShoesWomen, std::vector{us("M")}).has_value());
}

TEST(FitModel, AProfileSurvivesItsJson) {
  const FitModel model;
  FitProfile profile;
  profile.body.weight_kg = 61.5;
  profile.body.body_type = "pear";
  model.fold_fit(profile, tried("a", 5, FitFeedback::kTooSmall));
  model.fold_usual_sizes(profile, SizeChart::kShoesWomen, std::array{8.0});
  const std::string text = to_json_text(profile);
  const auto back = from_json_text<FitProfile>(text);
  ASSERT_TRUE(back.ok()) << back.error().message();
  EXPECT_EQ(*back, profile);
  EXPECT_EQ(to_json_text(*back), text);
}

TEST(FitModel, TrainingRefusesWhatTeachesNothing) {
  EXPECT_FALSE(train_fit({}, {}).ok());
  std::vector<FitRow> rows(200, FitRow{"s", {}, tried("g", 5, FitFeedback::kFits)});
  EXPECT_FALSE(train_fit(rows, {}).ok());
}

TEST(FitModel, TrainingIsTheSameTwice) {
  const Shop shop = make_shop(200, 1'000, 37);
  const auto a = train_fit(shop.rows, {}), b = train_fit(shop.rows, {});
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->parameters().slope, b->parameters().slope);
  EXPECT_EQ(a->parameters().size_by_body, b->parameters().size_by_body);
  EXPECT_EQ(a->garment("g1", "dress").run, b->garment("g1", "dress").run);
}

// Whatever was observed: probabilities are probabilities, a larger size is never likelier to be small, and
// knowing more of one who wears about one size never makes the size less sure.
RC_GTEST_PROP(FitModelHolds, ProbabilitiesAndOrder, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  FitModel model;
  FitProfile profile;
  const auto garment = [&] { return "g" + std::to_string(rng.below(3)); };
  double variance = model.true_size(profile, SizeChart::kWomen).variance;
  const bool one_size = rng.chance(0.5);  // else perhaps of two people
  for (size_t i = rng.below(60); i-- > 0;) {
    const double position = one_size ? rng.uniform(5, 7.5) : rng.uniform(0, 14);
    const auto seen = tried(garment(), position, static_cast<FitFeedback>(rng.below(3)));
    model.observe(profile, seen);
    model.fold_fit(profile, seen);
    const double now = model.true_size(profile, SizeChart::kWomen).variance;
    RC_ASSERT(!one_size || now < 1.05 * variance);  // 0.98 of the evidence is kept
    variance = now;
  }
  FitObservation asked = tried(garment(), 0, FitFeedback::kFits);
  asked.chosen = false;
  double small_before = 1;
  for (double position = 0; position <= 14; position += 0.5) {
    asked.position = position;
    const auto p = model.predict(profile, asked);
    RC_ASSERT(p.small >= 0 && p.fit > 0 && p.large >= 0);
    RC_ASSERT(std::abs(p.small + p.fit + p.large - 1) < 1e-9);
    RC_ASSERT(p.small <= small_before + 1e-12);
    small_before = p.small;
  }
}

}  // namespace
}  // namespace modiste
