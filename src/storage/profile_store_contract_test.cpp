// What every store of profiles promises, wherever it keeps them.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "io/simulated_files.h"
#include "storage/profile_files/file_profile_store.h"
#include "style/memory_profile_store.h"
#include "style/state_format.h"

namespace modiste {
namespace {

struct ProfilesBackend {
  const char* name;
  std::unique_ptr<ProfileStore> (*open)(SimulatedDisk& disk);
};

std::unique_ptr<ProfileStore> open_memory(SimulatedDisk&) { return std::make_unique<MemoryProfileStore>(); }
std::unique_ptr<ProfileStore> open_files(SimulatedDisk& disk) {
  return std::make_unique<FileProfileStore>(disk.directory());
}
// Of each shard only the latest profile stays in memory.
std::unique_ptr<ProfileStore> open_forgetful_files(SimulatedDisk& disk) {
  FileProfileStoreOptions forgetful;
  forgetful.profiles_in_memory = 0;
  return std::make_unique<FileProfileStore>(disk.directory(), forgetful);
}

// A fold that tells its number in every part.
ShopperFold some_fold(int number) {
  ShopperFold fold(static_cast<uint32_t>(number));
  fold.base->likes = number;
  fold.base->liked = {{static_cast<Slot>(number), EventType::kSave, {}}, {7, EventType::kLike, {}}};
  fold.recent.push_back({EventType::kSave, 99, 7, 0.8F, TimePoint(Micros(number)), 12.5F, true});
  auto current = std::make_shared<ShopperState>(*fold.base);
  current->saves = 1;
  fold.current = std::move(current);
  return fold;
}

std::string bytes_of(const ShopperFold& fold) {
  std::string bytes;
  write_fold(bytes, fold);
  return bytes;
}

class ProfileStoreContract : public testing::TestWithParam<ProfilesBackend> {
 protected:
  void put(const std::string& person, ShopperFold fold) {
    ASSERT_TRUE(store_->put(person, std::move(fold)).ok());
  }
  // As they are stored, by person.
  std::map<std::string, std::string> all() {
    std::map<std::string, std::string> profiles;
    EXPECT_TRUE(store_
                    ->for_each([&](const std::string& person, const ShopperFold& fold) -> Result<Done> {
                      EXPECT_TRUE(profiles.emplace(person, bytes_of(fold)).second) << "visited twice";
                      return kOk;
                    })
                    .ok());
    return profiles;
  }

  SimulatedDisk disk_;
  std::unique_ptr<ProfileStore> store_ = GetParam().open(disk_);
};

TEST_P(ProfileStoreContract, BeginsEmpty) {
  EXPECT_EQ(store_->get("ada").value(), nullptr);
  EXPECT_TRUE(all().empty());
  EXPECT_FALSE(store_->remove("ada").value());
  EXPECT_TRUE(store_->erase("ada").ok());
}

TEST_P(ProfileStoreContract, WhatIsPutIsThereWhole) {
  put("ada", some_fold(1));
  put("bea", some_fold(2));
  EXPECT_EQ(*store_->get("ada").value(), *some_fold(1).current);
  EXPECT_EQ(all(), (std::map<std::string, std::string>{{"ada", bytes_of(some_fold(1))},
                                                       {"bea", bytes_of(some_fold(2))}}));
  put("ada", some_fold(3));
  EXPECT_EQ(all().at("ada"), bytes_of(some_fold(3)));
}

TEST_P(ProfileStoreContract, AnUpdateBeginsAProfileAndChangesIt) {
  const auto after = store_->update("ada", [](ShopperFold& fold) {
    EXPECT_EQ(bytes_of(fold), bytes_of(ShopperFold()));
    fold = some_fold(1);
  });
  EXPECT_EQ((*after)->likes, 1);
  const auto before = store_->get("ada").value();
  ASSERT_TRUE(store_
                  ->update("ada",
                           [](ShopperFold& fold) {
                             EXPECT_EQ(bytes_of(fold), bytes_of(some_fold(1)));
                             fold = some_fold(5);
                           })
                  .ok());
  EXPECT_EQ(store_->get("ada").value()->likes, 5);
  EXPECT_EQ(before->likes, 1) << "a reader keeps the state it started with";
}

TEST_P(ProfileStoreContract, RemovedAndErasedAreUnknown) {
  put("ada", some_fold(1));
  put("bea", some_fold(2));
  put("cle", some_fold(3));
  EXPECT_TRUE(store_->remove("ada").value());
  EXPECT_EQ(store_->get("ada").value(), nullptr);
  EXPECT_FALSE(store_->remove("ada").value());
  EXPECT_TRUE(store_->erase("bea").ok());
  EXPECT_EQ(store_->get("bea").value(), nullptr);
  EXPECT_EQ(all().size(), 1u);
  put("ada", some_fold(4));
  EXPECT_EQ(store_->get("ada").value()->likes, 4);
}

TEST_P(ProfileStoreContract, TheVisitorsErrorStopsTheVisit) {
  put("ada", some_fold(1));
  put("bea", some_fold(2));
  size_t visited = 0;
  const auto done = store_->for_each([&](const std::string&, const ShopperFold&) -> Result<Done> {
    ++visited;
    return Error{Code::kInternal, "enough", "", ""};
  });
  EXPECT_EQ(done.error().what, "enough");
  EXPECT_EQ(visited, 1u);
}

TEST_P(ProfileStoreContract, ManyThreadsChangeAndRead) {
  constexpr int kThreads = 4, kChanges = 50;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      const std::string own = "person " + std::to_string(t);
      for (int i = 0; i < kChanges; ++i) {
        const auto change = [](ShopperFold& fold) { fold = some_fold(fold.base->likes + 1); };
        ASSERT_TRUE(store_->update(own, change).ok());
        ASSERT_TRUE(store_->update("everybody", change).ok());
        EXPECT_EQ(store_->get(own).value()->likes, i + 1);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(store_->get("everybody").value()->likes, kThreads * kChanges) << "no change is lost";
}

TEST_P(ProfileStoreContract, ACutIsTheStoreOfItsMoment) {
  for (int i = 0; i < 200; ++i) put("person " + std::to_string(i), some_fold(i));
  const auto before = all();
  const auto cut = store_->cut().value();
  put("person 7", some_fold(700));
  put("later", some_fold(800));
  std::vector<SnapshotBlock> blocks;
  ASSERT_TRUE(cut->write([&](const SnapshotBlock& block) -> Result<Done> {
                   blocks.push_back(block);
                   return kOk;
                 })
                  .ok());
  ASSERT_TRUE(cut->kept().ok());
  EXPECT_EQ(store_->get("person 7").value()->likes, 700);
  store_ = GetParam().open(disk_);
  for (const SnapshotBlock& block : blocks) ASSERT_TRUE(store_->restore(block).ok());
  EXPECT_EQ(all(), before);
  put("person 7", some_fold(900));
  EXPECT_EQ(store_->get("person 7").value()->likes, 900) << "a restored store goes on";
  EXPECT_EQ(store_->restore({"another", ""}).error().code, Code::kCorrupt);
}

INSTANTIATE_TEST_SUITE_P(All, ProfileStoreContract,
                         testing::Values(ProfilesBackend{"Memory", open_memory},
                                         ProfilesBackend{"Files", open_files},
                                         ProfilesBackend{"ForgetfulFiles", open_forgetful_files}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
