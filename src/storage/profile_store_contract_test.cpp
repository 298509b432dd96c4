// What every store of profiles promises, wherever it keeps them.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "io/test_directory.h"
#include "storage/sqlite/sqlite_profile_store.h"
#include "style/memory_profile_store.h"
#include "style/state_format.h"

namespace modiste {
namespace {

struct Backend {
  const char* name;
  std::unique_ptr<ProfileStore> (*open)(const std::filesystem::path& file);
  bool lasts;  // whether it can be opened again with what it kept
};

std::unique_ptr<ProfileStore> open_memory(const std::filesystem::path&) {
  return std::make_unique<MemoryProfileStore>();
}
std::unique_ptr<ProfileStore> open_sqlite(const std::filesystem::path& file) {
  return SqliteProfileStore::open(file).value();
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

class ProfileStoreContract : public testing::TestWithParam<Backend> {
 protected:
  void put(std::vector<StoredProfile> profiles, LogPosition includes) {
    ASSERT_TRUE(store_->put_many(profiles, includes).ok());
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

  TestDirectory directory_;
  std::filesystem::path file_ = directory_.path() / "profiles.db";
  std::unique_ptr<ProfileStore> store_ = GetParam().open(file_);
};

TEST_P(ProfileStoreContract, BeginsEmpty) {
  EXPECT_EQ(store_->get("ada").value(), nullptr);
  EXPECT_TRUE(all().empty());
  EXPECT_EQ(store_->includes().value(), LogPosition::begin());
  EXPECT_FALSE(store_->erase("ada", LogPosition::begin()).value());
}

TEST_P(ProfileStoreContract, WhatIsPutIsThereWhole) {
  put({{"ada", some_fold(1)}, {"bea", some_fold(2)}}, LogPosition::of(10));
  EXPECT_EQ(*store_->get("ada").value(), *some_fold(1).current);
  EXPECT_EQ(all(), (std::map<std::string, std::string>{{"ada", bytes_of(some_fold(1))},
                                                       {"bea", bytes_of(some_fold(2))}}));
  put({{"ada", some_fold(3)}}, LogPosition::of(11));
  EXPECT_EQ(all().at("ada"), bytes_of(some_fold(3)));
  EXPECT_EQ(store_->includes().value(), LogPosition::of(11));
}

TEST_P(ProfileStoreContract, ManyAreReadInTheirOrder) {
  put({{"ada", some_fold(1)}, {"bea", some_fold(2)}}, LogPosition::of(10));
  const std::vector<std::string> persons{"bea", "nobody", "ada", "bea"};
  const auto states = store_->get_many(persons).value();
  ASSERT_EQ(states.size(), 4u);
  EXPECT_EQ(states[0]->likes, 2);
  EXPECT_EQ(states[1], nullptr);
  EXPECT_EQ(states[2]->likes, 1);
  EXPECT_EQ(states[3]->likes, 2);
  EXPECT_TRUE(store_->get_many({}).value().empty());
}

TEST_P(ProfileStoreContract, AnUpdateBeginsAProfileAndChangesIt) {
  const auto after = store_->update("ada", LogPosition::of(3), [](ShopperFold& fold) {
    EXPECT_EQ(bytes_of(fold), bytes_of(ShopperFold()));
    fold = some_fold(1);
  });
  EXPECT_EQ((*after)->likes, 1);
  const auto before = store_->get("ada").value();
  ASSERT_TRUE(store_
                  ->update("ada", LogPosition::of(4),
                           [](ShopperFold& fold) {
                             EXPECT_EQ(bytes_of(fold), bytes_of(some_fold(1)));
                             fold = some_fold(5);
                           })
                  .ok());
  EXPECT_EQ(store_->get("ada").value()->likes, 5);
  EXPECT_EQ(before->likes, 1) << "a reader keeps the state it started with";
  EXPECT_EQ(store_->includes().value(), LogPosition::of(4));
}

TEST_P(ProfileStoreContract, ErasedIsUnknown) {
  put({{"ada", some_fold(1)}, {"bea", some_fold(2)}}, LogPosition::of(10));
  EXPECT_TRUE(store_->erase("ada", LogPosition::of(12)).value());
  EXPECT_EQ(store_->get("ada").value(), nullptr);
  EXPECT_EQ(all().size(), 1u);
  EXPECT_EQ(store_->includes().value(), LogPosition::of(12));
  EXPECT_FALSE(store_->erase("ada", LogPosition::of(13)).value());
}

TEST_P(ProfileStoreContract, PositionsOnlyAdvance) {
  put({{"ada", some_fold(1)}}, LogPosition::of(255));
  put({{"ada", some_fold(2)}}, LogPosition::of(16));
  put({{"ada", some_fold(3)}}, LogPosition::begin());
  EXPECT_EQ(store_->includes().value(), LogPosition::of(255));
  put({}, LogPosition::of(256));
  EXPECT_EQ(store_->includes().value(), LogPosition::of(256));
}

TEST_P(ProfileStoreContract, TheVisitorsErrorStopsTheVisit) {
  put({{"ada", some_fold(1)}, {"bea", some_fold(2)}}, LogPosition::of(10));
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
        ASSERT_TRUE(store_->update(own, LogPosition::of(1), change).ok());
        ASSERT_TRUE(store_->update("everybody", LogPosition::of(1), change).ok());
        EXPECT_EQ(store_->get(own).value()->likes, i + 1);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(store_->get("everybody").value()->likes, kThreads * kChanges) << "no change is lost";
}

TEST_P(ProfileStoreContract, KeepsProfilesAndPositionAcrossARestart) {
  if (!GetParam().lasts) GTEST_SKIP() << "memory does not outlive its process";
  put({{"ada", some_fold(1)}}, LogPosition::of(10));
  store_.reset();
  store_ = GetParam().open(file_);
  EXPECT_EQ(all().at("ada"), bytes_of(some_fold(1)));
  EXPECT_EQ(store_->includes().value(), LogPosition::of(10));
}

INSTANTIATE_TEST_SUITE_P(All, ProfileStoreContract,
                         testing::Values(Backend{"Memory", open_memory, false},
                                         Backend{"Sqlite", open_sqlite, true}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
