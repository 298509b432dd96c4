#include "shop/imports/refusal_groups.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace modiste {
namespace {

// Two refusals are of one kind when they differ only in what they quote and in numbers.
std::string kind_of(const std::string& text) {
  std::string kind;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c < '0' || c > '9')) kind += c;
  }
  return kind;
}

}  // namespace

void RefusalGroups::add(const std::string& where, size_t line, const std::string& reason) {
  const std::string whole = where.empty() ? reason : where + ": " + reason;
  Group& group = groups_[kind_of(whole)];
  if (group.count++ == 0) group.example = whole;
  if (line > 0 && group.lines.size() < kLinesShown) group.lines.push_back(line);
  ++count_;
}

std::string RefusalGroups::text() const {
  std::vector<const Group*> sorted;
  for (const auto& [kind, group] : groups_) sorted.push_back(&group);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Group* a, const Group* b) { return a->count > b->count; });
  std::string text;
  size_t rest = 0;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const Group& group = *sorted[i];
    if (i >= kGroupsShown) {
      rest += group.count;
      continue;
    }
    text += fmt::format("  {} x ", group.count);
    if (!group.lines.empty())
      text += fmt::format("line {}{}  ", fmt::join(group.lines, ", "),
                          group.count > group.lines.size() ? ", ..." : "");
    text += group.example + "\n";
  }
  if (rest > 0)
    text += fmt::format("  and {} refusals for {} other reasons\n", rest, sorted.size() - kGroupsShown);
  return text;
}

}  // namespace modiste
