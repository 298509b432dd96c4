#include "learning/datasets/sequence_task.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/test_directory.h"

namespace modiste {
namespace {

class SequenceTask : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, const std::string& text) {
    const auto path = directory_.path() / name;
    std::ofstream(path) << text;
    return path;
  }
  TestDirectory directory_;
};

TEST_F(SequenceTask, AUsersHistoryIsTheirTrainingLine) {
  const auto task = read_sequences_task(file("train", "ann a b c\nbob c\n"),
                                        file("test", "bob a\r\nann d\nann b\neve a\n"));
  ASSERT_TRUE(task.ok()) << task.error().message();
  EXPECT_EQ(task->train.items, 3U);
  ASSERT_EQ(task->queries.size(), 3U);
  EXPECT_EQ(task->queries[0].history, task->train.rows[1]);
  EXPECT_EQ(task->queries[0].relevant, (History{task->train.rows[0][0]}));
  EXPECT_EQ(task->queries[1].history, task->train.rows[0]);
  EXPECT_EQ(task->queries[1].relevant, (History{task->train.rows[0][1]}));
  EXPECT_EQ(task->queries[1].unknown, 1U);  // d
  EXPECT_TRUE(task->queries[2].history.empty());
}

TEST_F(SequenceTask, AnItemThatIsWantedTwiceIsWantedOnceKnownOrNot) {
  const auto task =
      read_sequences_task(file("train", "ann a b\nbob a b\n"), file("test", "ann x x a a\nann x\nbob x y\n"));
  ASSERT_TRUE(task.ok()) << task.error().message();
  ASSERT_EQ(task->queries.size(), 2U);
  EXPECT_EQ(task->queries[0].relevant.size(), 1U);
  EXPECT_EQ(task->queries[0].unknown, 1U);
  EXPECT_EQ(task->queries[1].unknown, 2U);
}

TEST_F(SequenceTask, ASessionsTestNamesWhatCameNextAfterATab) {
  const auto task = read_sessions_task(file("train", "a b\nb c\n"), file("test", "a b\tc\nx a\tb\n"));
  ASSERT_TRUE(task.ok()) << task.error().message();
  ASSERT_EQ(task->queries.size(), 2U);
  EXPECT_EQ(task->queries[0].history, task->train.rows[0]);
  EXPECT_EQ(task->queries[0].relevant, (History{task->train.rows[1][1]}));
  EXPECT_EQ(task->queries[1].history, (History{task->train.rows[0][0]}));  // x is unknown
}

TEST_F(SequenceTask, RefusesWithFileLineAndWhatWouldBeRight) {
  const auto refused = [&](const std::string& text, SequenceFile kind) {
    const auto lines = read_sequence_lines(file("bad.txt", text), kind);
    return lines.ok() ? std::string() : lines.error().message();
  };
  const std::string alone = refused("u a\nv\n", SequenceFile::kSequences);
  EXPECT_NE(alone.find("bad.txt, line 2"), std::string::npos) << alone;
  EXPECT_NE(alone.find("user item"), std::string::npos) << alone;
  EXPECT_NE(refused("a b\n\nc\n", SequenceFile::kSessions).find("line 2"), std::string::npos);
  EXPECT_NE(refused("a b c\n", SequenceFile::kSessionsTest).find("<TAB>"), std::string::npos);
  EXPECT_NE(refused("a\tb c\n", SequenceFile::kSessionsTest).find("line 1"), std::string::npos);
  EXPECT_NE(refused("\tb\n", SequenceFile::kSessionsTest).find("line 1"), std::string::npos);
  EXPECT_NE(refused("", SequenceFile::kSessions).find("empty"), std::string::npos);
  EXPECT_NE(refused("u a\nu b\n", SequenceFile::kSequences).find("two lines"), std::string::npos);
  EXPECT_EQ(read_sequence_lines("none-such", SequenceFile::kSessions).error().code, Code::kNotFound);
}

TEST_F(SequenceTask, SplitsHoldOutWhatCameLast) {
  const auto items = split_last_items({{"u", {"a", "b", "c"}, {}}, {"v", {"a"}, {}}});
  ASSERT_EQ(items.test.size(), 1U);
  EXPECT_EQ(to_text(items.test[0]), "u c");
  EXPECT_EQ(to_text(items.train[0]), "u a b");
  EXPECT_EQ(to_text(items.train[1]), "v a");

  const auto sessions = split_last_sessions({{"", {"a", "b"}, {}}, {"", {"b", "c", "a"}, {}}}, 0.5);
  ASSERT_EQ(sessions.train.size(), 1U);
  ASSERT_EQ(sessions.test.size(), 2U);
  EXPECT_EQ(to_text(sessions.test[0]), "b\tc");
  EXPECT_EQ(to_text(sessions.test[1]), "b c\ta");
}

}  // namespace
}  // namespace modiste
