#include "learning/training/occasion_training.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

using testing::HasSubstr;

const TimePoint kBegin{std::chrono::sys_days(std::chrono::year(2025) / 3 / 1)};

OccasionClues clues_at(TimePoint at) {
  OccasionClues clues;
  clues.local = local_time(at, "UTC").value();
  return clues;
}

// A shop of another kind than the table's people: lounge in the morning, weddings in the evening, one in ten
// at random. From `turn` on it is the other way round.
std::vector<DatedOccasion> planted(size_t count, int days, int turn = 1'000'000, uint64_t seed = 5) {
  Rng rng(seed);
  std::vector<DatedOccasion> said;
  for (size_t i = 0; i < count; ++i) {
    const auto day = static_cast<int>(rng.below(static_cast<uint64_t>(days)));
    const bool morning = rng.chance(0.5);
    const TimePoint at = kBegin + std::chrono::days(day) + std::chrono::hours(morning ? 8 : 19);
    const Occasion meant = morning == (day < turn) ? Occasion::kLounge : Occasion::kWedding;
    const auto any = static_cast<Occasion>(rng.below(kOccasionCount));
    said.push_back({{clues_at(at), rng.chance(0.1) ? any : meant, 1}, at, ""});
  }
  return said;
}

double chance_of(const OccasionModel& model, Occasion occasion, int hour) {
  return model.predict(clues_at(kBegin + std::chrono::days(100) + std::chrono::hours(hour)))
      .at(static_cast<size_t>(occasion));
}

TEST(TrainOccasions, LearnsAHabitThatTheTableDoesNotHave) {
  std::vector<std::pair<size_t, size_t>> fits;
  const auto trained = train_occasions(planted(1'500, 90), Vocabulary::standard(), {},
                                       [&](size_t fit, size_t of) { fits.emplace_back(fit, of); });
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->trained + trained->held_out, 1'500U);
  EXPECT_NEAR(static_cast<double>(trained->held_out), 300, 40);
  EXPECT_LT(trained->learned.log_loss, trained->frequencies.log_loss - 0.3);
  EXPECT_LT(trained->frequencies.log_loss, trained->table.log_loss);
  EXPECT_NEAR(trained->learned.accuracy, 0.91, 0.06);
  EXPECT_EQ(trained->judges, trained->held_out) << "each is another's";
  EXPECT_NEAR(trained->gain.mean, trained->table.log_loss - trained->learned.log_loss, 1e-4);
  EXPECT_GT(trained->gain.low, 0.5);
  EXPECT_GT(chance_of(trained->model, Occasion::kLounge, 8), 0.7);
  EXPECT_GT(chance_of(trained->model, Occasion::kWedding, 19), 0.7);
  EXPECT_LT(chance_of(OccasionModel(Vocabulary::standard()), Occasion::kLounge, 8), 0.3);
  ASSERT_FALSE(fits.empty());
  for (size_t i = 0; i < fits.size(); ++i)
    EXPECT_EQ(fits[i], (std::pair<size_t, size_t>(i + 1, fits.size())));
}

// The last tenth of the days says the opposite of all before: who forgets sooner does better, in the days
// that choose too.
TEST(TrainOccasions, ChoosesHowFastToForgetByTheDaysBeforeTheSplit) {
  OccasionTrainingOptions options;
  options.half_lives_days = {60, 5};
  options.l2s = {10};
  const auto turned = train_occasions(planted(3'000, 200, 120), Vocabulary::standard(), options);
  ASSERT_TRUE(turned.ok());
  EXPECT_EQ(turned->half_life_days, 5);
  ASSERT_EQ(turned->trials.size(), 2U);
  EXPECT_LT(turned->trials[1].log_loss, turned->trials[0].log_loss);
  const auto steady = train_occasions(planted(3'000, 200), Vocabulary::standard(), options);
  ASSERT_TRUE(steady.ok());
  EXPECT_EQ(steady->half_life_days, 60);
}

// What was said on the held-out days must reach neither the choice nor the model that is judged.
TEST(TrainOccasions, NothingOfTheHeldOutDaysIsKnownBeforeThem) {
  auto said = planted(1'500, 90);
  const auto as_it_was = train_occasions(said, Vocabulary::standard()).value();
  for (auto& one : said)
    if (one.at >= as_it_was.split) one.example.said = Occasion::kBeach;
  const auto otherwise = train_occasions(said, Vocabulary::standard()).value();
  EXPECT_EQ(otherwise.half_life_days, as_it_was.half_life_days);
  EXPECT_EQ(otherwise.l2, as_it_was.l2);
  for (size_t i = 0; i < as_it_was.trials.size(); ++i)
    EXPECT_EQ(otherwise.trials.at(i).log_loss, as_it_was.trials[i].log_loss);
  EXPECT_GT(otherwise.learned.log_loss, 2) << "nobody went to the beach before";
  EXPECT_GT(chance_of(otherwise.model, Occasion::kBeach, 19), 0.2) << "what is answered knows all days";
}

// One shopper who says the same every day says it once.
TEST(TrainOccasions, IsJudgedByShoppers) {
  auto said = planted(1'500, 90);
  for (size_t i = 0; i < said.size(); ++i) said[i].shopper = i % 2 == 0 ? "heavy" : "s" + std::to_string(i);
  const auto by_shopper = train_occasions(said, Vocabulary::standard()),
             by_word = train_occasions(planted(1'500, 90), Vocabulary::standard());
  ASSERT_TRUE(by_shopper.ok() && by_word.ok());
  EXPECT_NEAR(static_cast<double>(by_shopper->judges), static_cast<double>(by_shopper->held_out) / 2, 30);
  EXPECT_NEAR(by_shopper->gain.mean, by_word->gain.mean, 1e-4);
  EXPECT_GT(by_shopper->gain.high - by_shopper->gain.low, by_word->gain.high - by_word->gain.low);
}

TEST(TrainOccasions, RefusesTooFewPolitely) {
  const auto few = train_occasions(planted(150, 90), Vocabulary::standard());
  ASSERT_FALSE(few.ok());
  EXPECT_EQ(few.error().code, Code::kInvalid);
  EXPECT_THAT(few.error().what, HasSubstr("150 occasions"));
  EXPECT_THAT(few.error().expected, HasSubstr("200 on 10 days"));
  EXPECT_FALSE(train_occasions(planted(500, 9), Vocabulary::standard()).ok());
  EXPECT_FALSE(train_occasions({}, Vocabulary::standard()).ok());
}

// All on the first day but a handful: the split lies behind it, and there is nothing to choose by.
TEST(TrainOccasions, OneBusyDayIsNotSplit) {
  auto said = planted(400, 1);
  const auto later = planted(40, 30);
  said.insert(said.end(), later.begin(), later.end());
  const auto trained = train_occasions(said, Vocabulary::standard());
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_GE(trained->trained, 400U);
  EXPECT_TRUE(trained->trials.empty());
  EXPECT_EQ(trained->half_life_days, 60);
}

TEST(OccasionScores, AreWhatTheyAreCalled) {
  const std::vector<OccasionExample> examples{{clues_at(kBegin), Occasion::kWork, 3},
                                              {clues_at(kBegin), Occasion::kParty, 1}};
  const auto tested = test_occasions("half", examples, [](const OccasionClues&) {
    OccasionVector p{};
    p[static_cast<size_t>(Occasion::kWork)] = 0.75;
    p[static_cast<size_t>(Occasion::kParty)] = 0.25;
    return p;
  });
  EXPECT_NEAR(tested.scores.log_loss, -(std::log(0.75) + std::log(0.25)) / 2, 1e-12);
  EXPECT_DOUBLE_EQ(tested.scores.accuracy, 0.5);
  EXPECT_DOUBLE_EQ(tested.scores.calibration_error, 0.25);
  EXPECT_DOUBLE_EQ(said_shares(examples)[static_cast<size_t>(Occasion::kWork)], 0.75);
  EXPECT_DOUBLE_EQ(weight_at_age(60, 60), 0.5);
  EXPECT_DOUBLE_EQ(test_occasions("none", {}, {}).scores.log_loss, 0);
}

}  // namespace
}  // namespace modiste
