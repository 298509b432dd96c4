// Refusals of an import, grouped by reason: a thousand rows with the same mistake are one line of the report.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace modiste {

// Threads: one owner.
class RefusalGroups {
 public:
  static constexpr size_t kLinesShown = 5;    // of a group
  static constexpr size_t kGroupsShown = 20;  // of a report

  // line 0: the refusal has none. where: file, column or garment; empty: the whole record.
  void add(const std::string& where, size_t line, const std::string& reason);

  [[nodiscard]] size_t count() const { return count_; }
  // One line per group, most frequent first:
  //   "  12 x line 3, 4, 5, 6, 7, ...  feed.csv, price: 'abc' is not a number"
  // Groups past kGroupsShown are counted in the last line. Empty without refusals.
  [[nodiscard]] std::string text() const;

 private:
  struct Group {
    size_t count = 0;
    std::vector<size_t> lines;  // the first kLinesShown
    std::string example;
  };
  std::map<std::string, Group> groups_;  // by the reason without the values it quotes and counts
  size_t count_ = 0;
};

}  // namespace modiste
