#include "learning/datasets/policy_log.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "feeds/csv_reader.h"
#include "io/file_input.h"

namespace modiste {
namespace {

// Rows of a CSV file by the names of its columns.
class CsvRows {
 public:
  using Visit = std::function<Result<Done>(size_t line, std::span<const std::string> cells)>;

  // Calls visit with the cells of the named columns, in their order.
  static Result<Done> read(const std::filesystem::path& file, std::span<const std::string_view> columns,
                           const Visit& visit) {
    TRY_ASSIGN(FileInput input, FileInput::open(file));
    Utf8Input text(input);
    LineReader lines(text);
    size_t torn_line = 0;
    std::string torn;
    CsvReader reader(lines, {}, [&](size_t line, std::string_view reason) {
      if (torn_line == 0) torn_line = line, torn = reason;
    });
    CsvRecord record;
    TRY_ASSIGN(const bool has_header, reader.next(record));
    if (!has_header)
      return refused(file, 1, "the file is empty", fmt::format("{}", fmt::join(columns, ", ")));
    std::vector<size_t> places;
    for (const std::string_view column : columns) {
      const auto at = std::find(record.cells.begin(), record.cells.end(), column);
      if (at == record.cells.end())
        return refused(file, record.line, fmt::format("the column \"{}\" is missing", column),
                       fmt::format("{}", fmt::join(columns, ", ")));
      places.push_back(static_cast<size_t>(at - record.cells.begin()));
    }
    const size_t width = record.cells.size();
    while (true) {
      TRY_ASSIGN(const bool more, reader.next(record));
      if (torn_line != 0) return refused(file, torn_line, torn, "a row of CSV");
      if (!more) return kOk;
      if (record.cells.size() != width)
        return refused(file, record.line, fmt::format("the row has {} cells", record.cells.size()),
                       fmt::format("{}, as the header", width));
      std::vector<std::string> cells;
      for (const size_t place : places) cells.push_back(record.cells[place]);
      TRY(visit(record.line, cells));
    }
  }

  static Error refused(const std::filesystem::path& file, size_t line, std::string what,
                       std::string expected) {
    return {Code::kInvalid, std::move(what), fmt::format("{} line {}", file.string(), line),
            std::move(expected)};
  }
};

Result<double> read_number(const std::filesystem::path& file, size_t line, std::string_view name,
                           const std::string& cell, double low, double high) {
  double value = 0;
  const auto end = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end.ec != std::errc() || end.ptr != cell.data() + cell.size() || !(value >= low && value <= high))
    return CsvRows::refused(file, line, fmt::format("{} is \"{}\"", name, cell),
                            fmt::format("a number from {} to {}", low, high));
  return value;
}

// Names to dense numbers, in the order in which they come.
class Numbering {
 public:
  explicit Numbering(std::vector<std::string>& names) : names_(names) {
    for (size_t i = 0; i < names.size(); ++i) numbers_[names[i]] = i;
  }
  size_t of(const std::string& name) {
    const auto [found, added] = numbers_.try_emplace(name, names_.size());
    if (added) names_.push_back(name);
    return found->second;
  }
  // Not known: names().size().
  [[nodiscard]] size_t find(const std::string& name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? names_.size() : found->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, size_t> numbers_;
};

constexpr double kRewardMax = 1e9;

}  // namespace

Result<PolicyLog> read_policy_log(const std::filesystem::path& file) {
  PolicyLog log;
  Numbering items(log.item_names), positions(log.position_names);
  constexpr std::string_view kColumns[] = {"item_id", "position", "click", "propensity_score"};
  constexpr double kPropensityMin = 1e-12;
  TRY(CsvRows::read(file, kColumns, [&](size_t line, std::span<const std::string> cells) -> Result<Done> {
    LoggedDecision& decision = log.decisions.emplace_back();
    decision.item = items.of(cells[0]);
    decision.position = positions.of(cells[1]);
    TRY_ASSIGN(decision.reward, read_number(file, line, "click", cells[2], 0, kRewardMax));
    TRY_ASSIGN(decision.propensity, read_number(file, line, "propensity_score", cells[3], kPropensityMin, 1));
    return kOk;
  }));
  if (log.decisions.empty())
    return CsvRows::refused(file, 1, "no decision is logged", "rows below the header");
  log.items = log.item_names.size();
  log.positions = log.position_names.size();
  return log;
}

Result<PositionTable> read_position_table(const std::filesystem::path& file, std::string_view column,
                                          const PolicyLog& log, bool adds_up) {
  auto item_names = log.item_names, position_names = log.position_names;
  const Numbering items(item_names), positions(position_names);
  PositionTable table(log.items, log.positions);
  std::vector<double> sums(log.positions, 0);
  PositionTable read(log.items, log.positions);
  const std::string_view columns[] = {"item_id", "position", column};
  TRY(CsvRows::read(file, columns, [&](size_t line, std::span<const std::string> cells) -> Result<Done> {
    const size_t item = items.find(cells[0]), position = positions.find(cells[1]);
    TRY_ASSIGN(const double value, read_number(file, line, column, cells[2], 0, adds_up ? 1 : kRewardMax));
    if (position == log.positions)
      return CsvRows::refused(file, line, fmt::format("position {} is not in the log", cells[1]),
                              fmt::format("{}", fmt::join(log.position_names, ", ")));
    sums[position] += value;
    // What the log never showed counts in the sum and meets no decision.
    if (item == log.items) return kOk;
    if (std::exchange(read.at(item, position), 1) > 0)
      return CsvRows::refused(file, line,
                              fmt::format("item {} stands twice at position {}", cells[0], cells[1]),
                              "each item once at a position");
    table.at(item, position) = value;
    return kOk;
  }));
  constexpr double kTolerance = 1e-6;
  for (size_t p = 0; adds_up && p < log.positions; ++p)
    if (std::abs(sums[p] - 1) > kTolerance)
      return Error{
          Code::kInvalid,
          fmt::format("the probabilities at position {} add up to {:.6f}", log.position_names[p], sums[p]),
          file.string(), "1"};
  return table;
}

}  // namespace modiste
