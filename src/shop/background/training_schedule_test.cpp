#include "shop/background/training_schedule.h"

#include <gtest/gtest.h>

#include "io/test_directory.h"
#include "shop/shop_metrics.h"

namespace modiste {
namespace {

TimePoint at(const char* text) { return parse_rfc3339(text).value(); }

// Sunday is 29 November 2026.
TEST(TrainingSchedule, DailyWhatIsNewAndWeeklyEverything) {
  const Config::Training schedule;
  TrainingRecord record;
  EXPECT_EQ(due(record, at("2026-11-26T12:00:00Z"), schedule), TrainingScope::kFull) << "never trained";
  begin_training(record, TrainingScope::kFull, at("2026-11-26T12:00:00Z"));
  end_training(record, std::string("version 1"), at("2026-11-26T12:05:00Z"), schedule);
  EXPECT_EQ(due(record, at("2026-11-27T02:59:00Z"), schedule), std::nullopt);
  EXPECT_EQ(due(record, at("2026-11-27T03:00:00Z"), schedule), TrainingScope::kIncremental);
  begin_training(record, TrainingScope::kIncremental, at("2026-11-27T03:00:00Z"));
  end_training(record, std::string("version 2"), at("2026-11-27T03:05:00Z"), schedule);
  EXPECT_EQ(due(record, at("2026-11-27T23:00:00Z"), schedule), std::nullopt);
  EXPECT_EQ(due(record, at("2026-11-29T03:00:00Z"), schedule), TrainingScope::kFull) << "Sunday";
  EXPECT_EQ(due(record, at("2026-12-01T09:00:00Z"), schedule), TrainingScope::kFull) << "it was missed";
}

TEST(TrainingSchedule, AFailureIsTriedAgainLaterAndThenTheNextDay) {
  Config::Training schedule;
  schedule.retries = 2;
  TrainingRecord record;
  TimePoint now = at("2026-11-26T12:00:00Z");
  const auto fail = [&] {
    begin_training(record, TrainingScope::kFull, now);
    end_training(record, Error{Code::kUnavailable, "the disk is full", "", ""}, now, schedule);
  };
  fail();
  EXPECT_EQ(record.outcome, "failed: the disk is full");
  EXPECT_EQ(due(record, now + std::chrono::minutes(29), schedule), std::nullopt);
  EXPECT_EQ(due(record, now += std::chrono::minutes(30), schedule), TrainingScope::kFull);
  fail();
  EXPECT_EQ(due(record, now + std::chrono::minutes(59), schedule), std::nullopt) << "twice as long";
  EXPECT_EQ(due(record, now += std::chrono::minutes(60), schedule), TrainingScope::kFull);
  fail();
  EXPECT_EQ(due(record, now + std::chrono::hours(10), schedule), std::nullopt) << "given up for the day";
  EXPECT_EQ(due(record, at("2026-11-27T03:00:00Z"), schedule), TrainingScope::kIncremental);
  now = at("2026-11-27T03:00:00Z");
  fail();
  EXPECT_EQ(record.failures, 4) << "in a row, whatever was given up for a day: an alert must stay";
  EXPECT_EQ(due(record, now + std::chrono::minutes(30), schedule), TrainingScope::kFull) << "the first pause";
  EXPECT_EQ(record.good_at, std::nullopt);
  end_training(record, std::string("version 1"), now, schedule);
  EXPECT_EQ(record.failures, 0);
  EXPECT_EQ(record.good_at, now);
}

// What drifted is known to that one look only.
TEST(TrainingSchedule, AFullTrainingByDriftThatFailsIsTriedAgain) {
  Config::Training schedule;
  schedule.retries = 1;
  TrainingRecord record;
  TimePoint now = at("2026-11-26T12:00:00Z");
  begin_training(record, TrainingScope::kFull, now);
  end_training(record, std::string("version 1"), now, schedule);
  now += std::chrono::hours(1);
  ASSERT_EQ(due(record, now, schedule, true), TrainingScope::kFull);
  const auto fail = [&] {
    begin_training(record, TrainingScope::kFull, now);
    end_training(record, Error{Code::kUnavailable, "the disk is full", "", ""}, now, schedule);
  };
  fail();
  EXPECT_EQ(due(record, now + std::chrono::minutes(29), schedule), std::nullopt);
  EXPECT_EQ(due(record, now += std::chrono::minutes(30), schedule), TrainingScope::kFull);
  fail();
  EXPECT_EQ(due(record, now + std::chrono::hours(2), schedule), std::nullopt) << "given up";
}

TEST(TrainingSchedule, AKilledTrainingGoesOnAtOnceAndNotForEver) {
  Config::Training schedule;
  schedule.retries = 2;
  TrainingRecord record;
  const TimePoint now = at("2026-11-26T12:00:00Z");
  begin_training(record, TrainingScope::kFull, now);
  EXPECT_EQ(due(record, now, schedule), TrainingScope::kFull);
  begin_training(record, TrainingScope::kFull, now + std::chrono::minutes(1));
  EXPECT_EQ(record.began_at, now) << "it goes on from what the log held then";
  EXPECT_EQ(record.failures, 1);
}

TEST(TrainingSchedule, OneThatWasAskedToEndDidNotFail) {
  const TestDirectory directory;
  const TimePoint now = at("2026-11-26T12:00:00Z");
  TrainingState state;
  for (int stops = 0; stops < 10; ++stops) {
    begin_training(state.of("ranker"), TrainingScope::kFull, now + std::chrono::minutes(stops));
    EXPECT_EQ(state.of("ranker").failures, 0);
    EXPECT_EQ(state.of("ranker").began_at, now) << "it goes on";
    EXPECT_TRUE(was_killed(state.of("ranker"), TrainingScope::kFull)) << "unless it says more";
    ASSERT_TRUE(write_training_state(directory.path(), state).ok());
    ASSERT_TRUE(note_stop(directory.path(), "ranker").ok());
    state = read_training_state(directory.path()).value();
    EXPECT_FALSE(was_killed(state.of("ranker"), TrainingScope::kFull));
  }
  begin_training(state.of("ranker"), TrainingScope::kFull, now);
  begin_training(state.of("ranker"), TrainingScope::kFull, now);
  EXPECT_EQ(state.of("ranker").failures, 1) << "this time it was killed";
}

TEST(TrainingSchedule, AFullTrainingDoesNotTakeOverWhatAKilledIncrementalOneRead) {
  TrainingRecord record;
  const TimePoint then = at("2026-11-26T12:00:00Z"), now = at("2026-11-29T03:00:00Z");
  begin_training(record, TrainingScope::kIncremental, then);
  EXPECT_TRUE(resumes(record, TrainingScope::kIncremental));
  EXPECT_FALSE(resumes(record, TrainingScope::kFull));
  begin_training(record, TrainingScope::kFull, now);  // `--scope full`
  EXPECT_EQ(record.began_at, now);
  EXPECT_EQ(record.failures, 0) << "another training was killed, not this one";
}

FeatureDrift moved_by(double psi) {
  FeatureDrift drift;
  drift.feature = "discount";
  drift.psi = psi;
  return drift;
}

TEST(TrainingSchedule, DriftAboveTheBoundStartsAFullTrainingAndNothingElseDoes) {
  const Config::Training schedule;
  TrainingState state;
  const TimePoint now = at("2026-11-26T12:00:00Z");
  begin_training(state.of("ranker"), TrainingScope::kFull, now - std::chrono::hours(1));
  end_training(state.of("ranker"), std::string("version 1"), now - std::chrono::hours(1), schedule);
  const auto after_look = [&](const std::optional<FeatureDrift>& furthest) {
    const bool drifted = note_drift(state, furthest, now, schedule);
    return due(state.of("ranker"), now, schedule, drifted);
  };
  EXPECT_EQ(after_look(moved_by(schedule.drift_psi)), std::nullopt) << "within the bound";
  EXPECT_EQ(state.of("ranker").psi, schedule.drift_psi);
  EXPECT_EQ(after_look(moved_by(schedule.drift_psi + 0.01)), TrainingScope::kFull);
  EXPECT_EQ(state.of("ranker").psi_feature, "discount");
  EXPECT_EQ(after_look(std::nullopt), std::nullopt) << "too few answers";
  EXPECT_EQ(state.of("ranker").psi, std::nullopt) << "nor is the figure before told further";
  EXPECT_EQ(state.drift_at, now);
  EXPECT_FALSE(drift_is_due(state, now + std::chrono::hours(5), schedule));

  // What was killed goes on as it was: its trees are of its own scope.
  begin_training(state.of("ranker"), TrainingScope::kIncremental, now);
  EXPECT_EQ(after_look(moved_by(1)), TrainingScope::kIncremental);
}

TEST(TrainingSchedule, IsKeptInAFile) {
  const TestDirectory directory;
  const auto folder = directory.path() / "training";
  EXPECT_TRUE(read_training_state(folder)->models.empty());
  TrainingState state;
  const TimePoint now = at("2026-11-26T12:00:00Z");
  state.drift_at = now;
  begin_training(state.of("ranker"), TrainingScope::kIncremental, now);
  state.of("ranker").psi = 0.3;
  ASSERT_TRUE(write_training_state(folder, state).ok());
  auto read = read_training_state(folder);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->of("ranker").began_at, now);
  EXPECT_EQ(read->of("ranker").psi, 0.3);
  const Config::Training schedule;
  EXPECT_TRUE(work_is_due(*read, now, schedule));
  EXPECT_FALSE(drift_is_due(*read, now + std::chrono::hours(5), schedule));
  EXPECT_TRUE(drift_is_due(*read, now + std::chrono::hours(6), schedule));
  read->of("ranker").psi_feature = "popularity";
  const auto families = training_families(*read, now);
  ASSERT_EQ(families.size(), 2U) << "none has ended: no age";
  EXPECT_EQ(families[1].name, "modiste_training_drift_psi");
  EXPECT_EQ(families[1].metric[0].gauge.value, 0.3);
}

}  // namespace
}  // namespace modiste
