// Prints how fast the log on this machine's disk is. Asserts only what no machine should miss: the bench has
// the figures that are compared.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "io/posix_files.h"
#include "io/test_directory.h"
#include "storage/event_log/file_event_log.h"
#include "storage/event_log/test_events.h"

namespace modiste {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class EventLogSpeed : public testing::Test {
 protected:
  // Every thread appends batches until the time is up; answers events per second.
  double measure(size_t threads, size_t batch, double duration_s) {
    const auto start = Clock::now();
    const uint64_t before = log_->size();
    std::vector<std::thread> running;
    for (size_t t = 0; t < threads; ++t)
      running.emplace_back([&, t] {
        const auto events = some_events(t * 1'000'000, batch);
        while (seconds_since(start) < duration_s) ASSERT_TRUE(log_->append(events, kReceivedAt).ok());
      });
    for (auto& thread : running) thread.join();
    return static_cast<double>(log_->size() - before) / seconds_since(start);
  }

  TestDirectory directory_;
  std::unique_ptr<FileEventLog> log_ =
      FileEventLog::open(PosixDirectory::open_or_create(directory_.path()).value()).value();
};

TEST_F(EventLogSpeed, IsPrinted) {
  const double batches = measure(2, 500, 0.5);
  const double singles = measure(8, 1, 0.5);
  const double alone = measure(1, 1, 0.3);
  const auto start = Clock::now();
  const size_t count = replayed(*log_).size();
  const double replay = static_cast<double>(count) / seconds_since(start);
  std::printf(
      "event log: %.0f events/s in batches of 500 from 2 threads, %.0f/s single from 8 threads, "
      "%.0f/s single from one; replay %.0f/s\n",
      batches, singles, alone, replay);
  EXPECT_EQ(count, log_->size());
  EXPECT_GT(batches, 1'000);
}

}  // namespace
}  // namespace modiste
