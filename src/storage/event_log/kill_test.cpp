// kill -9 at random moments: every event whose append was answered is in the log afterwards.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <thread>

#include "base/rng.h"
#include "io/posix_files.h"
#include "io/test_directory.h"
#include "storage/event_log/file_event_log.h"
#include "storage/event_log/test_events.h"

namespace modiste {
namespace {

constexpr size_t kThreads = 4;
constexpr FileEventLogOptions kOptions{.segment_bytes_max = 64 << 10};

// Smaller than PIPE_BUF: written whole or not at all.
struct Acknowledged {
  uint64_t offset = 0;
  uint64_t first_number = 0;
  uint64_t count = 0;
};

void append_until_killed(FileEventLog& log, int pipe, std::atomic<uint64_t>& next_number, uint64_t seed) {
  Rng rng(seed);
  while (true) {
    // Now and then a large one: a kill can fall into its write and tear it.
    const uint64_t count = rng.chance(0.05) ? 3'000 : rng.chance(0.3) ? 1 + rng.below(40) : 1;
    const uint64_t first = next_number.fetch_add(count);
    const auto appended = log.append(some_events(first, count), kReceivedAt);
    if (!appended.ok()) ::_exit(2);
    const Acknowledged declared{appended->positions.front().number(), first, count};
    if (::write(pipe, &declared, sizeof declared) != sizeof declared) ::_exit(3);
  }
}

[[noreturn]] void child(const std::filesystem::path& path, int pipe, uint64_t first_number, uint64_t seed) {
  auto log = FileEventLog::open(PosixDirectory::open_or_create(path).value(), kOptions);
  if (!log.ok()) ::_exit(4);
  std::atomic<uint64_t> next_number = first_number;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] { append_until_killed(**log, pipe, next_number, seed * kThreads + t); });
  for (auto& thread : threads) thread.join();
  ::_exit(5);
}

// Reads what the child tells; kills it some time after its first word, then reads what is left in the pipe.
std::vector<Acknowledged> listen_and_kill(pid_t pid, int pipe, std::chrono::microseconds life) {
  std::vector<Acknowledged> heard;
  Acknowledged one;
  bool killed = false;
  auto deadline = std::chrono::steady_clock::time_point::max();
  while (true) {
    pollfd ready{pipe, POLLIN, 0};
    const int patience_ms = killed || heard.empty() ? 10'000 : 1;
    if (::poll(&ready, 1, patience_ms) > 0) {
      if (::read(pipe, &one, sizeof one) != sizeof one) break;
      if (heard.empty()) deadline = std::chrono::steady_clock::now() + life;
      heard.push_back(one);
    }
    if (!killed && std::chrono::steady_clock::now() >= deadline) {
      ::kill(pid, SIGKILL);
      killed = true;
    }
  }
  return heard;
}

std::vector<Acknowledged> run_and_kill(const std::filesystem::path& path, uint64_t first_number, Rng& rng) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const uint64_t seed = rng.next();
  const pid_t pid = ::fork();
  if (pid == 0) child(path, ends[1], first_number, seed);
  ::close(ends[1]);
  const auto heard = listen_and_kill(pid, ends[0], std::chrono::microseconds(rng.below(60'000)));
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the child ended by itself with " << WEXITSTATUS(status);
  return heard;
}

TEST(EventLogKilled, EveryAcknowledgedEventIsThere) {
  const TestDirectory directory;
  Rng rng(20261121);
  std::map<uint64_t, uint64_t> acknowledged;  // offset -> number
  size_t torn = 0, kept_unacknowledged = 0;
  for (uint64_t round = 0; round < 20; ++round) {
    for (const auto& declared : run_and_kill(directory.path(), round * 10'000'000, rng))
      for (uint64_t i = 0; i < declared.count; ++i) {
        const bool fresh = acknowledged.emplace(declared.offset + i, declared.first_number + i).second;
        ASSERT_TRUE(fresh) << "offset " << declared.offset + i << " was given twice";
      }
    auto log = FileEventLog::open(PosixDirectory::open_or_create(directory.path()).value(), kOptions);
    ASSERT_TRUE(log.ok()) << log.error().message();
    torn += (*log)->torn_tail() ? 1 : 0;
    const auto events = replayed(**log);
    for (const auto& [offset, number] : acknowledged) {
      ASSERT_LT(offset, events.size()) << "round " << round;
      ASSERT_EQ(events[offset].event.event_id, event_name(number)) << "round " << round;
    }
    kept_unacknowledged = events.size() - acknowledged.size();
  }
  std::printf("20 kills: %zu acknowledged, %zu kept without, %zu torn ends\n", acknowledged.size(),
              kept_unacknowledged, torn);
  EXPECT_GT(acknowledged.size(), 200u) << "the test did not test much";
}

}  // namespace
}  // namespace modiste
