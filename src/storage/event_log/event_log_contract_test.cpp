// What every event log promises, whatever it writes to.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <numeric>
#include <thread>

#include "base/mutex.h"
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
  // Opens it again on the same ground, after `log` is gone; null: it does not outlive its process.
  std::function<std::unique_ptr<EventLog>()> reopen = nullptr;
};

struct LogBackend {
  const char* name;
  Subject (*make)();
};

std::unique_ptr<EventLog> file_log(std::unique_ptr<Directory> directory) {
  // Small segments and groups, so that rolling and splitting happen within a test.
  auto log = FileEventLog::open(std::move(directory), {.segment_bytes_max = 4096, .group_bytes_max = 2048});
  EXPECT_TRUE(log.ok());
  return std::move(log).value();
}

Subject make_memory_log() { return {nullptr, std::make_unique<MemoryEventLog>()}; }
Subject make_simulated() {
  auto disk = std::make_shared<SimulatedDisk>();
  const auto open = [disk] { return file_log(disk->directory()); };
  return {disk, open(), open};
}
Subject make_posix() {
  auto directory = std::make_shared<TestDirectory>();
  const auto open = [directory] {
    return file_log(PosixDirectory::open_or_create(directory->path()).value());
  };
  return {directory, open(), open};
}

// A sealed log whose first appends are sealed before the test begins to read: every append rolls to the next.
class SealsAtOnce final : public EventLog {
 public:
  explicit SealsAtOnce(std::unique_ptr<SealedLog> log) : log_(std::move(log)) {}
  Result<Appended> append(std::span<const Event> events, TimePoint received_at) override {
    TRY_ASSIGN(auto appended, log_->append(events, received_at));
    const MutexLock lock(mutex_);
    if (++appends_ % 4 == 0 && appends_ <= 24)
      TRY(log_->seal_before(std::chrono::floor<std::chrono::days>(received_at) +
                            std::chrono::days(appends_)));
    return appended;
  }
  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override {
    return log_->replay(after, visit);
  }
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override {
    return log_->read(positions, visit);
  }
  Result<LogPosition> follow(LogPosition after, const FollowLimits& limits,
                             const EventVisitor& visit) const override {
    return log_->follow(after, limits, visit);
  }

 private:
  std::unique_ptr<SealedLog> log_;
  Mutex mutex_;
  int appends_ GUARDED_BY(mutex_) = 0;
};

Subject make_sealed() {
  auto directory = std::make_shared<TestDirectory>();
  const auto open = [directory]() -> std::unique_ptr<EventLog> {
    auto log =
        SealedLog::open(directory->path(), {.hot = {.segment_bytes_max = 4096, .group_bytes_max = 2048}});
    EXPECT_TRUE(log.ok());
    return std::make_unique<SealsAtOnce>(std::move(log).value());
  };
  return {directory, open(), open};
}

// Follows a log on a thread of its own until it has seen so many events, and keeps what it saw.
class Follower {
 public:
  Follower(const EventLog& log, LogPosition after, size_t count)
      : at(after), thread_([this, &log, count] {
          while (seen.size() < count) {
            auto next = log.follow(at, {std::chrono::seconds(10), 7}, [&](const LoggedEvent& event) {
              seen.push_back(event);
              return Result<Done>(kOk);
            });
            ASSERT_TRUE(next.ok()) << next.error().message();
            ASSERT_NE(*next, at) << "nothing came";
            at = *next;
          }
        }) {}
  void join() { thread_.join(); }

  LogPosition at;
  std::vector<LoggedEvent> seen;

 private:
  std::thread thread_;
};

class EventLogContract : public testing::TestWithParam<LogBackend> {
 protected:
  Subject subject_ = GetParam().make();
  EventLog& log_ = *subject_.log;
};

TEST_P(EventLogContract, BeginsEmpty) {
  EXPECT_TRUE(replayed(log_).empty());
  EXPECT_EQ(log_.append({}, kReceivedAt).value().previous, LogPosition::begin());
}

TEST_P(EventLogContract, PositionsAscendInTheOrderOfAppends) {
  const auto first = log_.append(some_events(0, 3), kReceivedAt).value();
  const auto second = log_.append(some_events(3, 1), kReceivedAt + Micros(7)).value();
  ASSERT_EQ(first.positions.size(), 3u);
  ASSERT_EQ(second.positions.size(), 1u);
  EXPECT_EQ(first.previous, LogPosition::begin());
  EXPECT_EQ(second.previous, first.positions.back());
  const auto events = replayed(log_);
  ASSERT_EQ(events.size(), 4u);
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position, i < 3 ? first.positions[i] : second.positions[0]);
    EXPECT_GT(events[i].position, i == 0 ? LogPosition::begin() : events[i - 1].position);
    EXPECT_EQ(events[i].event.event_id, event_name(i));
  }
  EXPECT_EQ(events[2].received_at, kReceivedAt);
  EXPECT_EQ(events[3].received_at, kReceivedAt + Micros(7));
}

TEST_P(EventLogContract, AnAppendOfNothingAnswersTheEnd) {
  const auto two = log_.append(some_events(0, 2), kReceivedAt).value();
  const auto none = log_.append({}, kReceivedAt).value();
  EXPECT_TRUE(none.positions.empty());
  EXPECT_EQ(none.previous, two.positions.back());
  EXPECT_EQ(replayed(log_).size(), 2u);
}

TEST_P(EventLogContract, TooManyEventsAreRefusedWhole) {
  const std::vector<Event> events(kAppendEventsMax + 1, some_event(0));
  const auto result = log_.append(events, kReceivedAt);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kInvalid);
  EXPECT_TRUE(replayed(log_).empty());
}

TEST_P(EventLogContract, EveryMemberComesBack) {
  const std::vector<Event> written{full_event()};
  ASSERT_TRUE(log_.append(written, kReceivedAt).ok());
  EXPECT_EQ(to_json_text(replayed(log_).at(0).event), to_json_text(written[0]));
}

// What a replay makes of an order is decided by it, as it was when the event came.
TEST_P(EventLogContract, WhoSentAnEventOfAnOrderComesBack) {
  auto events = some_events(0, 2);
  for (Event& event : events) {
    event.type = EventType::kPurchase;
    event.order_id = "1001";
  }
  events[0].by_shopper = true;
  ASSERT_TRUE(log_.append(events, kReceivedAt).ok());
  const auto again = replayed(log_);
  EXPECT_TRUE(again.at(0).event.by_shopper);
  EXPECT_FALSE(again.at(1).event.by_shopper);
}

TEST_P(EventLogContract, WhoSentAReturnWithoutAnOrderComesBack) {
  auto events = some_events(0, 2);
  for (Event& event : events) event.type = EventType::kReturn;
  events[0].by_shopper = true;
  ASSERT_TRUE(log_.append(events, kReceivedAt).ok());
  const auto again = replayed(log_);
  EXPECT_TRUE(again.at(0).event.by_shopper);
  EXPECT_FALSE(again.at(1).event.by_shopper);
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
  const auto result = log_.replay(LogPosition::begin(), [&](const LoggedEvent&) -> Result<Done> {
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
  ASSERT_TRUE(log_.replay(LogPosition::begin(),
                          [&](const LoggedEvent&) -> Result<Done> {
                            TRY(log_.append(some_events(100 + visited++, 1), kReceivedAt));
                            return kOk;
                          })
                  .ok());
  EXPECT_EQ(visited, 5u);
  EXPECT_EQ(replayed(log_).size(), 10u);
}

TEST_P(EventLogContract, ManyThreadsAppendEachInItsOwnOrder) {
  constexpr size_t kThreads = 8, kAppends = 25;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      LogPosition previous;
      for (size_t i = 0; i < kAppends; ++i) {
        const auto appended = log_.append(some_events(t * 1000 + 2 * i, 2), kReceivedAt);
        ASSERT_TRUE(appended.ok());
        EXPECT_GT(appended->positions.front(), previous);
        previous = appended->positions.back();
        // Read your own write: what was acknowledged is there.
        EXPECT_EQ(replayed(log_, appended->positions.front().number()).at(0).event.event_id,
                  event_name(t * 1000 + 2 * i));
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

TEST_P(EventLogContract, ReadsChosenPositions) {
  for (size_t i = 0; i < 40; ++i) ASSERT_TRUE(log_.append(some_events(3 * i, 3), kReceivedAt).ok());
  const auto numbers = [&](const std::vector<uint64_t>& offsets) {
    std::vector<uint64_t> seen;
    const auto done = log_.read(positions_of(offsets), [&](const LoggedEvent& event) -> Result<Done> {
      EXPECT_EQ(event.event.event_id, event_name(event.position.number()));
      EXPECT_EQ(event.received_at, kReceivedAt);
      seen.push_back(event.position.number());
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
    const auto done = log_.read(positions_of(offsets), ignore);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Code::kInvalid);
  }
  EXPECT_EQ(log_.read(std::vector{LogPosition::begin()}, ignore).error().code, Code::kInvalid);
  size_t visited = 0;
  const auto done = log_.read(positions_of({1, 2}), [&](const LoggedEvent&) -> Result<Done> {
    ++visited;
    return Error{Code::kInternal, "enough", "", ""};
  });
  EXPECT_EQ(done.error().what, "enough");
  EXPECT_EQ(visited, 1u);
}

TEST_P(EventLogContract, AFollowerThatIsBehindReadsInBoundedSteps) {
  for (size_t i = 0; i < 40; ++i) ASSERT_TRUE(log_.append(some_events(3 * i, 3), kReceivedAt).ok());
  LogPosition at;
  for (size_t seen = 0; seen < 120;) {
    size_t visited = 0;
    const auto next = log_.follow(at, {Micros(0), 50}, [&](const LoggedEvent& event) -> Result<Done> {
      EXPECT_EQ(event.event.event_id, event_name(seen + visited++));
      return kOk;
    });
    ASSERT_TRUE(next.ok()) << next.error().message();
    EXPECT_EQ(visited, std::min<size_t>(50, 120 - seen));
    seen += visited;
    at = *next;
  }
  const auto refuse = [](const LoggedEvent&) -> Result<Done> {
    return Error{Code::kInternal, "there is nothing left", "", ""};
  };
  EXPECT_EQ(log_.follow(at, {Micros(0), 50}, refuse).value(), at);
  EXPECT_EQ(log_.follow(at, {std::chrono::milliseconds(20), 50}, refuse).value(), at) << "the wait ends";
}

TEST_P(EventLogContract, TheVisitorsErrorStopsTheFollower) {
  ASSERT_TRUE(log_.append(some_events(0, 10), kReceivedAt).ok());
  size_t visited = 0;
  const auto result = log_.follow({}, {}, [&](const LoggedEvent&) -> Result<Done> {
    if (++visited == 4) return Error{Code::kInternal, "enough", "", ""};
    return kOk;
  });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().what, "enough");
  EXPECT_EQ(visited, 4u);
}

TEST_P(EventLogContract, AFollowerWaitsForWhatIsAppended) {
  Follower follower(log_, LogPosition::begin(), 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_TRUE(log_.append(some_events(0, 2), kReceivedAt).ok());
  follower.join();
  EXPECT_EQ(follower.seen.at(1).event.event_id, event_name(1));
  EXPECT_EQ(follower.at, follower.seen.at(1).position);
}

TEST_P(EventLogContract, FollowersSeeEachEventOnceAndInOrderWhileOthersAppend) {
  constexpr size_t kThreads = 4, kAppends = 25, kEvents = kThreads * kAppends * 2;
  Follower one(log_, LogPosition::begin(), kEvents), two(log_, LogPosition::begin(), kEvents);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kAppends; ++i)
        ASSERT_TRUE(log_.append(some_events(t * 1000 + 2 * i, 2), kReceivedAt).ok());
    });
  for (auto& thread : threads) thread.join();
  const auto whole = replayed(log_);
  for (auto* follower : {&one, &two}) {
    follower->join();
    ASSERT_EQ(follower->seen.size(), whole.size());
    for (size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(follower->seen[i].position, whole[i].position);
      EXPECT_EQ(follower->seen[i].event.event_id, whole[i].event.event_id);
    }
  }
}

TEST_P(EventLogContract, AFollowerGoesOnAtAStoredPositionAfterARestart) {
  if (subject_.reopen == nullptr) GTEST_SKIP() << "memory does not outlive its process";
  for (size_t i = 0; i < 10; ++i) ASSERT_TRUE(log_.append(some_events(3 * i, 3), kReceivedAt).ok());
  Follower before(log_, LogPosition::begin(), 14);
  before.join();
  const std::string stored = before.at.to_text();
  subject_.log.reset();
  subject_.log = subject_.reopen();
  ASSERT_TRUE(subject_.log->append(some_events(30, 3), kReceivedAt).ok());
  const size_t seen = before.seen.size();
  Follower after(*subject_.log, LogPosition::from_text(stored).value(), 33 - seen);
  after.join();
  for (size_t i = 0; i < after.seen.size(); ++i)
    EXPECT_EQ(after.seen[i].event.event_id, event_name(seen + i));
}

INSTANTIATE_TEST_SUITE_P(All, EventLogContract,
                         testing::Values(LogBackend{"Memory", make_memory_log},
                                         LogBackend{"SimulatedFiles", make_simulated},
                                         LogBackend{"Files", make_posix}, LogBackend{"Sealed", make_sealed}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
