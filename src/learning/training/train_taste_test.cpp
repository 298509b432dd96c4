#include "learning/training/train_taste.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "base/text.h"

namespace modiste {
namespace {

constexpr std::array<const char*, 2> kColours{"Red", "Blue"};
constexpr std::array<const char*, 2> kPatterns{"striped", "solid"};

// 40 dresses of two colours and two patterns. Half of the shoppers like red, half blue; whether a dress is
// striped nobody minds.
ReactionHistory divided_about_colour(size_t shoppers) {
  Catalog catalog(Vocabulary::standard());
  std::vector<Garment> garments(40);
  for (size_t i = 0; i < garments.size(); ++i) {
    garments[i].id = "G" + std::to_string(i);
    garments[i].variants = {{garments[i].id, "M", kColours[i % 2], 20, {}, {}, 3}};
    garments[i].attributes = {
        {Facet::kCategory, "dress", "", AttributeSource::kSupplier, 1},
        {Facet::kColour, ascii_lower(kColours[i % 2]), "", AttributeSource::kSupplier, 1},
        {Facet::kPattern, kPatterns[i / 2 % 2], "", AttributeSource::kSupplier, 1}};
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
      row.push_back({static_cast<Slot>(item), start + std::chrono::hours(24 * step),
                     liked ? Reaction::kLiked : Reaction::kPassed});
    }
  }
  return history;
}

size_t input(const TasteModel& model, std::string_view name) {
  return static_cast<size_t>(std::ranges::find(model.names, name) - model.names.begin());
}

TEST(TrainTaste, LearnsWhatShoppersDifferAbout) {
  const ReactionHistory history = divided_about_colour(120);
  const auto trained = train_taste(history, Vocabulary::standard());
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
  EXPECT_GT(trained->own.mean, trained->alone.mean) << "that only colour tells a taste is known from others";
  EXPECT_EQ(trained->draft.metrics.at("area.gain_low"), trained->gain.low);
  EXPECT_EQ(serialize_taste(train_taste(history, Vocabulary::standard())->model), serialize_taste(model));
}

// By the order of their ids the first shoppers like at random; the others have a taste.
TEST(TrainTaste, ShoppersWhoJudgeAreDrawn) {
  ReactionHistory history = divided_about_colour(200);
  Rng rng(2);
  for (size_t s = 0; s < 100; ++s)
    for (ChosenItem& one : history.rows.shoppers[s])
      one.reaction = rng.chance(0.5) ? Reaction::kLiked : Reaction::kPassed;
  TrainTasteOptions options;
  options.asked_max = 60;
  const auto trained = train_taste(history, Vocabulary::standard(), options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->asked, 60u);
  EXPECT_GT(trained->own.mean, 0.55) << "of the first alone 0.5";
}

// Shoppers of women's clothes who turn to men's: nobody could know, and no men's garment may be among what
// they are taken not to have liked before.
TEST(TrainTaste, TheStockIsOfTheDepartmentsKnownThen) {
  ReactionHistory history = divided_about_colour(120);
  const TermId women = 900, men = 901;
  for (size_t slot = 0; slot < history.facts.size(); ++slot) {
    history.facts[slot].department = slot < 20 ? women : men;
    history.facts[slot].terms = {slot < 20 ? TermId{1} : TermId{2}};
  }
  TimePoint latest{};
  for (const auto& row : history.rows.shoppers) latest = std::max(latest, row.back().at);
  Rng rng(7);
  for (auto& row : history.rows.shoppers)
    for (ChosenItem& one : row) {
      const bool turned = one.at > latest - std::chrono::hours(30);
      one.item = static_cast<Slot>((turned ? 20 : 0) + rng.below(20));
      one.reaction = Reaction::kLiked;
    }
  const auto trained = train_taste(history, Vocabulary::standard());
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_GT(trained->asked, 50u);
  EXPECT_GT(trained->alone.mean, 0.2) << "with men's garments in the sample hardly any comes before another";
}

TEST(TrainTaste, RefusesTooFewShoppers) {
  const auto trained = train_taste(divided_about_colour(20), Vocabulary::standard());
  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.error().code, Code::kConflict);
}

}  // namespace
}  // namespace modiste
