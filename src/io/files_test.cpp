#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "io/atomic_write.h"
#include "io/file_input.h"
#include "io/mapped_file.h"
#include "io/posix_files.h"
#include "io/read_file.h"
#include "io/simulated_files.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(directory_.path() / name, std::ios::binary) << text;
    return directory_.path() / name;
  }
  static std::string read(const fs::path& path) { return read_text_file(path).value(); }
  [[nodiscard]] size_t file_count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(directory_.path()), {}));
  }
  TestDirectory directory_;
};

TEST_F(FilesTest, WholeFilesAreReadWithinALimit) {
  const auto path = write("file", std::string(5'000, 'f'));
  EXPECT_EQ(read_text_file(path).value(), std::string(5'000, 'f'));
  EXPECT_EQ(read_file(path)->size(), 5'000u);
  EXPECT_TRUE(read_file(write("empty", ""))->empty());
  EXPECT_TRUE(read_file(path, 5'000).ok());
  const auto refused = read_file(path, 4'999).error();
  EXPECT_EQ(refused.code, Code::kInvalid);
  EXPECT_EQ(refused.where, path.string());
  // Their size is 0 for the system.
  EXPECT_GT(read_text_file("/proc/self/maps")->size(), 100u);
  EXPECT_EQ(read_file("/proc/self/maps", 100).error().code, Code::kInvalid);
  EXPECT_EQ(read_file(directory_.path() / "missing").error().code, Code::kNotFound);
  EXPECT_EQ(read_file(directory_.path()).error().code, Code::kInvalid);
}

TEST_F(FilesTest, AFolderIsReadByName) {
  write("weights", "w");
  const auto reader = folder_reader(directory_.path());
  const auto bytes = reader("weights").value();
  EXPECT_EQ(bytes.size(), 1u);
  write("weights", "changed");
  EXPECT_EQ(reader("weights")->data(), bytes.data()) << "what was read stays as it was";
  EXPECT_EQ(reader("none").error().code, Code::kNotFound);
}

TEST_F(FilesTest, FileInputReadsInPieces) {
  auto input = FileInput::open(write("feed.csv", "sku,price\nA,1\n"));
  ASSERT_TRUE(input.ok());
  EXPECT_EQ(input->name(), "feed.csv");
  std::string all;
  std::array<char, 5> piece{};
  while (true) {
    const size_t count = input->read(piece).value();
    if (count == 0) break;
    all.append(piece.data(), count);
  }
  EXPECT_EQ(all, "sku,price\nA,1\n");
  EXPECT_EQ(input->read(piece).value(), 0u);
}

TEST_F(FilesTest, FileInputRefusesWhatIsNoFile) {
  EXPECT_EQ(FileInput::open(directory_.path() / "missing").error().code, Code::kNotFound);
  EXPECT_EQ(FileInput::open(directory_.path()).error().code, Code::kInvalid);
}

TEST_F(FilesTest, MappedFileHoldsTheBytesPastReplacement) {
  const auto path = write("weights", std::string(10'000, 'w'));
  auto mapped = MappedFile::open(path);
  ASSERT_TRUE(mapped.ok());
  ASSERT_TRUE(write_atomically(path, "new").ok());
  EXPECT_EQ(mapped->bytes().size(), 10'000u);
  EXPECT_EQ(mapped->bytes()[9'999], std::byte{'w'});
  MappedFile moved = std::move(mapped).value();
  EXPECT_EQ(moved.bytes().size(), 10'000u);
  EXPECT_TRUE(MappedFile::open(write("empty", ""))->bytes().empty());
  EXPECT_EQ(MappedFile::open(directory_.path() / "missing").error().code, Code::kNotFound);
  EXPECT_EQ(MappedFile::open(directory_.path()).error().code, Code::kInvalid);
}

TEST_F(FilesTest, AtomicWriteReplacesAndLeavesNothingBeside) {
  const auto path = write("file", "old");
  ASSERT_TRUE(write_atomically(path, std::string(100'000, 'n')).ok());
  EXPECT_EQ(read(path), std::string(100'000, 'n'));
  EXPECT_EQ(file_count(), 1u);
  fs::create_directory(directory_.path() / "taken");
  EXPECT_EQ(write_atomically(directory_.path() / "taken", "x").error().code, Code::kUnavailable);
  EXPECT_EQ(file_count(), 2u) << "the temporary file is gone";
  EXPECT_FALSE(write_atomically(directory_.path() / "no" / "such", "x").ok());
}

// What the registry of models builds on, on the real disk and the simulated one.
void rename_and_lock(Directory& directory) {
  const auto put = [&](std::string_view name, const std::string& text) {
    const auto file = directory.create_empty(name).value();
    EXPECT_TRUE(write_all(*file, 0, std::as_bytes(std::span(text))).ok());
  };
  put("old", "old");
  put("new", "newer");
  const auto held = directory.open("old").value();
  ASSERT_TRUE(directory.rename("new", "old").ok());
  EXPECT_EQ(held->size().value(), 3U) << "who has the old file open keeps it";
  EXPECT_EQ(directory.open("old").value()->size().value(), 5U);
  EXPECT_EQ(directory.open("new").error().code, Code::kNotFound);
  EXPECT_EQ(directory.rename("new", "old").error().code, Code::kNotFound);

  auto lock = directory.lock("lock").value();
  std::atomic<bool> second = false;
  std::thread waiter([&] {
    const auto mine = directory.lock("lock");
    second = mine.ok();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(second);
  lock.reset();
  waiter.join();
  EXPECT_TRUE(second);
}

TEST_F(FilesTest, ARealDirectoryRenamesAndLocks) {
  rename_and_lock(*PosixDirectory::open_or_create(directory_.path()).value());
}

TEST(SimulatedFiles, ASimulatedDirectoryRenamesAndLocks) {
  SimulatedDisk disk;
  rename_and_lock(*disk.directory());
}

// A service's data directory, in which root calls a command.
TEST_F(FilesTest, WhatRootMakesBelongsToTheOwnerOfTheFolder) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make files for others";
  constexpr uid_t kService = 12'345;
  const auto owner = [](const fs::path& path) {
    struct stat status {};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
    return status.st_uid;
  };
  const fs::path data = directory_.path() / "data", secret = write("secret", "of root");
  fs::create_directory(data);
  ASSERT_EQ(::chown(data.c_str(), kService, kService), 0);
  ASSERT_TRUE(write_atomically(data / "shop.json", "{}").ok());
  ASSERT_TRUE(make_folders(data / "features" / "2026-11-30").ok());
  ASSERT_TRUE(make_private_folder(data / "backups" / "night" / "").ok());
  ASSERT_TRUE(PosixDirectory::open_or_create(data / "index").ok());
  ASSERT_TRUE(open_descriptor(data / "lock", O_RDWR | O_CREAT).ok());
  for (const char* made :
       {"shop.json", "features", "features/2026-11-30", "backups", "backups/night", "index", "lock"})
    EXPECT_EQ(owner(data / made), kService) << made;
  EXPECT_EQ(fs::status(data / "backups/night").permissions(), fs::perms::owner_all);

  // A service that was taken over gets nothing of root's by a link.
  fs::create_symlink(secret, data / "soft");
  fs::create_hard_link(secret, data / "hard");
  for (const char* link : {"soft", "hard"}) {
    ASSERT_TRUE(open_descriptor(data / link, O_RDWR | O_CREAT).ok());
    EXPECT_EQ(owner(secret), 0U) << link;
  }
}

TEST_F(FilesTest, AFolderThatCannotBeMadeIsAnError) {
  const auto file = write("file", "");
  EXPECT_EQ(make_folders(file / "below").error().code, Code::kUnavailable);
  EXPECT_EQ(make_private_folder(file).error().code, Code::kUnavailable);
  EXPECT_TRUE(make_folders(directory_.path() / "a/b/").ok());
  EXPECT_TRUE(make_folders("").ok()) << "where the process stands";
}

// After a power cut the name holds the old file or the new one, whole: the new one was synced.
TEST(SimulatedFiles, ARenameSurvivesAPowerCutWholeOrNotAtAll) {
  std::set<size_t> sizes;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SimulatedDisk disk;
    disk.write("file", std::vector<std::byte>(10));
    const auto directory = disk.directory();
    {
      const auto beside = directory->create_empty("beside").value();
      ASSERT_TRUE(write_all(*beside, 0, std::vector<std::byte>(2'000)).ok());
      ASSERT_TRUE(beside->sync().ok());
    }
    ASSERT_TRUE(directory->rename("beside", "file").ok());
    if (seed % 4 == 0) {
      ASSERT_TRUE(directory->sync_names().ok());
    }
    Rng rng(seed);
    disk.lose_power(rng);
    sizes.insert(disk.read("file").size());
    if (seed % 4 == 0) {
      ASSERT_EQ(disk.read("file").size(), 2'000U);
    }
  }
  EXPECT_EQ(sizes, (std::set<size_t>{10, 2'000}));
}

}  // namespace
}  // namespace modiste
