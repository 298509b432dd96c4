// What the log on disk promises beyond the contract: crashes, damage, and disks that refuse.
#include "storage/event_log/file_event_log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "io/simulated_files.h"
#include "storage/event_log/test_events.h"

namespace modiste {
namespace {

constexpr FileEventLogOptions kSmall{.segment_bytes_max = 2048, .group_bytes_max = 1024};

Result<std::unique_ptr<FileEventLog>> open(SimulatedDisk& disk, const FileEventLogOptions& options = {}) {
  return FileEventLog::open(disk.directory(), options);
}

std::unique_ptr<FileEventLog> opened(SimulatedDisk& disk, const FileEventLogOptions& options = {}) {
  auto log = open(disk, options);
  EXPECT_TRUE(log.ok()) << log.error().message();
  return std::move(log).value();
}

// Appends of `each` events, so that each is a block of its own.
void fill(FileEventLog& log, size_t appends, size_t each = 1) {
  for (size_t i = 0; i < appends; ++i)
    ASSERT_TRUE(log.append(some_events(log.size(), each), kReceivedAt).ok());
}

void expect_events(const EventLog& log, size_t count) {
  const auto events = replayed(log);
  ASSERT_EQ(events.size(), count);
  for (size_t i = 0; i < count; ++i) EXPECT_EQ(events[i].event.event_id, event_name(i));
}

std::vector<std::string> names(SimulatedDisk& disk) { return disk.directory()->list().value(); }

TEST(FileEventLog, ReopensWithEverything) {
  SimulatedDisk disk;
  fill(*opened(disk, kSmall), 60);
  EXPECT_GT(names(disk).size(), 3u) << "segments roll at their limit";
  auto log = opened(disk, kSmall);
  EXPECT_FALSE(log->torn_tail());
  expect_events(*log, 60);
  fill(*log, 5);
  expect_events(*opened(disk, kSmall), 65);
}

TEST(FileEventLog, SegmentsKeepTheirLimit) {
  SimulatedDisk disk;
  fill(*opened(disk, kSmall), 60);
  for (const auto& name : names(disk)) EXPECT_LE(disk.read(name).size(), kSmall.segment_bytes_max) << name;
}

TEST(FileEventLog, AnAppendLargerThanASegmentGetsOneForItself) {
  SimulatedDisk disk;
  auto log = opened(disk, kSmall);
  fill(*log, 1);
  fill(*log, 1, 3000);
  fill(*log, 1);
  expect_events(*log, 3002);
  EXPECT_EQ(names(disk).size(), 3u);
}

// The end of the last segment cut at every byte: whole blocks stay, the rest is cut off and told.
TEST(FileEventLog, ATornEndIsCutAtTheLastWholeBlock) {
  SimulatedDisk disk;
  fill(*opened(disk), 4);
  const auto name = names(disk).at(0);
  const auto whole = disk.read(name);
  const size_t block = (whole.size() - kSegmentHeaderBytes) / 4;
  for (size_t size = kSegmentHeaderBytes; size < whole.size(); ++size) {
    disk.write(name, std::span(whole).first(size));
    auto log = opened(disk);
    const size_t kept = (size - kSegmentHeaderBytes) / block, torn = (size - kSegmentHeaderBytes) % block;
    ASSERT_EQ(log->torn_tail().has_value(), torn != 0) << size;
    if (torn != 0) {
      EXPECT_EQ(log->torn_tail()->file, name);
      EXPECT_EQ(log->torn_tail()->bytes, torn);
      EXPECT_EQ(log->torn_tail()->position, size - torn);
    }
    fill(*log, 1);
    expect_events(*log, kept + 1);
    log.reset();
    EXPECT_FALSE(opened(disk)->torn_tail()) << "the cut is durable";
  }
}

TEST(FileEventLog, ASegmentTornWhileItWasMadeIsMadeAnew) {
  SimulatedDisk disk;
  fill(*opened(disk), 3);
  const auto header = encode_segment_header({.first_offset = 3});
  for (size_t size = 0; size < header.size(); ++size) {
    disk.write(segment_name(3), std::span(header).first(size));
    auto log = opened(disk);
    EXPECT_TRUE(log->torn_tail().has_value());
    EXPECT_EQ(log->size(), 3u);
    fill(*log, 1);
    expect_events(*log, 4);
  }
}

// Every bit of every block but the last: refused with place, never skipped.
TEST(FileEventLog, DamageInTheMiddleIsRefused) {
  SimulatedDisk disk;
  fill(*opened(disk), 3);
  const auto name = names(disk).at(0);
  const auto whole = disk.read(name);
  const size_t block = (whole.size() - kSegmentHeaderBytes) / 3;
  for (size_t i = 0; i < kSegmentHeaderBytes + 2 * block; ++i) {
    auto damaged = whole;
    damaged[i] ^= static_cast<std::byte>(1 << (i % 8));
    disk.write(name, damaged);
    const auto log = open(disk);
    ASSERT_FALSE(log.ok()) << "byte " << i;
    EXPECT_EQ(log.error().code, Code::kCorrupt) << "byte " << i;
    EXPECT_NE(log.error().where.find(name), std::string::npos);
    EXPECT_EQ(disk.read(name), damaged) << "damage is not made worse";
  }
}

TEST(FileEventLog, DamageInAnOlderSegmentIsRefusedByReplay) {
  SimulatedDisk disk;
  fill(*opened(disk, kSmall), 60);
  const auto name = names(disk).at(1);
  auto bytes = disk.read(name);
  bytes[bytes.size() / 2] ^= std::byte{1};
  disk.write(name, bytes);
  auto log = opened(disk, kSmall);
  const uint64_t first = *segment_name_offset(name), next = *segment_name_offset(names(disk).at(2));
  uint64_t visited = 0;
  const auto result =
      log->replay(LogPosition::begin(), [&](const LoggedEvent&) -> Result<Done> { return ++visited, kOk; });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kCorrupt);
  EXPECT_NE(result.error().where.find(name + ", byte "), std::string::npos) << result.error().where;
  EXPECT_GE(visited, first);
  EXPECT_LT(visited, next);
  EXPECT_EQ(replayed(*log, next).size(), 60 - next) << "what lies behind can still be read on request";
}

TEST(FileEventLog, AMissingSegmentIsRefused) {
  SimulatedDisk disk;
  fill(*opened(disk, kSmall), 60);
  const auto all = names(disk);
  const auto directory = disk.directory();
  ASSERT_TRUE(directory->remove(all.at(1)).ok());
  const auto result =
      opened(disk, kSmall)->replay(LogPosition::begin(), [](const LoggedEvent&) -> Result<Done> {
        return kOk;
      });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kCorrupt);
  ASSERT_TRUE(directory->remove(all.at(0)).ok());
  EXPECT_EQ(open(disk, kSmall).error().code, Code::kCorrupt);
}

// Gives a segment the header that a program of another version would write.
void set_version(SimulatedDisk& disk, uint64_t first_offset, uint32_t version) {
  auto bytes = disk.read(segment_name(first_offset));
  const auto header = encode_segment_header({first_offset, version});
  std::copy(header.begin(), header.end(), bytes.begin());
  disk.write(segment_name(first_offset), bytes);
}

TEST(FileEventLog, ASegmentOfTheFirstFormatIsReadAndANewOneBegun) {
  for (const size_t before : {0u, 2u}) {
    SimulatedDisk disk;
    fill(*opened(disk), before);  // one event a block is not packed: as the first format wrote it
    set_version(disk, 0, 1);
    auto log = opened(disk);
    expect_events(*log, before);
    fill(*log, 1, 20);
    EXPECT_EQ(names(disk).size(), before == 0 ? 1u : 2u) << "no packed block in a segment that has none";
    log.reset();
    expect_events(*opened(disk), before + 20);
  }
}

TEST(FileEventLog, PacksBlocks) {
  SimulatedDisk disk;
  fill(*opened(disk), 1, 500);
  EXPECT_LT(disk.read(segment_name(0)).size(), 500u * 30) << "some 180 bytes an event as JSON";
  expect_events(*opened(disk), 500);
}

TEST(FileEventLog, KeepsAnswersByColumn) {
  Event served = some_event(0);
  served.type = EventType::kServed;
  for (int i = 0; i < 3; ++i)
    served.items.push_back(
        {fmt::format("g{}", i), i == 1 ? "" : "Red", i, 0.25f, {7, static_cast<float>(i)}});
  Event gap = served, uneven = served;
  gap.items[2].position = 5;
  uneven.items[1].features.pop_back();
  SimulatedDisk disk;
  {
    const auto log = opened(disk);
    ASSERT_TRUE(log->append(std::vector{served, gap, uneven}, kReceivedAt).ok());
  }
  const auto events = replayed(*opened(disk));
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(to_json(events[0].event), to_json(served));
  EXPECT_EQ(to_json(events[1].event), to_json(gap));
  EXPECT_EQ(to_json(events[2].event), to_json(uneven));
}

TEST(FileEventLog, ANewerFormatIsRefusedAndLeftAlone) {
  SimulatedDisk disk;
  fill(*opened(disk), 2);
  set_version(disk, 0, 3);
  const auto bytes = disk.read(segment_name(0));
  const auto log = open(disk);
  ASSERT_FALSE(log.ok());
  EXPECT_EQ(log.error().code, Code::kConflict);
  EXPECT_NE(log.error().what.find("version 3"), std::string::npos);
  EXPECT_EQ(disk.read(segment_name(0)), bytes);
}

TEST(FileEventLog, ShortWritesAreContinued) {
  SimulatedDisk disk;
  disk.set_faults({.write_bytes_max = 7});
  fill(*opened(disk, kSmall), 20, 2);
  expect_events(*opened(disk, kSmall), 40);
}

TEST(FileEventLog, AFullDiskRefusesAndTheLogGoesOnWhenThereIsRoom) {
  SimulatedDisk disk;
  auto log = opened(disk, kSmall);
  fill(*log, 5);
  // With every amount of room that is too little, down to none.
  for (uint64_t room = 0; room < 250; room += 5) {
    uint64_t used = 0;
    for (const auto& name : names(disk)) used += disk.read(name).size();
    disk.set_faults({.bytes_max = used + room});
    const uint64_t before = log->size();
    const auto refused = log->append(some_events(before, 8), kReceivedAt);
    ASSERT_FALSE(refused.ok()) << room;
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
    EXPECT_EQ(log->size(), before);
    disk.set_faults({});
    fill(*log, 1);
    expect_events(*log, before + 1);
  }
  const uint64_t size = log->size();
  log.reset();
  auto reopened = opened(disk, kSmall);
  EXPECT_FALSE(reopened->torn_tail()) << "nothing of what was refused is left";
  expect_events(*reopened, size);
}

// The segment that takes its place has its name; until it is there, the log is one of no events, which is
// read as such.
TEST(FileEventLog, AnEmptySegmentOfTheFirstFormatIsReplacedOnceThereIsRoom) {
  SimulatedDisk disk;
  opened(disk).reset();
  set_version(disk, 0, 1);
  auto log = opened(disk);
  disk.set_faults({.bytes_max = 1});
  EXPECT_EQ(log->append(some_events(0, 1), kReceivedAt).error().code, Code::kUnavailable);
  EXPECT_EQ(log->extent().segments.size(), 1U);
  expect_events(*log, 0);
  disk.set_faults({});
  fill(*log, 3);
  expect_events(*log, 3);
  log.reset();
  expect_events(*opened(disk), 3);
}

TEST(FileEventLog, AFailedSyncIsNotAcknowledgedAndLeavesNothing) {
  SimulatedDisk disk;
  auto log = opened(disk);
  fill(*log, 3);
  disk.set_faults({.failing_syncs = 1});
  EXPECT_EQ(log->append(some_events(3, 2), kReceivedAt).error().code, Code::kUnavailable);
  EXPECT_EQ(log->size(), 3u);
  fill(*log, 1);
  expect_events(*log, 4);
  log.reset();
  expect_events(*opened(disk), 4);
}

TEST(FileEventLog, WritesNothingBehindWhatItCouldNotCutOff) {
  SimulatedDisk disk;
  auto log = opened(disk);
  fill(*log, 3);
  disk.set_faults({.failing_syncs = 1, .failing_truncates = 2});
  EXPECT_FALSE(log->append(some_events(3, 1), kReceivedAt).ok()) << "sync fails, then the cut";
  EXPECT_FALSE(log->append(some_events(3, 1), kReceivedAt).ok()) << "the cut fails again";
  fill(*log, 1);
  expect_events(*log, 4);
  log.reset();
  auto reopened = opened(disk);
  EXPECT_FALSE(reopened->torn_tail());
  expect_events(*reopened, 4);
}

TEST(FileEventLog, RefusesAnEventThatCouldNotBeReadBack) {
  SimulatedDisk disk;
  auto log = opened(disk);
  auto events = some_events(0, 3);
  events[1].garment_id = std::string(500, 'x');
  auto refused = log->append(events, kReceivedAt);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_EQ(refused.error().where, "/1/event/garment_id");
  events[1].garment_id = "\xff\xfe";
  EXPECT_EQ(log->append(events, kReceivedAt).error().code, Code::kInvalid) << "not UTF-8";
  EXPECT_EQ(log->size(), 0u);
}

// Power cuts at every moment, with any subset of the unsynced sectors surviving: what was acknowledged is
// there, in its place, and nothing that follows it is damaged.
TEST(FileEventLog, AcknowledgedEventsSurvivePowerCuts) {
  size_t torn = 0;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    Rng rng(seed);
    SimulatedDisk disk;
    std::vector<std::string> acknowledged;  // by offset
    size_t named = 0;
    for (int life = 0; life < 4; ++life) {
      auto log = open(disk, kSmall);
      ASSERT_TRUE(log.ok()) << "seed " << seed << ": " << log.error().message();
      torn += (*log)->torn_tail() ? 1 : 0;
      const auto events = replayed(**log);
      ASSERT_GE(events.size(), acknowledged.size()) << "seed " << seed;
      for (size_t i = 0; i < events.size(); ++i) {
        if (i < acknowledged.size()) {
          ASSERT_EQ(events[i].event.event_id, acknowledged[i]) << "seed " << seed;
        } else {
          acknowledged.push_back(events[i].event.event_id);
        }
      }
      const size_t appends = rng.below(12);
      for (size_t i = 0; i < appends; ++i) {
        // A sync that does not come to its end leaves its block half on disk when the power goes.
        const bool failing = i + 1 == appends && rng.chance(0.7);
        if (failing)
          disk.set_faults({.failing_syncs = 9, .failed_sync_loses = false, .failing_truncates = 9});
        const auto batch = some_events(named, 1 + rng.below(6));
        named += batch.size();
        if ((*log)->append(batch, kReceivedAt).ok())
          for (const auto& event : batch) acknowledged.push_back(event.event_id);
      }
      log.value().reset();
      disk.set_faults({});
      disk.lose_power(rng);
    }
  }
  EXPECT_GT(torn, 50u) << "the cuts did not tear much";
}

}  // namespace
}  // namespace modiste
