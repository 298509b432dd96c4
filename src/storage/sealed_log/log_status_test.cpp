#include "storage/sealed_log/log_status.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/test_directory.h"
#include "storage/event_log/test_events.h"

namespace modiste {
namespace {

using std::chrono::days;

const Day kLogsFirstDay = std::chrono::floor<days>(kReceivedAt);
const SealedLogOptions kSmallSegments{.hot = {.segment_bytes_max = 4096, .group_bytes_max = 2048}};

class LogStatusTest : public testing::Test {
 protected:
  void fill(SealedLog& log, Day day, size_t count) {
    for (size_t i = 0; i < count; ++i)
      ASSERT_TRUE(log.append(some_events(log.size(), 1), TimePoint(day) + std::chrono::minutes(i)).ok());
  }
  // What a look from outside sees is what the open log says.
  void expect_same(const SealedLog& log) {
    const auto open = log.status().value();
    const auto read = read_log_status(path());
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->events, open.events);
    EXPECT_EQ(read->hot_events, open.hot_events);
    EXPECT_EQ(read->hot_segments, open.hot_segments);
    EXPECT_EQ(read->hot_bytes, open.hot_bytes);
    ASSERT_EQ(read->days.size(), open.days.size());
    for (size_t i = 0; i < open.days.size(); ++i) EXPECT_EQ(read->days[i].day, open.days[i].day);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }

 private:
  TestDirectory directory_;
};

TEST_F(LogStatusTest, NothingIsThereYet) {
  const auto read = read_log_status(path() / "log");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->events, 0U);
  EXPECT_FALSE(std::filesystem::exists(path() / "log")) << "looking makes nothing";
}

TEST_F(LogStatusTest, ARunningLogIsSeenFromOutside) {
  const auto log = SealedLog::open(path(), kSmallSegments).value();
  expect_same(*log);
  for (int day = 0; day < 3; ++day) {
    fill(*log, kLogsFirstDay + days(day), 40);
    expect_same(*log);
  }
  ASSERT_EQ(log->seal_before(kLogsFirstDay + days(2)).value(), 2U);
  expect_same(*log);
  ASSERT_EQ(log->seal_before(kLogsFirstDay + days(3)).value(), 1U);
  expect_same(*log);
}

TEST_F(LogStatusTest, ABlockThatIsBeingWrittenIsNotCounted) {
  const auto log = SealedLog::open(path(), kSmallSegments).value();
  fill(*log, kLogsFirstDay, 3);
  const auto segment = path() / segment_name(0);
  const auto bytes = std::filesystem::file_size(segment);
  std::ofstream(segment, std::ios::app | std::ios::binary) << "half a block";
  const auto read = read_log_status(path());
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->events, 3U);
  EXPECT_EQ(std::filesystem::file_size(segment), bytes + 12) << "nothing is cut off";
}

TEST_F(LogStatusTest, AMissingSegmentIsNoticed) {
  const auto log = SealedLog::open(path(), kSmallSegments).value();
  fill(*log, kLogsFirstDay, 100);
  ASSERT_GT(log->status()->hot_segments, 1U);
  std::filesystem::remove(path() / segment_name(0));
  EXPECT_EQ(read_log_status(path()).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace modiste
