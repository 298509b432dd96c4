#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "io/test_directory.h"
#include "storage/files/data_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(directory_.path() / name, std::ios::binary) << text;
    return directory_.path() / name;
  }
  TestDirectory directory_;
};

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

TEST_F(FilesTest, AHalfRestoredDataDirectoryIsNotOpened) {
  const auto root = directory_.path() / "data";
  fs::create_directories(root / kRestoringName);
  const auto error = DataDirectory::open(root).error();
  EXPECT_EQ(error.code, Code::kConflict);
  EXPECT_EQ(error.what, "a restore of the data directory has not ended");
  EXPECT_FALSE(fs::exists(root / "log"));
}

TEST_F(FilesTest, ADataDirectoryThatCannotBeMadeIsToldClearly) {
  const auto error = DataDirectory::open(write("file", "") / "data").error();
  EXPECT_EQ(error.code, Code::kUnavailable);
  EXPECT_NE(error.where.find("data"), std::string::npos);
}

}  // namespace
}  // namespace modiste
