#include "shop/background/training_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

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

// Sockets of the server are open without close-on-exec: a training that outlives it would hold its port.
TEST(TrainingProcess, HoldsNothingOfTheServer) {
  const FileDescriptor open(::open("/dev/null", O_RDONLY));
  ASSERT_GT(open.get(), 2);
  Printed printed;
  EXPECT_TRUE(run_shell(fmt::format("test ! -e /proc/self/fd/{}", open.get()), printed).ok());
}

}  // namespace
}  // namespace modiste
