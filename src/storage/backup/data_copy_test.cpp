#include "storage/backup/data_copy.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/atomic_write.h"
#include "io/read_file.h"
#include "io/test_directory.h"
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
  [[nodiscard]] fs::path restored() const { return directory_.path() / "restored"; }
  static uint64_t events_of(const fs::path& folder) {
    auto storage = open_storage("file:" + folder.string());
    EXPECT_TRUE(storage.ok()) << storage.error().message();
    EXPECT_TRUE(storage->sealed_log->verify([](uint64_t) {}).ok());
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

TEST_F(DataCopy, AnInterruptedOneLeavesNoBackupAndTheNextIsWhole) {
  const auto stopped = make_backup(DataPaths(data()), backup(), kNow, [](uint64_t bytes) -> Result<Done> {
    if (bytes > 1'000) return Error{Code::kConflict, "stopped", "", ""};
    return kOk;
  });
  ASSERT_FALSE(stopped.ok());
  EXPECT_FALSE(fs::exists(backup()));
  ASSERT_TRUE(make_backup(DataPaths(data()), backup(), kNow, kIgnore).ok());
  EXPECT_FALSE(fs::exists(backup().string() + ".part"));
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
