// What every event log promises, whatever it writes to.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <thread>

#include "io/posix_files.h"
#include "io/simulated_files.h"
#include "io/test_directory.h"
#include "storage/event_log/append_limits.h"
#include "storage/event_log/file_event_log.h"
#include "storage/event_log/test_events.h"
#include "storage/memory/memory_event_log.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {
namespace {

// A log under test, with whatever it needs to live.
struct Subject {
  std::shared_ptr<void> ground;
  std::unique_ptr<EventLog> log;
};

struct Backend {
  const char* name;
  Subject (*make)();
};

std::unique_ptr<EventLog> file_log(std::unique_ptr<Directory> directory) {
  // Small segments and groups, so that rolling and splitting happen within a test.
  auto log = FileEventLog::open(std::move(directory), {.segment_bytes_max = 4096, .group_bytes_max = 2048});
  EXPECT_TRUE(log.ok());
  return std::move(log).value();
}

Subject make_memory() { return {nullptr, std::make_unique<MemoryEventLog>()}; }
Subject make_simulated() {
  auto disk = std::make_shared<SimulatedDisk>();
  return {disk, file_log(disk->directory())};
}
Subject make_posix() {
  auto directory = std::make_shared<TestDirectory>();
  return {directory, file_log(PosixDirectory::open_or_create(directory->path()).value())};
}

// A sealed log whose first appends are sealed before the test begins to read: every append rolls to the next.
class SealsAtOnce final : public EventLog {
 public:
  explicit SealsAtOnce(std::unique_ptr<SealedLog> log) : log_(std::move(log)) {}
  Result<uint64_t> append(std::span<const Event> events, TimePoint received_at) override {
    TRY_ASSIGN(const uint64_t first, log_->append(events, received_at));
    const std::lock_guard lock(mutex_);
    if (++appends_ % 4 == 0 && appends_ <= 24)
      TRY(log_->seal_before(std::chrono::floor<std::chrono::days>(received_at) +
                            std::chrono::days(appends_)));
    return first;
  }
  Result<Done> replay(uint64_t from, const EventVisitor& visit) const override {
    return log_->replay(from, visit);
  }
  Result<Done> read(std::span<const uint64_t> offsets, const EventVisitor& visit) const override {
    return log_->read(offsets, visit);
  }
  [[nodiscard]] uint64_t size() const override { return log_->size(); }

 private:
  std::unique_ptr<SealedLog> log_;
  std::mutex mutex_;
  int appends_ = 0;
};

Subject make_sealed() {
  auto directory = std::make_shared<TestDirectory>();
  auto log =
      SealedLog::open(directory->path(), {.hot = {.segment_bytes_max = 4096, .group_bytes_max = 2048}});
  EXPECT_TRUE(log.ok());
  return {directory, std::make_unique<SealsAtOnce>(std::move(log).value())};
}

class EventLogContract : public testing::TestWithParam<Backend> {
 protected:
  Subject subject_ = GetParam().make();
  EventLog& log_ = *subject_.log;
};

TEST_P(EventLogContract, BeginsEmpty) {
  EXPECT_EQ(log_.size(), 0u);
  EXPECT_TRUE(replayed(log_).empty());
}

TEST_P(EventLogContract, OffsetsAreDenseInTheOrderOfAppends) {
  EXPECT_EQ(log_.append(some_events(0, 3), kReceivedAt).value(), 0u);
  EXPECT_EQ(log_.append(some_events(3, 1), kReceivedAt + Micros(7)).value(), 3u);
  EXPECT_EQ(log_.size(), 4u);
  const auto events = replayed(log_);
  ASSERT_EQ(events.size(), 4u);
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].offset, i);
    EXPECT_EQ(events[i].event.event_id, event_name(i));
  }
  EXPECT_EQ(events[2].received_at, kReceivedAt);
  EXPECT_EQ(events[3].received_at, kReceivedAt + Micros(7));
}

TEST_P(EventLogContract, AnAppendOfNothingAnswersTheSize) {
  ASSERT_TRUE(log_.append(some_events(0, 2), kReceivedAt).ok());
  EXPECT_EQ(log_.append({}, kReceivedAt).value(), 2u);
  EXPECT_EQ(log_.size(), 2u);
}

TEST_P(EventLogContract, TooManyEventsAreRefusedWhole) {
  const std::vector<Event> events(kAppendEventsMax + 1, some_event(0));
  const auto result = log_.append(events, kReceivedAt);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kInvalid);
  EXPECT_EQ(log_.size(), 0u);
}

TEST_P(EventLogContract, EveryMemberComesBack) {
  const std::vector<Event> written{full_event()};
  ASSERT_TRUE(log_.append(written, kReceivedAt).ok());
  EXPECT_EQ(to_json_text(replayed(log_).at(0).event), to_json_text(written[0]));
}

TEST_P(EventLogContract, ReplaysFromAnyOffset) {
  for (size_t i = 0; i < 40; ++i) ASSERT_TRUE(log_.append(some_events(3 * i, 3), kReceivedAt).ok());
  for (const uint64_t from : {0u, 1u, 2u, 3u, 58u, 119u, 120u, 1000u}) {
    const auto events = replayed(log_, from);
    ASSERT_EQ(events.size(), from < 120 ? 120 - from : 0) << "from " << from;
    for (size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].event.event_id, event_name(from + i));
  }
}

TEST_P(EventLogContract, TheVisitorsErrorStopsTheReplay) {
  ASSERT_TRUE(log_.append(some_events(0, 10), kReceivedAt).ok());
  size_t visited = 0;
  const auto result = log_.replay(0, [&](const LoggedEvent&) -> Result<Done> {
    if (++visited == 4) return Error{Code::kInternal, "enough", "", ""};
    return kOk;
  });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().what, "enough");
  EXPECT_EQ(visited, 4u);
}

TEST_P(EventLogContract, AVisitorMayAppend) {
  ASSERT_TRUE(log_.append(some_events(0, 5), kReceivedAt).ok());
  size_t visited = 0;
  ASSERT_TRUE(log_.replay(0,
                          [&](const LoggedEvent&) -> Result<Done> {
                            TRY(log_.append(some_events(100 + visited++, 1), kReceivedAt));
                            return kOk;
                          })
                  .ok());
  EXPECT_EQ(visited, 5u);
  EXPECT_EQ(log_.size(), 10u);
}

TEST_P(EventLogContract, ManyThreadsAppendEachInItsOwnOrder) {
  constexpr size_t kThreads = 8, kAppends = 25;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      uint64_t previous = 0;
      for (size_t i = 0; i < kAppends; ++i) {
        const auto offset = log_.append(some_events(t * 1000 + 2 * i, 2), kReceivedAt);
        ASSERT_TRUE(offset.ok());
        if (i > 0) {
          EXPECT_GT(offset.value(), previous);
        }
        previous = offset.value();
        // Read your own write: what was acknowledged is there.
        EXPECT_EQ(replayed(log_, previous).at(0).event.event_id, event_name(t * 1000 + 2 * i));
      }
    });
  for (auto& thread : threads) thread.join();
  const auto events = replayed(log_);
  ASSERT_EQ(events.size(), kThreads * kAppends * 2);
  std::map<size_t, size_t> next;
  for (const auto& logged : events) {
    const size_t number = event_number(logged.event.event_id), t = number / 1000;
    EXPECT_EQ(number % 1000, next[t]++) << "thread " << t;
  }
}

TEST_P(EventLogContract, ReadsChosenOffsets) {
  for (size_t i = 0; i < 40; ++i) ASSERT_TRUE(log_.append(some_events(3 * i, 3), kReceivedAt).ok());
  const auto numbers = [&](const std::vector<uint64_t>& offsets) {
    std::vector<uint64_t> seen;
    const auto done = log_.read(offsets, [&](const LoggedEvent& event) -> Result<Done> {
      EXPECT_EQ(event.event.event_id, event_name(event.offset));
      EXPECT_EQ(event.received_at, kReceivedAt);
      seen.push_back(event.offset);
      return kOk;
    });
    EXPECT_TRUE(done.ok()) << done.error().message();
    return seen;
  };
  std::vector<uint64_t> all(120);
  std::iota(all.begin(), all.end(), 0);
  for (const auto& offsets : std::vector<std::vector<uint64_t>>{
           {}, {0}, {119}, {0, 119}, {1, 2, 3, 4, 57, 58, 59, 60, 118}, {7, 77}, all})
    EXPECT_EQ(numbers(offsets), offsets);
  // What is appended after an index was made is found too.
  ASSERT_TRUE(log_.append(some_events(120, 5), kReceivedAt).ok());
  EXPECT_EQ(numbers({5, 121, 124}), (std::vector<uint64_t>{5, 121, 124}));
}

TEST_P(EventLogContract, ReadRefusesWhatIsNotThereOrNotInOrder) {
  ASSERT_TRUE(log_.append(some_events(0, 10), kReceivedAt).ok());
  const auto ignore = [](const LoggedEvent&) -> Result<Done> { return kOk; };
  for (const auto& offsets : std::vector<std::vector<uint64_t>>{{10}, {3, 3}, {4, 2}, {0, 1'000'000}}) {
    const auto done = log_.read(offsets, ignore);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Code::kInvalid);
  }
  const std::vector<uint64_t> two{1, 2};
  size_t visited = 0;
  const auto done = log_.read(two, [&](const LoggedEvent&) -> Result<Done> {
    ++visited;
    return Error{Code::kInternal, "enough", "", ""};
  });
  EXPECT_EQ(done.error().what, "enough");
  EXPECT_EQ(visited, 1u);
}

INSTANTIATE_TEST_SUITE_P(All, EventLogContract,
                         testing::Values(Backend{"Memory", make_memory},
                                         Backend{"SimulatedFiles", make_simulated},
                                         Backend{"Files", make_posix}, Backend{"Sealed", make_sealed}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
