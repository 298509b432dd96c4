#include "io/termination.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>

#include "io/test_directory.h"

namespace modiste {
namespace {

TEST(AtTermination, RunsWhatIsRegisteredAndEndsTheProcessAsTheSignalDoes) {
  const TestDirectory directory;
  const auto file = [&](const char* name) { return directory.path() / name; };
  for (const int signal : {SIGTERM, SIGINT}) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      std::optional<AtTermination> over([&] { std::ofstream(file("over")) << "x"; });
      over.reset();
      const AtTermination first([&] { std::filesystem::rename(file("second"), file("first")); });
      const AtTermination second([&] { std::ofstream(file("second")) << "x"; });
      ::kill(::getpid(), signal);
      while (true) ::pause();
    }
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), signal);
    EXPECT_TRUE(std::filesystem::remove(file("first"))) << "the latest first";
    EXPECT_FALSE(std::filesystem::exists(file("over")));
  }
}

}  // namespace
}  // namespace modiste
