#include "learning/training/train_taste.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }

constexpr std::array<const char*, 2> kColours{"Red", "Blue"};
constexpr std::array<const char*, 2> kPatterns{"striped", "solid"};

// 40 dresses of two colours and two patterns. Half of the shoppers like red, half blue; whether a dress is
// striped nobody minds.
ReactionHistory divided_about_colour(size_t shoppers) {
  Catalog catalog(vocabulary());
  std::vector<Garment> garments(40);
  for (size_t i = 0; i < garments.size(); ++i) {
    garments[i].id = "G" + std::to_string(i);
    garments[i].title = std::string(kPatterns[i / 2 % 2]) + " dress";
    garments[i].variants = {{garments[i].id, "M", kColours[i % 2], 20, {}, {}, 3}};
    garments[i].attributes.terms = {vocabulary().find(Facet::kCategory, "dress")->id,
                                    vocabulary().find(Facet::kPattern, kPatterns[i / 2 % 2])->id};
  }
  catalog.upsert(std::move(garments));
  ReactionHistory history;
  const auto snapshot = catalog.snapshot();
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    history.facts.push_back(snapshot->facts(slot));
    history.rows.items.push_back(catalog.key(slot));
  }
  history.brands = catalog.brand_names();
  Rng rng(5);
  const TimePoint start{std::chrono::days(20'000)};
  for (size_t s = 0; s < shoppers; ++s) {
    auto& row = history.rows.shoppers.emplace_back();
    for (size_t step = 0; step < 12; ++step) {
      const size_t item = rng.below(snapshot->slot_count());
      const bool liked = rng.chance(item % 2 == s % 2 ? 0.85 : 0.1);
      row.push_back({static_cast<Slot>(item), start + std::chrono::hours(24 * step), liked ? 0.6F : -0.4F});
    }
  }
  return history;
}

size_t input(const TasteModel& model, std::string_view name) {
  return static_cast<size_t>(std::ranges::find(model.names, name) - model.names.begin());
}

TEST(TrainTaste, LearnsWhatShoppersDifferAbout) {
  const ReactionHistory history = divided_about_colour(120);
  const auto trained = train_taste(history, vocabulary());
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  const TasteModel& model = trained->model;
  ASSERT_LT(input(model, "colour:red"), model.names.size());
  EXPECT_GT(model.prior.variance[input(model, "colour:red")],
            4 * model.prior.variance[input(model, "pattern:striped")]);
  EXPECT_NEAR(model.price_usual, 20, 0.01);
  EXPECT_EQ(trained->shoppers, 120u);
  EXPECT_GT(trained->asked, 50u);
  EXPECT_GT(trained->own.mean, 0.65) << "half of what a liked garment is ranked among is liked as well";
  EXPECT_NEAR(trained->mean.mean, 0.5, 0.1) << "in the mean nobody prefers red or blue";
  EXPECT_GT(trained->gain.low, 0.1);
  EXPECT_EQ(trained->draft.metrics.at("area.gain_low"), trained->gain.low);
  EXPECT_EQ(serialize_taste(train_taste(history, vocabulary())->model), serialize_taste(model));
}

TEST(TrainTaste, GoesOnFromTheModelBefore) {
  const ReactionHistory history = divided_about_colour(120);
  const auto before = train_taste(history, vocabulary());
  ASSERT_TRUE(before.ok());
  TrainTasteOptions options;
  options.begin_from = &before->model;
  size_t rounds = 0;
  const auto after =
      train_taste(history, vocabulary(), options, [&](size_t, size_t total) { rounds = total; });
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(rounds, 6u) << "three before the latest, which judge, and three with all";
  const size_t red = input(before->model, "colour:red");
  EXPECT_NEAR(after->model.prior.variance[red], before->model.prior.variance[red],
              0.3 * static_cast<double>(before->model.prior.variance[red]));
}

TEST(TrainTaste, RefusesTooFewShoppers) {
  const auto trained = train_taste(divided_about_colour(20), vocabulary());
  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.error().code, Code::kConflict);
}

}  // namespace
}  // namespace modiste
