// What the store of profiles on a disk promises beside the contract of all stores: nothing of an erased
// person is left, the files do not grow with the changes, and a snapshot is whole whenever the process stops.
#include "storage/profile_files/file_profile_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/rng.h"
#include "io/killed_directory.h"
#include "io/simulated_files.h"
#include "style/state_format.h"

namespace modiste {
namespace {

using Blocks = std::vector<SnapshotBlock>;
using Profiles = std::map<std::string, uint64_t>;  // hash of the bytes, by person

// Of each shard only the latest profile stays in memory; segments of some profiles each.
constexpr FileProfileStoreOptions kForgetful{
    .profiles_in_memory = 0, .rewrite_below = 0.5, .rewrites_max = 8, .segments = {.segment_bytes = 2'000}};

// The person's garments are their number, and enough of them that the profile is packed.
ShopperFold profile_of(int number) {
  ShopperFold fold(static_cast<uint32_t>(number));
  for (int i = 0; i < 60; ++i)
    fold.base->liked.push_back({static_cast<Slot>(number + i), EventType::kSave, {}});
  fold.current = fold.base;
  return fold;
}

uint64_t hash_of(const ShopperFold& fold) {
  std::string bytes;
  write_fold(bytes, fold);
  return hash64(bytes);
}

Profiles all_of(const FileProfileStore& store) {
  Profiles profiles;
  const auto visited =
      store.for_each([&](const std::string& person, const ShopperFold& fold) -> Result<Done> {
        profiles[person] = hash_of(fold);
        return kOk;
      });
  EXPECT_TRUE(visited.ok()) << visited.error().message();
  return profiles;
}

Result<Blocks> blocks_of(ProfileCut& cut) {
  Blocks blocks;
  TRY(cut.write([&](const SnapshotBlock& block) -> Result<Done> {
    blocks.push_back(block);
    return kOk;
  }));
  return blocks;
}

size_t bytes_on(SimulatedDisk& disk) {
  size_t bytes = 0;
  const auto names = disk.directory()->list().value();
  for (const auto& name : names) bytes += disk.read(name).size();
  return bytes;
}

bool is_on(SimulatedDisk& disk, std::string_view text) {
  const auto names = disk.directory()->list().value();
  for (const auto& name : names) {
    const auto bytes = disk.read(name);
    if (std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find(text) !=
        std::string_view::npos)
      return true;
  }
  return false;
}

// Puts `persons` profiles of a generation, which pushes earlier ones to the disk.
void put_all(FileProfileStore& store, int persons, int generation) {
  for (int i = 0; i < persons; ++i)
    ASSERT_TRUE(store.put(fmt::format("person {:04}", i), profile_of(generation * 1'000 + i)).ok());
}

TEST(FileProfileStore, NothingOfAnErasedPersonIsLeft) {
  SimulatedDisk disk;
  FileProfileStore store(disk.directory(), kForgetful);
  put_all(store, 300, 0);
  auto snapshot = store.cut().value();
  ASSERT_TRUE(blocks_of(*snapshot).ok());
  ASSERT_TRUE(snapshot->kept().ok());
  put_all(store, 300, 1);  // so that two versions of each are on the disk
  ASSERT_TRUE(is_on(disk, "person 0017"));
  ASSERT_TRUE(store.remove("person 0017").value());
  EXPECT_TRUE(is_on(disk, "person 0017")) << "another person may have become theirs";
  ASSERT_TRUE(store.erase("person 0017").ok());
  EXPECT_FALSE(is_on(disk, "person 0017"));
  EXPECT_TRUE(is_on(disk, "person 0018"));
  EXPECT_EQ(all_of(store).size(), 299u);
}

TEST(FileProfileStore, AnErasureThatTheDiskRefusesCanBeRepeated) {
  SimulatedDisk disk;
  FileProfileStore store(disk.directory(), kForgetful);
  put_all(store, 300, 0);
  ASSERT_TRUE(store.cut().ok());
  disk.set_faults({.failing_syncs = 1});
  EXPECT_EQ(store.erase("person 0017").error().code, Code::kUnavailable);
  ASSERT_TRUE(store.erase("person 0017").ok());
  EXPECT_FALSE(is_on(disk, "person 0017"));
  Rng rng(7);
  disk.lose_power(rng);
  EXPECT_FALSE(is_on(disk, "person 0017")) << "overwritten durably";
}

TEST(FileProfileStore, FilesDoNotGrowWithTheChanges) {
  SimulatedDisk disk;
  FileProfileStore store(disk.directory(), kForgetful);
  size_t once = 0;
  for (int generation = 0; generation < 40; ++generation) {
    // Some change seldom, so that segments are never all of one age.
    put_all(store, generation % 4 == 0 ? 300 : 100, generation);
    auto snapshot = store.cut().value();
    ASSERT_TRUE(blocks_of(*snapshot).ok());
    ASSERT_TRUE(snapshot->kept().ok());
    if (once == 0) once = bytes_on(disk);
  }
  EXPECT_LT(bytes_on(disk), 3 * once);
  EXPECT_EQ(all_of(store).at("person 0250"), hash_of(profile_of(36'250)));
  EXPECT_EQ(all_of(store).at("person 0050"), hash_of(profile_of(39'050)));
}

TEST(FileProfileStore, AFullDiskKeepsProfilesInMemory) {
  SimulatedDisk disk;
  FileProfileStore store(disk.directory(), kForgetful);
  put_all(store, 100, 0);
  disk.set_faults({.bytes_max = bytes_on(disk)});
  put_all(store, 200, 1);
  EXPECT_EQ(all_of(store).size(), 200u);
  EXPECT_EQ(store.cut().error().code, Code::kUnavailable);
  disk.set_faults({});
  const auto cut = store.cut();
  ASSERT_TRUE(cut.ok());
  const auto blocks = blocks_of(**cut).value();
  FileProfileStore again(disk.directory(), kForgetful);
  for (const auto& block : blocks) ASSERT_TRUE(again.restore(block).ok());
  EXPECT_EQ(all_of(again), all_of(store));
}

TEST(FileProfileStore, WhatIsDamagedIsToldAndMendedByAnotherPut) {
  SimulatedDisk disk;
  Blocks blocks;
  {
    FileProfileStore store(disk.directory(), kForgetful);
    put_all(store, 300, 0);
    blocks = blocks_of(*store.cut().value()).value();
  }
  const auto names = disk.directory()->list().value();
  for (const auto& name : names) {
    auto bytes = disk.read(name);
    bytes[bytes.size() / 2] ^= std::byte{1};
    disk.write(name, bytes);
  }
  FileProfileStore store(disk.directory(), kForgetful);
  for (const auto& block : blocks) ASSERT_TRUE(store.restore(block).ok());
  EXPECT_EQ(all_of(store).size(), 300 - names.size()) << "a visit passes over them";
  size_t damaged = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string person = fmt::format("person {:04}", i);
    const auto state = store.get(person);
    if (state.ok()) continue;
    ++damaged;
    EXPECT_EQ(state.error().code, Code::kCorrupt);
    ASSERT_TRUE(store.put(person, profile_of(i)).ok());
    EXPECT_TRUE(store.get(person).ok());
  }
  EXPECT_EQ(damaged, names.size());
}

// What is there after a stop: the last snapshot, and the erasures that the log has after it.
struct Durable {
  Blocks blocks;
  Profiles profiles;
  std::vector<std::string> erased;
};

Result<Done> start(FileProfileStore& store, const Durable& durable) {
  for (const auto& block : durable.blocks) TRY(store.restore(block));
  TRY(store.remove_earlier());
  for (const auto& person : durable.erased) TRY(store.erase(person));
  return kOk;
}

// A shop's life with snapshots, until its disk fails.
Result<Done> live(FileProfileStore& store, uint64_t seed, Durable& durable) {
  Rng rng(seed);
  TRY(start(store, durable));
  Profiles profiles = durable.profiles;
  for (int step = 1; step <= 120; ++step) {
    const std::string person = fmt::format("person {:04}", rng.below(90));
    if (rng.below(10) == 0) {
      durable.erased.push_back(person);
      durable.profiles.erase(person);
      profiles.erase(person);
      TRY(store.erase(person));
    } else {
      ShopperFold fold = profile_of(static_cast<int>(rng.below(10'000)));
      profiles[person] = hash_of(fold);
      TRY(store.put(person, std::move(fold)));
    }
    if (step % 30 != 0) continue;
    TRY_ASSIGN(const auto cut, store.cut());
    TRY_ASSIGN(auto blocks, blocks_of(*cut));
    durable = {std::move(blocks), profiles, {}};
    TRY(cut->kept());
  }
  return kOk;
}

TEST(FileProfileStore, ASnapshotIsWholeWheneverTheProcessStops) {
  bool lived = false;
  for (int changes = 0; !lived; changes += 7) {
    SCOPED_TRACE(fmt::format("killed before change {}", changes));
    SimulatedDisk disk;
    Durable durable;
    {
      FileProfileStore store(std::make_unique<KilledBefore>(disk.directory(), changes), kForgetful);
      lived = live(store, 7, durable).ok();
    }
    Rng rng(static_cast<uint64_t>(changes));
    if (changes % 2 == 0) disk.lose_power(rng);
    {
      FileProfileStore again(disk.directory(), kForgetful);
      const auto started = start(again, durable);
      ASSERT_TRUE(started.ok()) << started.error().message();
      ASSERT_EQ(all_of(again), durable.profiles);
    }
    // Another process goes on where the snapshot ended.
    FileProfileStore next(disk.directory(), kForgetful);
    ASSERT_TRUE(live(next, 8, durable).ok());
  }
}

}  // namespace
}  // namespace modiste
