#include "learning/datasets/sequence_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "base/rng.h"
#include "base/text.h"
#include "feeds/line_reader.h"
#include "io/file_input.h"

namespace modiste {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

constexpr std::string_view expected_of(SequenceFile kind) {
  switch (kind) {
    case SequenceFile::kSequences:
    case SequenceFile::kSequencesTest:
      return "a user and at least one item: user item item ...";
    case SequenceFile::kSessions:
      return "the items of one session: item item ...";
    case SequenceFile::kSessionsTest:
      return "the items of a session, one tab, the next item: item item<TAB>next";
  }
  return {};
}

// Nothing: the line is malformed.
std::optional<SequenceLine> parse_line(std::string_view text, SequenceFile kind) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  SequenceLine line;
  if (kind == SequenceFile::kSessionsTest) {
    const size_t tab = text.find('\t');
    if (tab == std::string_view::npos || text.find('\t', tab + 1) != std::string_view::npos)
      return std::nullopt;
    line.items = split_list(text.substr(0, tab), kBlanks);
    line.next = split_list(text.substr(tab), kBlanks);
    if (line.items.empty() || line.next.size() != 1) return std::nullopt;
    return line;
  }
  line.items = split_list(text, kBlanks);
  if (kind != SequenceFile::kSessions) {
    if (line.items.size() < 2) return std::nullopt;
    line.name = std::move(line.items.front());
    line.items.erase(line.items.begin());
  }
  return line.items.empty() ? std::nullopt : std::optional(std::move(line));
}

// Numbers the items of training in a drawn order.
class ItemNumbers {
 public:
  explicit ItemNumbers(std::span<const SequenceLine> train) {
    for (const SequenceLine& line : train)
      for (const std::string& item : line.items)
        numbers_.try_emplace(item, static_cast<ItemNumber>(numbers_.size()));
    std::vector<ItemNumber> drawn(numbers_.size());
    std::iota(drawn.begin(), drawn.end(), ItemNumber{0});
    Rng rng(numbers_.size());
    rng.shuffle(drawn);
    for (auto& [item, number] : numbers_) number = drawn[number];
  }

  [[nodiscard]] size_t size() const { return numbers_.size(); }
  // Without the items that training does not know.
  [[nodiscard]] History known(std::span<const std::string> items) const {
    History history;
    for (const std::string& item : items)
      if (const auto found = numbers_.find(item); found != numbers_.end()) history.push_back(found->second);
    return history;
  }

 private:
  std::unordered_map<std::string, ItemNumber> numbers_;
};

NextItemQuery query_of(History history, std::span<const std::string> relevant, const ItemNumbers& numbers) {
  // Each item once, known or not: chosen twice it is still one that is wanted.
  std::vector<std::string> items(relevant.begin(), relevant.end());
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  NextItemQuery query{std::move(history), numbers.known(items), 0};
  query.unknown = items.size() - query.relevant.size();
  std::sort(query.relevant.begin(), query.relevant.end());
  return query;
}

Histories rows_of(std::span<const SequenceLine> train, const ItemNumbers& numbers) {
  Histories histories{numbers.size(), {}};
  for (const SequenceLine& line : train) histories.rows.push_back(numbers.known(line.items));
  return histories;
}

Error in_line(const std::filesystem::path& file, size_t line, std::string what, SequenceFile kind) {
  return {Code::kInvalid, std::move(what), fmt::format("{}, line {}", file.string(), line),
          std::string(expected_of(kind))};
}

}  // namespace

Result<std::vector<SequenceLine>> read_sequence_lines(const std::filesystem::path& file, SequenceFile kind) {
  TRY_ASSIGN(auto input, FileInput::open(file));
  Utf8Input text(input);
  LineReader lines(text);
  std::vector<SequenceLine> all;
  std::unordered_map<std::string, size_t> line_of;  // by user, in `all`
  for (Line line;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) break;
    if (!line.problem.empty()) return in_line(file, line.number, std::string(line.problem), kind);
    auto parsed = parse_line(line.text, kind);
    if (!parsed) {
      const std::string shown = line.text.substr(0, line.text.find_first_of("\r\n"));
      return in_line(file, line.number,
                     shown.empty() ? "the line is empty"
                                   : fmt::format("the line is malformed: \"{}\"", shown.substr(0, 60)),
                     kind);
    }
    if (!parsed->name.empty()) {
      const auto [known, is_new] = line_of.try_emplace(parsed->name, all.size());
      if (!is_new && kind == SequenceFile::kSequences)
        return Error{
            Code::kInvalid,
            fmt::format("user \"{}\" has two lines, the second is line {}", parsed->name, line.number),
            file.string(), "one line for each user"};
      if (!is_new) {
        auto& items = all[known->second].items;
        items.insert(items.end(), parsed->items.begin(), parsed->items.end());
        continue;
      }
    }
    all.push_back(std::move(*parsed));
  }
  if (all.empty()) return in_line(file, 1, "the file is empty", kind);
  return all;
}

Result<NextItemTask> read_sequences_task(const std::filesystem::path& train,
                                         const std::filesystem::path& test) {
  SequenceSplit split;
  TRY_ASSIGN(split.train, read_sequence_lines(train, SequenceFile::kSequences));
  TRY_ASSIGN(split.test, read_sequence_lines(test, SequenceFile::kSequencesTest));
  return to_sequences_task(split);
}

Result<NextItemTask> read_sessions_task(const std::filesystem::path& train,
                                        const std::filesystem::path& test) {
  SequenceSplit split;
  TRY_ASSIGN(split.train, read_sequence_lines(train, SequenceFile::kSessions));
  TRY_ASSIGN(split.test, read_sequence_lines(test, SequenceFile::kSessionsTest));
  return to_sessions_task(split);
}

SequenceSplit split_last_items(std::vector<SequenceLine> lines) {
  SequenceSplit split;
  for (SequenceLine& line : lines) {
    if (line.items.size() > 1) {
      split.test.push_back({line.name, {line.items.back()}, {}});
      line.items.pop_back();
    }
    split.train.push_back(std::move(line));
  }
  return split;
}

SequenceSplit split_last_sessions(std::vector<SequenceLine> lines, double share) {
  SequenceSplit split;
  const auto kept = static_cast<size_t>(static_cast<double>(lines.size()) * (1 - share));
  for (size_t i = kept; i < lines.size(); ++i)
    for (size_t length = 1; length < lines[i].items.size(); ++length) {
      const auto next = lines[i].items.begin() + static_cast<std::ptrdiff_t>(length);
      split.test.push_back({{}, {lines[i].items.begin(), next}, {*next}});
    }
  lines.resize(kept);
  split.train = std::move(lines);
  return split;
}

NextItemTask to_sequences_task(const SequenceSplit& split) {
  const ItemNumbers numbers(split.train);
  NextItemTask task{rows_of(split.train, numbers), {}};
  std::unordered_map<std::string_view, size_t> row_of;
  for (size_t i = 0; i < split.train.size(); ++i) row_of.emplace(split.train[i].name, i);
  for (const SequenceLine& line : split.test) {
    const auto row = row_of.find(line.name);
    task.queries.push_back(
        query_of(row == row_of.end() ? History() : task.train.rows[row->second], line.items, numbers));
  }
  return task;
}

NextItemTask to_sessions_task(const SequenceSplit& split) {
  const ItemNumbers numbers(split.train);
  NextItemTask task{rows_of(split.train, numbers), {}};
  for (const SequenceLine& line : split.test)
    task.queries.push_back(query_of(numbers.known(line.items), line.next, numbers));
  return task;
}

std::string to_text(const SequenceLine& line) {
  std::string text = line.name;
  for (const std::string& item : line.items) text += (text.empty() ? "" : " ") + item;
  for (const std::string& item : line.next) text += "\t" + item;
  return text;
}

}  // namespace modiste
