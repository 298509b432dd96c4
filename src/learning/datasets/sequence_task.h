// What evaluation of next items reads: files of histories with what came next held out, as anybody may bring
// them, and splits of our own. Plain text or gzip; ids are any words without blanks.
//
//   sequences  train: "user item item ...", earliest first;  test: "user item [item ...]"
//              Lines of one user add up.
//   sessions   train: "item item ...", one session a line;    test: "item item ...<TAB>next"
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "learning/models/histories.h"

namespace modiste {

struct NextItemQuery {
  History history;
  std::vector<ItemNumber> relevant;  // each once; what training does not know is counted in `unknown`
  size_t unknown = 0;
};

// Numbers are given in a drawn order: an item's number says nothing, as its id must not.
struct NextItemTask {
  Histories train;
  std::vector<NextItemQuery> queries;
};

// A line and what it holds, before items are numbered.
struct SequenceLine {
  std::string name;                // the user; empty for sessions
  std::vector<std::string> items;  // earliest first
  std::vector<std::string> next;   // of sessions' test lines
};

enum class SequenceFile { kSequences, kSequencesTest, kSessions, kSessionsTest };

// kInvalid names the file and the line, and says what would be right; also for an empty file and for a user
// who has two lines in a training file; in a test file they are one. kNotFound, kUnavailable: the file's.
Result<std::vector<SequenceLine>> read_sequence_lines(const std::filesystem::path& file, SequenceFile kind);

// A user of the test that training does not know has an empty history.
Result<NextItemTask> read_sequences_task(const std::filesystem::path& train,
                                         const std::filesystem::path& test);
Result<NextItemTask> read_sessions_task(const std::filesystem::path& train,
                                        const std::filesystem::path& test);

// A split: what to learn from, and what is held out of it.
struct SequenceSplit {
  std::vector<SequenceLine> train, test;
};
// Holds out the last item of each user who has at least two.
[[nodiscard]] SequenceSplit split_last_items(std::vector<SequenceLine> lines);
// Holds out the latest share of the sessions; every item of them after the first is asked for, with what came
// before it.
[[nodiscard]] SequenceSplit split_last_sessions(std::vector<SequenceLine> lines, double share);

[[nodiscard]] NextItemTask to_sequences_task(const SequenceSplit& split);
[[nodiscard]] NextItemTask to_sessions_task(const SequenceSplit& split);

// As the readers above take it.
[[nodiscard]] std::string to_text(const SequenceLine& line);

}  // namespace modiste
