#include "storage/snapshot_folder/snapshot_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "io/killed_directory.h"
#include "io/simulated_files.h"

namespace modiste {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

using Blocks = std::vector<SnapshotBlock>;

// Of several writes of the disk, with a block of no bytes.
Blocks blocks_of(char letter) {
  return {{"about", std::string(1, letter)}, {"people", std::string(3'000, letter)}, {"end", ""}};
}

Result<uint64_t> write(SnapshotFolder& folder, uint64_t number, const Blocks& blocks) {
  return folder.write(folder.begin(), LogPosition::of(number),
                      [&](const SnapshotFolder::Put& put) -> Result<Done> {
                        for (const SnapshotBlock& block : blocks) TRY(put(block));
                        return kOk;
                      });
}

// What a start finds: the letter of the newest whole snapshot, which is checked to be all there; '-' if none.
char found_in(const SnapshotFolder& folder, std::vector<std::string>& aside) {
  auto stored = folder.newest([&](const Error& why) { aside.push_back(why.message()); });
  EXPECT_TRUE(stored.ok()) << stored.error().message();
  if (!*stored) return '-';
  Blocks read;
  while (true) {
    auto block = (*stored)->blocks->next();
    EXPECT_TRUE(block.ok());
    if (!block.ok() || !*block) break;
    read.push_back(std::move(**block));
  }
  const char letter = read.empty() || read[0].bytes.empty() ? '?' : read[0].bytes[0];
  const Blocks expected = blocks_of(letter);
  EXPECT_EQ(read.size(), expected.size());
  for (size_t i = 0; i < std::min(read.size(), expected.size()); ++i) {
    EXPECT_EQ(read[i].name, expected[i].name);
    EXPECT_EQ(read[i].bytes, expected[i].bytes);
  }
  EXPECT_EQ((*stored)->includes, LogPosition::of(letter == 'o' ? 7 : 9));
  return letter;
}

TEST(SnapshotFolder, TheNewestIsFoundWholeAndTheEarlierOneIsGone) {
  SimulatedDisk disk;
  std::vector<std::string> aside;
  SnapshotFolder folder(disk.directory());
  EXPECT_EQ(found_in(folder, aside), '-');
  ASSERT_TRUE(write(folder, 7, blocks_of('o')).ok());
  EXPECT_EQ(found_in(folder, aside), 'o');
  const auto bytes = write(folder, 9, blocks_of('n'));
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(found_in(SnapshotFolder(disk.directory()), aside), 'n');
  EXPECT_THAT(disk.directory()->list().value(), SizeIs(1));
  EXPECT_EQ(disk.read(disk.directory()->list()->front()).size(), *bytes);
  EXPECT_TRUE(aside.empty());
}

TEST(SnapshotFolder, AnyDamageLeavesItAside) {
  SimulatedDisk disk;
  SnapshotFolder folder(disk.directory());
  ASSERT_TRUE(write(folder, 7, blocks_of('o')).ok());
  const std::string name = disk.directory()->list()->front();
  const auto whole = disk.read(name);
  size_t meaningless = 0;
  for (size_t at = 0; at < whole.size(); ++at) {
    auto spoilt = whole;
    spoilt[at] ^= std::byte{0x10};
    disk.write(name, spoilt);
    std::vector<std::string> aside;
    const char found = found_in(folder, aside);
    if (found == 'o') {
      ++meaningless;
      continue;
    }
    ASSERT_EQ(found, '-') << at;
    ASSERT_THAT(aside, SizeIs(1));
    ASSERT_THAT(aside[0], HasSubstr(name));
  }
  EXPECT_EQ(meaningless, 4 * 4U) << "the zeros after the checksum of each of four heads";
  for (size_t size = 0; size < whole.size(); ++size) {
    disk.write(name, std::span(whole).first(size));
    std::vector<std::string> aside;
    ASSERT_EQ(found_in(folder, aside), '-') << "cut to " << size;
  }
  auto longer = whole;
  longer.push_back(std::byte{0});
  disk.write(name, longer);
  std::vector<std::string> aside;
  EXPECT_EQ(found_in(folder, aside), '-');
}

TEST(SnapshotFolder, ADamagedOneDoesNotHideAnEarlierOne) {
  SimulatedDisk disk;
  SnapshotFolder folder(disk.directory());
  ASSERT_TRUE(write(folder, 7, blocks_of('o')).ok());
  disk.write("state-000000000000000a.snapshot", std::as_bytes(std::span("nonsense")));
  std::vector<std::string> aside;
  EXPECT_EQ(found_in(folder, aside), 'o');
  EXPECT_THAT(aside, SizeIs(1));
}

TEST(SnapshotFolder, AnErasureLeavesNothingAndStopsAWriteThatBeganBefore) {
  SimulatedDisk disk;
  SnapshotFolder folder(disk.directory());
  ASSERT_TRUE(write(folder, 7, blocks_of('o')).ok());
  const auto permit = folder.begin();
  const auto late =
      folder.write(permit, LogPosition::of(9), [&](const SnapshotFolder::Put& put) -> Result<Done> {
        TRY(put({"about", "n"}));
        TRY(folder.erase_all());
        EXPECT_TRUE(disk.directory()->list()->empty()) << "of what is half written too";
        return put({"people", "n"});
      });
  EXPECT_EQ(late.error().code, Code::kConflict);
  EXPECT_TRUE(disk.directory()->list()->empty());
  ASSERT_TRUE(write(folder, 9, blocks_of('n')).ok()) << "a copy made after it may be written";
  Rng rng(1);
  ASSERT_TRUE(folder.erase_all().ok());
  disk.lose_power(rng);
  EXPECT_TRUE(disk.directory()->list()->empty()) << "the deletion is durable";
}

// The event log is on the same disk.
TEST(SnapshotFolder, AFullDiskIsLeftTheRoomThatThereWas) {
  SimulatedDisk disk;
  SnapshotFolder folder(disk.directory());
  ASSERT_TRUE(write(folder, 7, blocks_of('o')).ok());
  const auto names = disk.directory()->list().value();
  DiskFaults full;
  full.bytes_max = disk.read(names.front()).size() + 2'000;
  disk.set_faults(full);
  EXPECT_EQ(write(folder, 9, blocks_of('n')).error().code, Code::kUnavailable);
  EXPECT_EQ(disk.directory()->list().value(), names) << "nothing half written";

  disk.write("unfinished", std::as_bytes(std::span("of a process that was killed")));
  const SnapshotFolder next(disk.directory());
  EXPECT_EQ(disk.directory()->list().value(), names);
}

// Whatever step is the last, and whether or not the power fails with it.
TEST(SnapshotFolder, AWriteThatIsKilledLeavesTheOldOrTheNewWhole) {
  int kills = 0;
  for (bool finished = false; !finished; ++kills) {
    for (uint64_t seed = 0; seed < 40; ++seed) {
      SimulatedDisk disk;
      SnapshotFolder before(disk.directory());
      ASSERT_TRUE(write(before, 7, blocks_of('o')).ok());
      SnapshotFolder killed(std::make_unique<KilledBefore>(disk.directory(), kills));
      const bool written = write(killed, 9, blocks_of('n')).ok();
      finished = written;
      Rng rng(seed);
      if (seed % 2 == 1) disk.lose_power(rng);

      std::vector<std::string> aside;
      SnapshotFolder after(disk.directory());
      const char found = found_in(after, aside);
      ASSERT_TRUE(found == 'o' || found == 'n') << "killed before change " << kills << ", seed " << seed;
      if (written) {
        ASSERT_EQ(found, 'n');
      }
      ASSERT_TRUE(aside.empty()) << aside.front();
      ASSERT_TRUE(write(after, 9, blocks_of('n')).ok());
      ASSERT_THAT(disk.directory()->list().value(), SizeIs(1)) << "what was left over is removed";
    }
  }
  EXPECT_GT(kills, 12) << "every step was tried";
}

}  // namespace
}  // namespace modiste
