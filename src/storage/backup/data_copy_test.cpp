#include "storage/backup/data_copy.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <fstream>

#include "io/atomic_write.h"
#include "io/read_file.h"
#include "io/test_directory.h"
#include "storage/backup/backup.h"
#include "storage/event_log/test_events.h"
#include "storage/open_storage.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

const CopyProgress kIgnore = [](uint64_t) -> Result<Done> { return kOk; };
const TimePoint kNow = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20));

class DataCopy : public testing::Test {
 protected:
  DataCopy() {
    storage_ = open_storage("file:" + data().string()).value();
    append(3, kNow - std::chrono::days(2));
    EXPECT_TRUE(storage_.sealed_log->seal(kNow).ok());
    append(4, kNow);
    EXPECT_TRUE(storage_.subjects->subjects(std::vector<Identifier>{{IdentifierKind::kUser, "ada"}}).ok());
    EXPECT_TRUE(write_atomically(data() / "images" / "0a.png", std::string("photo")).ok());
  }
  void append(int events, TimePoint at) {
    std::vector<Event> batch;
    for (int i = 0; i < events; ++i) batch.push_back(some_event(static_cast<size_t>(++last_)));
    EXPECT_TRUE(storage_.log->append(batch, at).ok());
  }
  [[nodiscard]] fs::path data() const { return directory_.path() / "data"; }
  [[nodiscard]] fs::path backup() const { return directory_.path() / "backup"; }
  [[nodiscard]] fs::path part() const { return directory_.path() / ".backup.modiste-part"; }
  [[nodiscard]] fs::path restored() const { return directory_.path() / "restored"; }
  static uint64_t events_of(const fs::path& folder) {
    auto storage = open_storage("file:" + folder.string());
    EXPECT_TRUE(storage.ok()) << storage.error().message();
    EXPECT_TRUE(storage->sealed_log->verify([](uint64_t) -> Result<Done> { return kOk; }).ok());
    return storage->sealed_log->size();
  }
  TestDirectory directory_;
  Storage storage_;
  int last_ = 0;
};

TEST_F(DataCopy, ABackupOfADirectoryInUseIsWholeAndRestores) {
  const auto made = make_backup(DataPaths(data()), backup(), kNow, kIgnore);
  ASSERT_TRUE(made.ok()) << made.error().message();
  EXPECT_EQ(made->events, 7U);
  append(1, kNow);
  const auto restoring = restore_backup(backup(), restored(), kIgnore);
  ASSERT_TRUE(restoring.ok()) << restoring.error().message();
  EXPECT_EQ(events_of(restored()), 7U);
  EXPECT_EQ(storage_.sealed_log->size(), 8U) << "the shop went on";
  EXPECT_EQ(*read_text_file(restored() / "images/0a.png"), "photo");
  auto twin = open_storage("file:" + restored().string()).value();
  EXPECT_EQ(*twin.subjects->find({IdentifierKind::kUser, "ada"}),
            *storage_.subjects->find({IdentifierKind::kUser, "ada"}));
}

TEST_F(DataCopy, NothingIsOverwritten) {
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  EXPECT_EQ(make_backup(DataPaths(data()), backup(), kNow, kIgnore).error().code, Code::kConflict);
  EXPECT_EQ(restore_backup(backup(), data(), kIgnore).error().code, Code::kConflict);
  EXPECT_EQ(make_backup(DataPaths(directory_.path() / "none"), restored(), kNow, kIgnore).error().code,
            Code::kNotFound);
}

TEST_F(DataCopy, OneThatFailsLeavesNothingAndTheNextIsWhole) {
  const auto stopped = make_backup(DataPaths(data()), backup(), kNow, [](uint64_t bytes) -> Result<Done> {
    if (bytes > 1'000) return Error{Code::kConflict, "stopped", "", ""};
    return kOk;
  });
  ASSERT_FALSE(stopped.ok());
  EXPECT_FALSE(fs::exists(backup()));
  EXPECT_FALSE(fs::exists(part())) << "a full disk would stay full";
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  EXPECT_FALSE(fs::exists(part()));
  ASSERT_TRUE(restore_backup(backup(), restored(), kIgnore).ok());
  EXPECT_EQ(events_of(restored()), 7U);
}

// Names of nightly backups are the time: none comes twice.
TEST_F(DataCopy, WhatAKilledOneLeftGoesWithTheNextOfAnyName) {
  const fs::path left = directory_.path() / ".20261119T030000Z.modiste-part";
  const fs::path held = directory_.path() / ".20261120T030000Z.modiste-part";
  for (const auto& part : {left, held}) ASSERT_TRUE(make_private_folder(part).ok());
  ASSERT_TRUE(write_atomically(left / "modiste.db", std::string(1'000, 'x')).ok());
  const auto other = open_descriptor(held, O_RDONLY | O_DIRECTORY);  // of a backup that is being made
  ASSERT_EQ(::flock(other->get(), LOCK_EX), 0);
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(held));
  EXPECT_EQ(
      make_backup(DataPaths(data()), directory_.path() / "20261120T030000Z", kNow, kIgnore).error().code,
      Code::kConflict)
      << "two of the same name";
}

TEST_F(DataCopy, AFolderOfTheCallersThatEndsInPartStays) {
  const fs::path theirs = backup().string() + ".part";
  fs::create_directories(theirs / "their own");
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  ASSERT_TRUE(restore_backup(backup(), restored(), kIgnore).ok());
  EXPECT_TRUE(fs::exists(theirs / "their own"));
}

// A shopper may take a piece out of the wardrobe, or be erased, while photos are copied.
TEST_F(DataCopy, APhotoThatGoesMeanwhileIsPassedOver) {
  ASSERT_TRUE(write_atomically(data() / "images" / "0b.png", std::string("photo")).ok());
  const auto made = make_backup(DataPaths(data()), backup(), kNow, [&](uint64_t) -> Result<Done> {
    if (fs::exists(part() / "images")) fs::remove(data() / "images/0b.png");
    return kOk;
  });
  ASSERT_TRUE(made.ok()) << made.error().message();
  EXPECT_TRUE(fs::exists(backup() / "images/0a.png"));
  EXPECT_FALSE(fs::exists(backup() / "images/0b.png"));
}

TEST_F(DataCopy, AModelThatIsPromotedMeanwhileIsWhole) {
  int version = 0;
  const auto publish = [&] {  // as the registry does
    const std::string number = std::to_string(++version);
    for (const std::string& file :
         {"ranker." + number + ".payload", "ranker." + number + ".json", std::string("ranker.champion.json")})
      ASSERT_TRUE(write_atomically(data() / "models" / file, number).ok());
  };
  publish();
  const auto made = make_backup(DataPaths(data()), backup(), kNow, [&](uint64_t) -> Result<Done> {
    if (fs::exists(part() / "models") && version == 1) publish();
    return kOk;
  });
  ASSERT_TRUE(made.ok()) << made.error().message();
  ASSERT_EQ(version, 2);
  const std::string champion = *read_text_file(backup() / "models/ranker.champion.json");
  for (const char* ending : {".json", ".payload"})
    EXPECT_TRUE(fs::exists(backup() / "models" / ("ranker." + champion + ending))) << champion;
}

// Where a disk is mounted, a folder can be neither renamed nor replaced; a job's backups lie below it.
TEST_F(DataCopy, RestoresIntoAnEmptyFolderThatStays) {
  ASSERT_TRUE(write_atomically(data() / "shop.json", std::string("{}")).ok());
  fs::create_directories(data() / "training");
  ASSERT_TRUE(write_atomically(data() / "training/schedule.json", std::string("{}")).ok());
  const fs::path folder = restored(), link = directory_.path() / "link";
  fs::create_directories(folder / "lost+found");
  fs::create_directories(folder / "backups");
  fs::create_directory_symlink(folder, link);
  struct stat before {
  }, after{};
  ASSERT_EQ(::stat(folder.c_str(), &before), 0);
  ASSERT_TRUE(make_backup(DataPaths(data()), folder / "backups/night", kNow, kIgnore).ok());
  const auto done = restore_backup(folder / "backups/night", link, kIgnore);
  ASSERT_TRUE(done.ok()) << done.error().message();
  ASSERT_EQ(::stat(folder.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_TRUE(fs::exists(folder / "backups/night/backup.json"));
  EXPECT_TRUE(fs::exists(folder / "shop.json"));
  EXPECT_TRUE(fs::exists(folder / "training/schedule.json"));
  EXPECT_EQ(events_of(folder), 7U);
}

TEST_F(DataCopy, AnInterruptedRestoreIsNotOpenedAndBegunAgain) {
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  const auto stopped = restore_backup(backup(), restored(), [](uint64_t bytes) -> Result<Done> {
    if (bytes > 1'000) return Error{Code::kConflict, "stopped", "", ""};
    return kOk;
  });
  ASSERT_FALSE(stopped.ok());
  fs::create_directory(restored() / "log");  // as if it had stopped among the last renames
  EXPECT_EQ(open_storage("file:" + restored().string()).error().code, Code::kConflict);
  ASSERT_TRUE(restore_backup(backup(), restored(), kIgnore).ok());
  EXPECT_EQ(events_of(restored()), 7U);
}

TEST_F(DataCopy, ADamagedBackupIsRefusedBeforeAnythingIsMade) {
  const auto made = make_backup(DataPaths(data()), backup(), kNow, kIgnore);
  ASSERT_TRUE(made.ok());
  for (const auto& file : made->files) {
    const auto path = backup() / file.path;
    if (file.bytes == 0) continue;
    const auto whole = read_file(path).value();
    auto flipped = whole;
    flipped[flipped.size() / 2] ^= std::byte{1};
    ASSERT_TRUE(write_atomically(path, flipped).ok());
    const auto refused = restore_backup(backup(), restored(), kIgnore);
    ASSERT_FALSE(refused.ok()) << file.path;
    EXPECT_EQ(refused.error().code, Code::kCorrupt) << file.path;
    EXPECT_FALSE(fs::exists(restored()));
    ASSERT_TRUE(write_atomically(path, whole).ok());
  }
  fs::remove(backup() / "images/0a.png");
  EXPECT_EQ(restore_backup(backup(), restored(), kIgnore).error().what, "a file of the backup is missing");
}

TEST_F(DataCopy, APathThatLeavesTheBackupIsRefused) {
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  auto manifest = from_json_text<BackupManifest>(*read_text_file(backup() / "backup.json")).value();
  manifest.files.push_back({"../data/lock", 1, std::string(64, '0')});
  ASSERT_TRUE(write_atomically(backup() / "backup.json", to_json_text(manifest)).ok());
  EXPECT_EQ(restore_backup(backup(), restored(), kIgnore).error().code, Code::kCorrupt);
}

TEST_F(DataCopy, ACopyForReadingHasNoPhotos) {
  ASSERT_TRUE(copy_for_reading(DataPaths(data()), restored()).ok());
  EXPECT_EQ(events_of(restored()), 7U);
  EXPECT_FALSE(fs::exists(restored() / "images/0a.png"));
}

}  // namespace
}  // namespace modiste
