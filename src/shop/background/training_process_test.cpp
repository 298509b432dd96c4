#include "shop/background/training_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "io/posix_files.h"

namespace modiste {
namespace {

struct Printed final : JobReport {
  void print(const std::string& part) override { text += part; }
  Result<Done> at(const std::string&, uint64_t, uint64_t) override { return kOk; }
  std::string text;
};

Result<Done> run_shell(const std::string& script, Printed& printed) {
  return run_training("/bin/sh", {"-c", script}, printed);
}

TEST(TrainingProcess, TellsWhatItPrintedAndSaidLast) {
  Printed printed;
  EXPECT_TRUE(run_shell("echo trained", printed).ok());
  EXPECT_EQ(printed.text, "trained\n");
  const auto failed = run_shell("echo one >&2; echo two >&2; exit 3", printed);
  EXPECT_EQ(failed.error().what, "two");
}

// A server that stops waits for its job: a training that ignores SIGTERM must not hold it.
TEST(TrainingProcess, KillsOneThatDoesNotEnd) {
  struct StopOnceReady final : JobReport {
    void print(const std::string& part) override { ready = ready || !part.empty(); }
    Result<Done> at(const std::string&, uint64_t, uint64_t) override {
      if (!ready) return kOk;
      return Error{Code::kConflict, "stopped", "", ""};
    }
    bool ready = false;
  } report;
  // The second has closed what it prints to.
  for (const char* script : {"trap '' TERM; echo ready; exec sleep 30",
                             "trap '' TERM; echo ready; exec sleep 30 >/dev/null 2>&1"}) {
    report.ready = false;
    const auto begin = std::chrono::steady_clock::now();
    const auto stopped = run_training("/bin/sh", {"-c", script}, report, std::chrono::milliseconds(300));
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().what, "stopped");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << script;
  }
}

// Sockets of the server are open without close-on-exec: a training that outlives it would hold its port.
TEST(TrainingProcess, HoldsNothingOfTheServer) {
  const FileDescriptor open(::open("/dev/null", O_RDONLY));
  ASSERT_GT(open.get(), 2);
  Printed printed;
  EXPECT_TRUE(run_shell(fmt::format("test ! -e /proc/self/fd/{}", open.get()), printed).ok());
}

}  // namespace
}  // namespace modiste
