// What sealing promises: nothing lost, nothing twice, every line as it was acknowledged, no change unnoticed.
#include "storage/sealed_log/sealed_log.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/rng.h"
#include "io/posix_files.h"
#include "io/test_directory.h"
#include "storage/event_log/test_events.h"

namespace modiste {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Day kFirstDay = std::chrono::floor<days>(kReceivedAt);
const SealedLogOptions kSmallSealed{.hot = {.segment_bytes_max = 4096, .group_bytes_max = 2048},
                                    .seal_after = hours(1),
                                    .day_file = {.row_group_events = 2048, .duckdb = {}}};

class SealedLogTest : public testing::Test {
 protected:
  std::unique_ptr<SealedLog> opened() {
    auto log = SealedLog::open(path(), kSmallSealed);
    EXPECT_TRUE(log.ok()) << log.error().message();
    return std::move(log).value();
  }
  Error refused() {
    const auto log = SealedLog::open(path(), kSmallSealed);
    EXPECT_FALSE(log.ok());
    return log.error();
  }
  // Appends events, each of its own, spread over a day.
  void fill(SealedLog& log, Day day, size_t count) {
    for (size_t i = 0; i < count; ++i)
      ASSERT_TRUE(log.append(some_events(log.size(), 1), TimePoint(day) + std::chrono::minutes(i)).ok());
  }
  void expect_events(const EventLog& log, size_t count) {
    const auto events = replayed(log);
    ASSERT_EQ(events.size(), count);
    for (size_t i = 0; i < count; ++i) {
      EXPECT_EQ(events[i].position.number(), i);
      EXPECT_EQ(events[i].event.event_id, event_name(i));
    }
  }
  [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }
  [[nodiscard]] std::filesystem::path day_file(int day) const {
    return path() / "days" / (day_text(kFirstDay + days(day)) + ".parquet");
  }
  [[nodiscard]] size_t hot_files() const {
    size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path()))
      count += segment_name_offset(entry.path().filename().string()) ? 1 : 0;
    return count;
  }

 private:
  TestDirectory directory_;
};

TEST_F(SealedLogTest, SealsTheDaysThatAreOver) {
  auto log = opened();
  for (int day = 0; day < 3; ++day) fill(*log, kFirstDay + days(day), 40);
  const auto midnight = TimePoint(kFirstDay + days(1));
  EXPECT_EQ(log->seal(midnight + hours(1) - Micros(1)).value(), 0u) << "the first day's margin is not over";
  EXPECT_EQ(log->seal(midnight + hours(1)).value(), 1u);
  EXPECT_EQ(log->seal(midnight + hours(1)).value(), 0u) << "once";
  expect_events(*log, 120);
  EXPECT_EQ(log->seal(midnight + days(2)).value(), 1u) << "the third is not over";
  expect_events(*log, 120);
  const auto status = log->status().value();
  ASSERT_EQ(status.days.size(), 2u);
  EXPECT_EQ(status.days[0].day, "2026-11-21");
  EXPECT_EQ(status.days[1].first_offset, 40u);
  EXPECT_EQ(status.days[1].last_offset, 79u);
  EXPECT_EQ(status.hot_events, 40u);
  EXPECT_EQ(status.hot_segments, hot_files()) << "sealed segments are gone";
  fill(*log, kFirstDay + days(2), 5);
  log = opened();
  expect_events(*log, 125);
  EXPECT_TRUE(log->verify([](uint64_t) -> Result<Done> { return kOk; }).ok());
}

TEST_F(SealedLogTest, TheRunningSegmentIsSealedOnlyAfterRolling) {
  auto log = opened();
  fill(*log, kFirstDay, 3);
  EXPECT_EQ(hot_files(), 1u);
  EXPECT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  EXPECT_EQ(log->status().value().hot_events, 0u);
  fill(*log, kFirstDay, 2);
  expect_events(*log, 5);
  expect_events(*opened(), 5);
}

TEST_F(SealedLogTest, FilesAreTheOwnersOnly) {
  auto log = opened();
  fill(*log, kFirstDay, 3);
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(day_file(0)).permissions(), perms::owner_read | perms::owner_write);
}

// 37 KB each: an impression of a hundred long names. A row group of them fits into the default memory.
TEST_F(SealedLogTest, LargeEventsAreSealed) {
  auto log = SealedLog::open(path()).value();
  Event large = some_event(0);
  large.type = EventType::kImpression;
  large.items.assign(100, {std::string(200, 'g'), std::string(100, 'c'), 1, 0.5F});
  size_t count = 0;
  for (; count < 2'100; count += 100) {
    std::vector<Event> events(100, large);
    for (size_t i = 0; i < events.size(); ++i) events[i].event_id = event_name(count + i);
    ASSERT_TRUE(log->append(events, kReceivedAt).ok());
  }
  const auto sealed = log->seal_before(kFirstDay + days(1));
  ASSERT_TRUE(sealed.ok()) << sealed.error().message();
  EXPECT_TRUE(log->verify([](uint64_t) -> Result<Done> { return kOk; }).ok());
  EXPECT_EQ(log->status().value().days.at(0).events(), count);
}

// The lines are kept byte by byte, with every character that framing, JSON or SQL could trip over.
TEST_F(SealedLogTest, EveryLineIsKeptAsAcknowledged) {
  auto log = opened();
  std::vector<Event> events{full_event(), some_event(2)};
  ASSERT_TRUE(log->append(events, kReceivedAt).ok());
  const auto before = replayed(*log);
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  const auto after = replayed(*log);
  ASSERT_EQ(after.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(encode_event_line(after[i].event, after[i].received_at).value(),
              encode_event_line(before[i].event, before[i].received_at).value());
    EXPECT_EQ(after[i].received_at, before[i].received_at);
  }
}

TEST_F(SealedLogTest, EnginesReadColumns) {
  auto log = opened();
  std::vector<Event> events{full_event(), some_event(2)};
  ASSERT_TRUE(log->append(events, kReceivedAt).ok());
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  const auto duckdb = DuckDb::open().value();
  const std::vector files{day_file(0)};
  ASSERT_TRUE(duckdb->add_files("day", files).ok());
  size_t seen = 0;
  const auto done = duckdb->query(
      "SELECT log_offset, received_at, occurred_at, type, shopper, garment_id, dwell_ms, quantity, reason, "
      "colour, context_device FROM day ORDER BY log_offset",
      {}, [&](const SqlRows& rows) -> Result<Done> {
        seen += rows.size();
        EXPECT_EQ(rows.integer(0, 1), 1);
        EXPECT_EQ(rows.time(1, 0), kReceivedAt);
        EXPECT_EQ(rows.time(2, 0), kReceivedAt - hours(3));
        EXPECT_TRUE(rows.is_null(2, 1));
        EXPECT_EQ(rows.text(3, 0), "return");
        EXPECT_EQ(rows.text(3, 1), "like");
        EXPECT_EQ(rows.text(4, 1), some_event(2).shopper_id);
        EXPECT_EQ(rows.text(5, 1), "garment-2");
        EXPECT_EQ(rows.real(6, 0), 1234.5);
        EXPECT_EQ(rows.integer(7, 0), 3);
        EXPECT_EQ(rows.text(8, 0), "too_large");
        EXPECT_EQ(rows.text(9, 0), full_event().colour);
        EXPECT_TRUE(rows.is_null(10, 0));
        return kOk;
      });
  ASSERT_TRUE(done.ok()) << done.error().message();
  EXPECT_EQ(seen, 2u);
}

// A column whose member is misspelt or gone would be null for ever.
TEST_F(SealedLogTest, EveryColumnFindsItsMember) {
  Event event = full_event();
  for (auto* text : {&event.device_id, &event.session_id, &event.loyalty_id, &event.email_hash,
                     &event.external_id, &event.size, &event.order_id, &event.page, &event.outfit_id})
    *text = "x";
  event.discount = event.rating = 1;
  event.currency = "EUR";
  event.fit = FitFeedback::kFits;
  event.context = EventContext{};
  for (auto* text :
       {&event.context->channel, &event.context->locale, &event.context->time_zone, &event.context->region,
        &event.context->referrer, &event.context->weather, &event.context->occasion})
    *text = "x";
  event.context->country = "AT";
  event.context->temperature_c = 12;
  auto log = opened();
  ASSERT_TRUE(log->append(std::span(&event, 1), kReceivedAt).ok());
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  const auto duckdb = DuckDb::open().value();
  const std::vector files{day_file(0)};
  ASSERT_TRUE(duckdb->add_files("day", files).ok());
  size_t columns = 0;
  ASSERT_TRUE(duckdb
                  ->query("SELECT count(COLUMNS(*)) FROM day", {},
                          [&](const SqlRows& rows) -> Result<Done> {
                            for (; columns < rows.columns(); ++columns)
                              EXPECT_EQ(rows.integer(columns, 0), 1) << "column " << columns;
                            return kOk;
                          })
                  .ok());
  EXPECT_GT(columns, 30u);
}

// The day of an event is its segment's: a clock that goes back reopens no day.
TEST_F(SealedLogTest, AClockThatGoesBackStaysWithTheLaterDay) {
  auto log = opened();
  fill(*log, kFirstDay, 3);
  fill(*log, kFirstDay + days(1), 3);
  fill(*log, kFirstDay, 3);  // back by a day
  fill(*log, kFirstDay + days(1), 3);
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  EXPECT_EQ(log->status().value().days[0].events(), 3u);
  fill(*log, kFirstDay, 2);  // a day that is sealed
  ASSERT_EQ(log->seal_before(kFirstDay + days(2)).value(), 1u);
  EXPECT_EQ(log->status().value().days[1].events(), 11u);
  fill(*log, kFirstDay, 4);  // into the day after the last sealed one, whatever it says
  EXPECT_EQ(log->seal_before(kFirstDay + days(2)).value(), 0u);
  EXPECT_EQ(log->seal_before(kFirstDay + days(3)).value(), 1u);
  EXPECT_EQ(log->status().value().days[2].day, day_text(kFirstDay + days(2)));
  expect_events(*log, 18);
  expect_events(*opened(), 18);
}

// What was stamped far ahead would otherwise never be over, nor anything behind it.
TEST_F(SealedLogTest, AClockThatRanAheadHoldsNothingBack) {
  auto log = opened();
  fill(*log, kFirstDay, 3);
  fill(*log, kFirstDay + days(30'000), 1);
  fill(*log, kFirstDay, 2);
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  EXPECT_EQ(log->status().value().days[0].events(), 6u);
  fill(*log, kFirstDay + days(1), 4);
  fill(*log, kFirstDay + days(30'000), 1);
  fill(*log, kFirstDay + days(1), 4);
  ASSERT_EQ(log->seal_before(kFirstDay + days(2)).value(), 1u);
  EXPECT_EQ(log->status().value().days[1].day, day_text(kFirstDay + days(1)));
  expect_events(*log, 15);
  expect_events(*opened(), 15);
}

TEST_F(SealedLogTest, DaysWithoutEventsHaveNoFile) {
  auto log = opened();
  EXPECT_EQ(log->seal_before(kFirstDay + days(9)).value(), 0u);
  fill(*log, kFirstDay, 3);
  fill(*log, kFirstDay + days(5), 3);
  EXPECT_EQ(log->seal_before(kFirstDay + days(9)).value(), 2u);
  expect_events(*opened(), 6);
}

// What the segments' rule of version 1 wrote before days existed: one segment across midnight.
TEST_F(SealedLogTest, AnOlderSegmentAcrossDaysBelongsToItsFirst) {
  {
    const auto directory = PosixDirectory::open_or_create(path()).value();
    auto writer = LogWriter::open(*directory, {}).value();
    for (int day = 0; day < 2; ++day) {
      const auto line =
          encode_event_line(some_event(static_cast<size_t>(day)), TimePoint(kFirstDay + days(day)));
      std::vector<std::byte> block(kBlockHeaderBytes);
      const auto bytes = std::as_bytes(std::span(line.value()));
      block.insert(block.end(), bytes.begin(), bytes.end());
      ASSERT_TRUE(writer.append_block(block, 1, kFirstDay).ok());
    }
  }
  auto log = opened();
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  expect_events(*log, 2);
}

TEST_F(SealedLogTest, AReaderFromBeforeKeepsItsSegments) {
  auto log = opened();
  fill(*log, kFirstDay, 60);
  size_t visited = 0;
  const auto done = log->replay(LogPosition::begin(), [&](const LoggedEvent& event) -> Result<Done> {
    if (visited == 3) {
      TRY_ASSIGN(const size_t sealed, log->seal_before(kFirstDay + days(1)));
      EXPECT_EQ(sealed, 1u);
    }
    EXPECT_EQ(event.position.number(), visited++);
    return kOk;
  });
  ASSERT_TRUE(done.ok()) << done.error().message();
  EXPECT_EQ(visited, 60u);
  EXPECT_GT(hot_files(), 1u) << "kept for the reader";
  ASSERT_EQ(log->seal_before(kFirstDay + days(1)).value(), 0u);
  EXPECT_EQ(hot_files(), 1u) << "gone when he has ended";
}

TEST_F(SealedLogTest, ASealingThatFailsAtAnyStepIsDoneAgain) {
  for (const auto step :
       {SealStep::kWriting, SealStep::kWritten, SealStep::kRenamed, SealStep::kListed, SealStep::kRemoved}) {
    auto log = opened();
    const auto day = kFirstDay + days(static_cast<int>(step));
    fill(*log, day, 30);
    const auto failed = log->seal_before(day + days(1), [&](const SealProgress& declared) -> Result<Done> {
      if (declared.step == step) return Error{Code::kUnavailable, "stopped", "", ""};
      return kOk;
    });
    EXPECT_EQ(failed.error().what, "stopped");
    expect_events(*log, log->size());
    const bool reopen = static_cast<int>(step) % 2 == 0;
    if (reopen) log.reset(), log = opened();
    expect_events(*log, log->size());
    ASSERT_TRUE(log->seal_before(day + days(1)).ok());
    EXPECT_EQ(log->status().value().hot_events, 0u);
    EXPECT_EQ(hot_files(), 1u);
    expect_events(*log, log->size());
    EXPECT_TRUE(log->verify([](uint64_t) -> Result<Done> { return kOk; }).ok());
  }
}

TEST_F(SealedLogTest, AFullDiskLeavesTheSegments) {
  auto log = opened();
  fill(*log, kFirstDay, 30);
  std::filesystem::remove(path() / "days");  // nowhere to write
  EXPECT_FALSE(log->seal_before(kFirstDay + days(1)).ok());
  std::filesystem::create_directory(path() / "days");
  expect_events(*log, 30);
  EXPECT_EQ(log->seal_before(kFirstDay + days(1)).value(), 1u);
  expect_events(*log, 30);
}

class SealedDamage : public SealedLogTest {
 protected:
  void SetUp() override {
    auto log = opened();
    for (int day = 0; day < 3; ++day) fill(*log, kFirstDay + days(day), 20);
    ASSERT_EQ(log->seal_before(kFirstDay + days(2)).value(), 2u);
  }
};

TEST_F(SealedDamage, AChangedFileIsRefusedAtItsFirstUse) {
  std::fstream file(day_file(1), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(500);
  file.put('\x7f');
  file.close();
  const auto log = opened();
  const auto done = log->replay(LogPosition::begin(), [](const LoggedEvent&) -> Result<Done> { return kOk; });
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kCorrupt);
  EXPECT_NE(done.error().message().find("2026-11-22.parquet"), std::string::npos) << done.error().message();
  const std::vector<uint64_t> there{3}, damaged{25};
  const auto ignore = [](const LoggedEvent&) -> Result<Done> { return kOk; };
  EXPECT_TRUE(log->read(positions_of(there), ignore).ok());
  EXPECT_EQ(log->read(positions_of(damaged), ignore).error().code, Code::kCorrupt);
  EXPECT_EQ(log->verify([](uint64_t) -> Result<Done> { return kOk; }).error().code, Code::kCorrupt);
}

TEST_F(SealedDamage, AVerificationEndsWhenItIsToldTo) {
  const auto stopped = opened()->verify([](uint64_t) {
    return Result<Done>(Error{Code::kConflict, "stopped", "", ""});
  });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().what, "stopped");
}

TEST_F(SealedDamage, AMissingFileIsRefused) {
  std::filesystem::remove(day_file(0));
  EXPECT_EQ(refused().code, Code::kCorrupt);
}

TEST_F(SealedDamage, AFileOfAnotherSizeIsRefused) {
  std::ofstream(day_file(0), std::ios::app) << "x";
  EXPECT_EQ(refused().code, Code::kCorrupt);
}

TEST_F(SealedDamage, AForeignFileIsRefused) {
  std::filesystem::copy_file(day_file(0), path() / "days" / "2026-11-20.parquet");
  const auto error = refused();
  EXPECT_EQ(error.code, Code::kCorrupt);
  EXPECT_NE(error.message().find("2026-11-20.parquet"), std::string::npos) << error.message();
}

TEST_F(SealedDamage, AMissingManifestIsRefused) {
  std::filesystem::remove(path() / "days" / kDayManifestName);
  EXPECT_EQ(refused().code, Code::kCorrupt) << "the segments before the first are gone";
}

TEST_F(SealedDamage, AManifestThatDoesNotFitIsRefused) {
  EXPECT_EQ(parse_day_manifest("{").error().code, Code::kCorrupt);
  EXPECT_EQ(parse_day_manifest(R"({"version":2,"days":[]})").error().code, Code::kConflict);
  const auto whole = read_day_manifest(path() / "days").value();
  auto gap = whole;
  gap.days[1].first_offset += 1;
  EXPECT_EQ(parse_day_manifest(to_json_text(gap)).error().code, Code::kCorrupt);
  auto swapped = whole;
  std::swap(swapped.days[0].day, swapped.days[1].day);
  EXPECT_EQ(parse_day_manifest(to_json_text(swapped)).error().code, Code::kCorrupt);
  EXPECT_EQ(to_json_text(parse_day_manifest(to_json_text(whole)).value()), to_json_text(whole));
}

TEST_F(SealedDamage, SegmentsWhoseEventsAreSealedGoOnlyIfTheirFileIsWhole) {
  const auto left_over = path() / segment_name(20);
  std::ofstream(left_over) << "x";
  std::fstream file(day_file(1), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(500);
  file.put('\x7f');
  file.close();
  EXPECT_EQ(refused().code, Code::kCorrupt);
  EXPECT_TRUE(std::filesystem::exists(left_over));
}

TEST_F(SealedDamage, ExportsDaysFromSealedAndHot) {
  const auto log = opened();
  const auto file = path() / "export.parquet";
  EXPECT_EQ(log->export_days(file, kFirstDay, kFirstDay + days(9)).value(), 60u);
  EXPECT_EQ(log->export_days(file, kFirstDay + days(1), kFirstDay + days(1)).value(), 20u);
  const auto duckdb = DuckDb::open().value();
  std::string span;
  ASSERT_TRUE(duckdb
                  ->query("SELECT min(log_offset)::VARCHAR || '-' || max(log_offset) FROM read_parquet(" +
                              sql_text(file.string()) + ")",
                          {},
                          [&](const SqlRows& rows) -> Result<Done> {
                            span = rows.text(0, 0);
                            return kOk;
                          })
                  .ok());
  EXPECT_EQ(span, "20-39");
}

// A log that is sealed at any time reads as one that never is, from every offset and for every choice.
TEST_F(SealedLogTest, ReadsAsAnUnsealedLog) {
  Rng rng(20261121);
  auto log = opened();
  TimePoint now(kFirstDay);
  for (int step = 0; step < 200; ++step) {
    now += std::chrono::minutes(rng.below(120));
    const auto stamped = rng.chance(0.1) ? now - hours(rng.below(30)) : now;
    ASSERT_TRUE(log->append(some_events(log->size(), 1 + rng.below(6)), stamped).ok());
    if (rng.chance(0.05)) {
      ASSERT_TRUE(log->seal(now).ok());
    }
    if (rng.chance(0.02)) log.reset(), log = opened();
  }
  ASSERT_GT(log->status().value().days.size(), 3u);
  ASSERT_GT(log->status().value().hot_events, 0u);
  expect_events(*log, log->size());
  for (int round = 0; round < 30; ++round) {
    std::vector<uint64_t> offsets;
    for (uint64_t offset = 0; offset < log->size(); ++offset)
      if (rng.chance(0.03)) offsets.push_back(offset);
    size_t seen = 0;
    ASSERT_TRUE(log->read(positions_of(offsets),
                          [&](const LoggedEvent& event) -> Result<Done> {
                            EXPECT_EQ(event.position.number(), offsets.at(seen++));
                            EXPECT_EQ(event.event.event_id, event_name(event.position.number()));
                            return kOk;
                          })
                    .ok());
    ASSERT_EQ(seen, offsets.size());
    const uint64_t from = rng.below(log->size());
    const auto rest = replayed(*log, from);
    ASSERT_EQ(rest.size(), log->size() - from);
    EXPECT_EQ(rest.front().event.event_id, event_name(from));
  }
}

}  // namespace
}  // namespace modiste
