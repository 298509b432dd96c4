// What every registry of models promises, wherever it keeps them; and what a disk that fails leaves of one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>

#include "base/rng.h"
#include "io/killed_directory.h"
#include "io/posix_files.h"
#include "io/simulated_files.h"
#include "io/test_directory.h"
#include "learning/registry/folder_registry.h"

namespace modiste {
namespace {

using testing::HasSubstr;

constexpr TimePoint kNow{std::chrono::seconds(1'790'000'000)};

struct Subject {
  std::shared_ptr<void> ground;
  std::function<std::unique_ptr<ModelRegistry>()> open;
  // Replaces a file of the registry, as an accident or a stranger would.
  std::function<void(const std::string& file, const std::string& text)> spoil;
};

struct Backend {
  const char* name;
  Subject (*make)();
};

Subject make_simulated() {
  auto disk = std::make_shared<SimulatedDisk>();
  return {disk, [disk] { return std::make_unique<FolderRegistry>(disk->directory()); },
          [disk](const std::string& file, const std::string& text) {
            disk->write(file, std::as_bytes(std::span(text)));
          }};
}

Subject make_posix() {
  auto directory = std::make_shared<TestDirectory>();
  return {
      directory,
      [directory] {
        return std::make_unique<FolderRegistry>(PosixDirectory::open_or_create(directory->path()).value());
      },
      [directory](const std::string& file, const std::string& text) {
        std::ofstream(directory->path() / file, std::ios::binary) << text;
      }};
}

ModelDraft draft(const std::string& name = "occasions") {
  return {name, "modiste-context-model", "600 rentals", {{"l2", 10}}, {{"log_loss", 1.25}}};
}

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }
std::string text_of(const StoredModel& model) {
  return {reinterpret_cast<const char*>(model.payload.data()), model.payload.size()};
}

class ModelRegistryContract : public testing::TestWithParam<Backend> {
 protected:
  int publish(const std::string& payload, const std::string& name = "occasions") {
    const auto manifest = registry_->publish(draft(name), bytes_of(payload), kNow);
    EXPECT_TRUE(manifest.ok()) << manifest.error().message();
    return manifest->version;
  }
  Result<Done> promote(int version) {
    return registry_->set_alias("occasions", ModelAlias::kChampion, version, kNow);
  }
  int champion() { return registry_->version_of("occasions", ModelAlias::kChampion).value(); }

  Subject ground_ = GetParam().make();
  std::unique_ptr<ModelRegistry> registry_ = ground_.open();
};

TEST_P(ModelRegistryContract, BeginsEmpty) {
  EXPECT_TRUE(registry_->list()->empty());
  EXPECT_EQ(champion(), 0);
  EXPECT_EQ(registry_->read("occasions", 1).error().code, Code::kNotFound);
  EXPECT_FALSE(read_alias(*registry_, "occasions", ModelAlias::kChampion)->has_value());
}

TEST_P(ModelRegistryContract, APublishedVersionIsThereWholeForWhoeverOpensItNext) {
  EXPECT_EQ(publish("first"), 1);
  EXPECT_EQ(publish(std::string(100'000, 'x')), 2);
  EXPECT_EQ(publish("", "encoder"), 1) << "each name counts for itself";
  registry_ = ground_.open();
  const auto first = registry_->read("occasions", 1);
  ASSERT_TRUE(first.ok()) << first.error().message();
  EXPECT_EQ(text_of(*first), "first");
  const ModelManifest& manifest = first->manifest;
  EXPECT_EQ(manifest.created_at, kNow);
  EXPECT_EQ(manifest.kind, "modiste-context-model");
  EXPECT_EQ(manifest.trained_on, "600 rentals");
  EXPECT_EQ(manifest.settings.at("l2"), 10);
  EXPECT_EQ(manifest.metrics.at("log_loss"), 1.25);
  EXPECT_EQ(manifest.sha256, "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
  EXPECT_EQ(registry_->read("occasions", 2)->payload.size(), 100'000U);
  const auto list = registry_->list();
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ(list->at(0).name, "encoder");
  EXPECT_EQ(list->at(2).version, 2);
  EXPECT_EQ(list->at(2).manifest->bytes, 100'000U);
}

TEST_P(ModelRegistryContract, OldVersionsGoButForThoseThatAnAliasNames) {
  publish("first");
  publish("second");
  ASSERT_TRUE(promote(1).ok());
  ASSERT_TRUE(registry_->set_alias("occasions", ModelAlias::kChallenger, 2, kNow).ok());
  publish("", "encoder");
  const int latest = 4 + static_cast<int>(kVersionsKept);
  for (int version = 3; version <= latest; ++version) EXPECT_EQ(publish("later"), version);
  registry_ = ground_.open();
  EXPECT_EQ(text_of(*registry_->read("occasions", 1)), "first");
  EXPECT_EQ(text_of(*registry_->read("occasions", 2)), "second");
  EXPECT_EQ(registry_->read("occasions", 3).error().code, Code::kNotFound);
  EXPECT_EQ(registry_->read("occasions", 4).error().code, Code::kNotFound);
  EXPECT_TRUE(registry_->read("occasions", 5).ok());
  EXPECT_TRUE(registry_->read("occasions", latest).ok());
  EXPECT_EQ(registry_->list()->size(), kVersionsKept + 3) << "with the encoder, which counts for itself";
}

TEST_P(ModelRegistryContract, AliasesPointAtVersionsAndGoBack) {
  publish("first");
  publish("second");
  ASSERT_TRUE(promote(2).ok());
  ASSERT_TRUE(registry_->set_alias("occasions", ModelAlias::kChallenger, 1, kNow).ok());
  registry_ = ground_.open();
  EXPECT_EQ(champion(), 2);
  EXPECT_EQ(registry_->version_of("occasions", ModelAlias::kChallenger).value(), 1);
  EXPECT_EQ(text_of(**read_alias(*registry_, "occasions", ModelAlias::kChampion)), "second");
  ASSERT_TRUE(promote(1).ok());
  EXPECT_EQ(champion(), 1);
  ASSERT_TRUE(promote(0).ok());
  EXPECT_FALSE(read_alias(*registry_, "occasions", ModelAlias::kChampion)->has_value());
  EXPECT_EQ(registry_->version_of("encoder", ModelAlias::kChampion).value(), 0);
}

TEST_P(ModelRegistryContract, RefusesWhatItDoesNotHaveAndNamesThatAreNone) {
  publish("first");
  EXPECT_EQ(promote(2).error().code, Code::kNotFound);
  EXPECT_THAT(promote(2).error().message(), HasSubstr("occasions has no version 2"));
  EXPECT_EQ(champion(), 0);
  for (const char* name : {"", "Occasions", "a.b", "../a", "a/b", "7", "a b"}) {
    EXPECT_EQ(registry_->publish(draft(name), {}, kNow).error().code, Code::kInvalid) << name;
    EXPECT_EQ(registry_->read(name, 1).error().code, Code::kInvalid) << name;
    EXPECT_EQ(registry_->version_of(name, ModelAlias::kChampion).error().code, Code::kInvalid) << name;
  }
}

TEST_P(ModelRegistryContract, ADamagedVersionIsRefusedByNameAndNeverBecomesChampion) {
  for (const char* payload : {"first", "second", "third", "fourth", "fifth"}) publish(payload);
  ASSERT_TRUE(promote(1).ok());
  ground_.spoil("occasions.2.payload", "secOnd");
  ground_.spoil("occasions.3.payload", "thi");
  ground_.spoil("occasions.4.json", "{\"format_version\":1");
  ground_.spoil("occasions.5.json", R"({"format_version":2,"name":"occasions","version":5,"kind":"k",)"
                                    R"("created_at":"2026-11-21T09:30:00Z","bytes":5,"sha256":""})");
  for (const int version : {2, 3, 4, 5}) {
    const auto refused = promote(version);
    ASSERT_FALSE(refused.ok()) << version;
    EXPECT_EQ(refused.error().code, Code::kCorrupt) << version;
    EXPECT_THAT(refused.error().message(), HasSubstr("occasions." + std::to_string(version)));
  }
  EXPECT_EQ(champion(), 1);
  EXPECT_EQ(registry_->list()->size(), 5U) << "what is damaged is shown as that";
  EXPECT_FALSE(registry_->list()->at(3).manifest.ok());
  EXPECT_EQ(publish("sixth"), 6);
  ground_.spoil("occasions.champion.json", "7");
  EXPECT_EQ(registry_->version_of("occasions", ModelAlias::kChampion).error().code, Code::kCorrupt);
}

TEST_P(ModelRegistryContract, ManyPublishAndReadAtOnce) {
  publish("0");
  ASSERT_TRUE(promote(1).ok());
  constexpr int kWriters = 3, kEach = 8;
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int reader = 0; reader < 2; ++reader)
    threads.emplace_back([&] {
      while (!done) {
        const auto model = read_alias(*registry_, "occasions", ModelAlias::kChampion);
        if (!model.ok() || !model->has_value()) ++wrong;
      }
    });
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&] {
      const auto own = ground_.open();  // as another process would
      for (int i = 0; i < kEach; ++i) {
        const auto made = own->publish(draft(), bytes_of(std::to_string(i)), kNow);
        if (!made.ok() || !own->set_alias("occasions", ModelAlias::kChampion, made->version, kNow).ok())
          ++wrong;
      }
    });
  for (auto& thread : writers) thread.join();
  done = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(registry_->list()->size(), 1U + kWriters * kEach) << "every version has a number of its own";
}

INSTANTIATE_TEST_SUITE_P(Backends, ModelRegistryContract,
                         testing::Values(Backend{"simulated", make_simulated}, Backend{"posix", make_posix}),
                         [](const auto& backend) { return std::string(backend.param.name); });

// Whatever step is the last, and whether or not the power fails with it.
TEST(FolderRegistryFaults, APublicationThatIsKilledLeavesTheOldOrTheNewWhole) {
  const std::string old_payload(2'000, 'o'), new_payload(3'000, 'n');
  int kills = 0;
  for (bool finished = false; !finished; ++kills) {
    for (uint64_t seed = 0; seed < 40; ++seed) {
      SimulatedDisk disk;
      FolderRegistry before(disk.directory());
      ASSERT_TRUE(before.publish(draft(), bytes_of(old_payload), kNow).ok());
      ASSERT_TRUE(before.set_alias("occasions", ModelAlias::kChampion, 1, kNow).ok());
      FolderRegistry killed(std::make_unique<KilledBefore>(disk.directory(), kills));
      const auto published = killed.publish(draft(), bytes_of(new_payload), kNow);
      const bool promoted =
          published.ok() && killed.set_alias("occasions", ModelAlias::kChampion, 2, kNow).ok();
      finished = promoted;
      Rng rng(seed);
      if (seed % 2 == 1) disk.lose_power(rng);

      FolderRegistry after(disk.directory());
      ASSERT_EQ(text_of(after.read("occasions", 1).value()), old_payload);
      const auto second = after.read("occasions", 2);
      if (second.ok()) {
        ASSERT_EQ(text_of(*second), new_payload);
      } else {
        ASSERT_EQ(second.error().code, Code::kNotFound) << "half of a version: " << second.error().message();
        ASSERT_FALSE(published.ok()) << "an acknowledged version is gone";
      }
      const auto champion = read_alias(after, "occasions", ModelAlias::kChampion);
      ASSERT_TRUE(champion.ok() && champion->has_value()) << "killed before change " << kills;
      if (promoted) {
        ASSERT_EQ((*champion)->manifest.version, 2);
      }
      const auto next = after.publish(draft(), bytes_of("next"), kNow);
      ASSERT_TRUE(next.ok()) << next.error().message();
      ASSERT_EQ(text_of(after.read("occasions", next->version).value()), "next");
      const auto files = disk.directory()->list();
      for (const auto& file : *files) ASSERT_FALSE(file.ends_with(".new")) << "what was left over is removed";
    }
  }
  EXPECT_GT(kills, 12) << "every step was tried";
}

TEST(FolderRegistryFaults, AFullDiskIsToldAndChangesNothing) {
  SimulatedDisk disk;
  FolderRegistry registry(disk.directory());
  ASSERT_TRUE(registry.publish(draft(), bytes_of("first"), kNow).ok());
  disk.set_faults({.bytes_max = 1'000});
  const auto full = registry.publish(draft(), bytes_of(std::string(5'000, 'x')), kNow);
  EXPECT_EQ(full.error().code, Code::kUnavailable);
  disk.set_faults({});
  EXPECT_EQ(registry.list()->size(), 1U);
  EXPECT_EQ(registry.publish(draft(), bytes_of("second"), kNow)->version, 2);
}

}  // namespace
}  // namespace modiste
