// Rows that a trainer draws from the log, and which of them may teach: noise is judged by later events too,
// consent and erasure as of the end of the log.
//
// Threads: one. Memory: the rows, and about 100 bytes for each.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "events/person_timeline.h"

namespace modiste {

template <class Row>
class DrawnRows {
 public:
  struct LeftOut {
    size_t noise = 0, without_consent = 0;
  };

  // At most one of each event.
  void add(LogPosition position, const NodeRef& of, Row row, bool is_noise) {
    by_position_.emplace(position, drawn_.size());
    drawn_.push_back({{of.kind, std::string(of.subject)}, std::move(row), is_noise});
  }
  // Answers the row of this event; null: none was drawn.
  const Row* mark_noise(LogPosition position) {
    const auto found = by_position_.find(position);
    if (found == by_position_.end()) return nullptr;
    drawn_[found->second].is_noise = true;
    return &drawn_[found->second].row;
  }

  // Calls keep(row, person) for each row that may teach, in the order they were added. The rows are moved
  // out: once.
  template <class Keep>
  LeftOut take(const PersonTimeline& timeline, const Keep& keep) && {
    LeftOut left_out;
    for (Drawn& drawn : drawn_) {
      const NodeRef node{drawn.of.kind, drawn.of.subject};
      const std::string person = timeline.person_of({&node, 1}).value_or(drawn.of.subject);
      if (drawn.is_noise)
        ++left_out.noise;
      else if (timeline.is_erased(drawn.of.subject) || !timeline.consent(person).training)
        ++left_out.without_consent;
      else
        keep(std::move(drawn.row), person);
    }
    return left_out;
  }

 private:
  struct Drawn {
    IdentityKey of;
    Row row;
    bool is_noise = false;
  };
  std::vector<Drawn> drawn_;
  std::unordered_map<LogPosition, size_t> by_position_;  // of drawn_
};

}  // namespace modiste
