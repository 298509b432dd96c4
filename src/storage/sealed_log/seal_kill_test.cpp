// kill -9 of a process that appends and seals, at every step of sealing and at random moments: every event
// whose append was answered is in the log afterwards, once, in its place.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/rng.h"
#include "io/test_directory.h"
#include "storage/event_log/test_events.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {
namespace {

using std::chrono::days;

const Day kDayOfKill = std::chrono::floor<days>(kReceivedAt);
const SealedLogOptions kSealOptions{.hot = {.segment_bytes_max = 16 << 10}};
constexpr size_t kEventsADay = 300;

// What the child was told to be durable.
struct AcknowledgedDays {
  uint64_t end = 0;
};

// Appends days and seals each while it appends the next. The step-th step of sealing kills; -1: no step does.
[[noreturn]] void child(const std::filesystem::path& path, int pipe, int step) {
  auto log = SealedLog::open(path, kSealOptions);
  if (!log.ok()) ::_exit(4);
  int steps = 0;
  for (int day = 0;; ++day) {
    const Day today = kDayOfKill + days((*log)->status().value().days.size() + 1 + static_cast<size_t>(day));
    for (size_t i = 0; i < kEventsADay; i += 25) {
      const uint64_t first = (*log)->size();
      const auto appended = (*log)->append(some_events(first, 25), TimePoint(today) + Micros(i));
      if (!appended.ok() || appended->positions.front() != LogPosition::of(first)) ::_exit(2);
      const AcknowledgedDays declared{first + 25};
      if (::write(pipe, &declared, sizeof declared) != sizeof declared) ::_exit(3);
    }
    const auto sealed = (*log)->seal_before(today, [&](const SealProgress&) -> Result<Done> {
      if (++steps == step) ::kill(::getpid(), SIGKILL);
      return kOk;
    });
    if (!sealed.ok()) ::_exit(5);
  }
}

class SealKilled : public testing::Test {
 protected:
  // A life of the child that ends by itself at a step, or by us some time after so many answers; then all is
  // looked through.
  void live(int step, size_t answers, std::chrono::microseconds wait) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const pid_t pid = ::fork();
    if (pid == 0) child(directory_.path(), ends[1], step);
    ::close(ends[1]);
    AcknowledgedDays declared;
    // Twelve answers are a day: a sealing falls between, or is going on when the next ones come.
    for (size_t heard = 0; ::read(ends[0], &declared, sizeof declared) == sizeof declared; ++heard) {
      acknowledged_ = declared.end;
      if (heard != answers) continue;
      std::this_thread::sleep_for(wait);
      ::kill(pid, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "ended with " << WEXITSTATUS(status);
    embedding();
  }

  void embedding() {
    const auto log = SealedLog::open(directory_.path(), kSealOptions);
    ASSERT_TRUE(log.ok()) << log.error().message();
    uint64_t next = 0;
    const auto done = (*log)->replay(LogPosition::begin(), [&](const LoggedEvent& event) -> Result<Done> {
      EXPECT_EQ(event.position, LogPosition::of(next));
      EXPECT_EQ(event.event.event_id, event_name(next));
      ++next;
      return kOk;
    });
    ASSERT_TRUE(done.ok()) << done.error().message();
    ASSERT_GE(next, acknowledged_);
    sealed_ = (*log)->status().value().days.size();
  }

  TestDirectory directory_;
  uint64_t acknowledged_ = 0;
  size_t sealed_ = 0;
};

TEST_F(SealKilled, AtEveryStep) {
  for (int step = 1; step <= 10; ++step) live(step, SIZE_MAX, {});
  EXPECT_GT(sealed_, 5u);
  std::printf("10 kills at steps: %zu events acknowledged, %zu days sealed\n",
              static_cast<size_t>(acknowledged_), sealed_);
}

TEST_F(SealKilled, AtRandomMoments) {
  Rng rng(20261121);
  for (int round = 0; round < 12; ++round)
    live(-1, 11 + rng.below(40), std::chrono::microseconds(rng.below(100'000)));
  std::printf("12 kills: %zu events acknowledged, %zu days sealed\n", static_cast<size_t>(acknowledged_),
              sealed_);
  EXPECT_GT(acknowledged_, kEventsADay);
  EXPECT_GT(sealed_, 2u) << "the test did not test much";
}

}  // namespace
}  // namespace modiste
