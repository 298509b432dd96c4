#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "storage/files/atomic_write.h"
#include "storage/files/data_directory.h"
#include "storage/files/file_input.h"
#include "storage/files/mapped_file.h"
#include "storage/test_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(directory_.path() / name, std::ios::binary) << text;
    return directory_.path() / name;
  }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] size_t file_count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(directory_.path()), {}));
  }
  TestDirectory directory_;
};

TEST_F(FilesTest, FileInputReadsInPieces) {
  auto input = FileInput::open(write("feed.csv", "sku,price\nA,1\n"));
  ASSERT_TRUE(input.ok());
  EXPECT_EQ(input->name(), "feed.csv");
  EXPECT_EQ(input->size(), 14u);
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

TEST_F(FilesTest, ADataDirectoryIsOneProcessesOwn) {
  const auto root = directory_.path() / "data";
  {
    const auto first = DataDirectory::open(root);
    ASSERT_TRUE(first.ok());
    for (const auto& path : {first->log(), first->models(), first->index(), first->images()})
      EXPECT_TRUE(fs::is_directory(path)) << path;
    const auto second = DataDirectory::open(root);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::kConflict);
    EXPECT_EQ(second.error().what, "the data directory is in use by process " + std::to_string(::getpid()));
  }
  EXPECT_TRUE(DataDirectory::open(root).ok()) << "free again";
}

TEST_F(FilesTest, TheLockFallsWithTheProcess) {
  const auto root = directory_.path() / "data";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    const auto held = DataDirectory::open(root);
    const char declared = held.ok() ? 'y' : 'n';
    if (::write(ends[1], &declared, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char declared = 0;
  ASSERT_EQ(::read(ends[0], &declared, 1), 1);
  EXPECT_EQ(declared, 'y');
  EXPECT_EQ(DataDirectory::open(root).error().what,
            "the data directory is in use by process " + std::to_string(pid));
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_TRUE(DataDirectory::open(root).ok());
}

TEST_F(FilesTest, ADataDirectoryThatCannotBeMadeIsToldClearly) {
  const auto error = DataDirectory::open(write("file", "") / "data").error();
  EXPECT_EQ(error.code, Code::kUnavailable);
  EXPECT_NE(error.where.find("data"), std::string::npos);
}

}  // namespace
}  // namespace modiste
