#include "shop/background/training_keeper.h"

#include <gtest/gtest.h>

#include <thread>

#include "io/test_directory.h"

namespace modiste {
namespace {

// A training that cannot even start leaves no record in the schedule's file.
TEST(TrainingKeeper, CountsTheRunsThatCouldNotStart) {
  const TestDirectory directory;
  Config config;
  config.data.directory = directory.path();
  config.training.scheduled = true;
  ManualClock clock{TimePoint{std::chrono::seconds(1'790'000'000)}};
  bool installed = false;
  const auto prepare = [&](const json::value&) -> Result<Jobs::Work> {
    if (!installed) return Error{Code::kNotFound, "modiste-train is not installed", "", "its package"};
    return Jobs::Work([](JobReport&) -> Result<Done> { return kOk; });
  };
  Jobs jobs(clock, {{"train", prepare}});
  std::atomic<int> failures = 0;
  TrainingKeeper keeper(config, jobs, clock, failures);
  keeper.look();
  EXPECT_EQ(failures, 1);
  keeper.look();
  EXPECT_EQ(failures, 1) << "it is tried again later";
  const auto later = std::chrono::duration_cast<Micros>(
      std::chrono::duration<double, std::ratio<60>>(config.training.retry_minutes + 1));
  clock.advance(later);
  keeper.look();
  EXPECT_EQ(failures, 2);
  installed = true;
  clock.advance(later);
  keeper.look();
  for (int i = 0; i < 1'000 && failures > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    keeper.look();
  }
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace modiste
