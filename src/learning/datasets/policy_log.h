// Logged decisions with the chance that each had, and a policy that might have decided instead, as CSV: the
// columns of the Open Bandit Dataset (Saito 2020), which public logs of fashion recommendation use.
//
//   log      item_id, position, click, propensity_score       further columns are passed over
//   policy   item_id, position, probability                   of showing the item at the position; others: 0
//   rewards  item_id, position, reward                        what a model expects there
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"

namespace modiste {

struct LoggedDecision {
  size_t item = 0, position = 0;  // by number, dense
  double reward = 0;
  double propensity = 0;  // above 0, at most 1
};

struct PolicyLog {
  size_t items = 0, positions = 0;
  std::vector<LoggedDecision> decisions;
  std::vector<std::string> item_names, position_names;  // by number
};

// A value for each item at each position.
class PositionTable {
 public:
  PositionTable(size_t items, size_t positions, double value = 0)
      : positions_(positions), values_(items * positions, value) {}
  [[nodiscard]] double& at(size_t item, size_t position) { return values_[item * positions_ + position]; }
  [[nodiscard]] double at(size_t item, size_t position) const {
    return values_[item * positions_ + position];
  }

 private:
  size_t positions_;
  std::vector<double> values_;
};

// kInvalid names the file and the line, and says what would be right.
Result<PolicyLog> read_policy_log(const std::filesystem::path& file);
// What stands in `column` for the log's items and positions; rows of others are an error, as are an item that
// stands twice at a position, and a position whose probabilities do not add up to 1 (`adds_up`).
Result<PositionTable> read_position_table(const std::filesystem::path& file, std::string_view column,
                                          const PolicyLog& log, bool adds_up);

}  // namespace modiste
