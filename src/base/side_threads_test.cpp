#include "base/side_threads.h"

#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>

namespace modiste {
namespace {

TEST(SideThreads, TakeWorkWhileTheyAreIdle) {
  SideThreads threads(1);
  std::latch go(1);
  int done = 0;
  {
    const SideWork first = threads.try_run([&] {
      go.wait();
      done = 1;
    });
    EXPECT_TRUE(first.is_running());
    EXPECT_FALSE(threads.try_run([] {}).is_running()) << "the only thread is busy";
    go.count_down();
  }
  EXPECT_EQ(done, 1) << "what goes has waited";
}

TEST(SideThreads, TakeWorkAgainAfterWork) {
  SideThreads threads(2);
  int sum = 0;
  for (int i = 0; i < 1'000; ++i) {
    SideWork work = threads.try_run([&sum] { ++sum; });
    if (work.is_running())
      work.finish();
    else
      ++sum;
  }
  EXPECT_EQ(sum, 1'000);
}

TEST(SideThreads, HandBackWhatTheWorkThrew) {
  SideThreads threads(1);
  SideWork work = threads.try_run([] { throw std::runtime_error("no"); });
  ASSERT_TRUE(work.is_running());
  EXPECT_THROW(work.finish(), std::runtime_error);
}

TEST(SideThreads, WithoutAThreadTheCallerDoesIt) {
  SideThreads none(0);
  EXPECT_FALSE(none.try_run([] {}).is_running());
}

}  // namespace
}  // namespace modiste
