// Port: which random subject id stands for a shopper id. Implemented in storage/.
//
// The event log and the folded state hold subject ids only; erasing a shopper deletes the mapping, so that
// the log keeps its facts and nobody can say whose they were.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

// Threads: all methods from any thread. Durable when they answer.
class SubjectStore {
 public:
  virtual ~SubjectStore() = default;
  // The subject of a shopper, made now when there is none.
  virtual Result<std::string> subject(std::string_view shopper_id) = 0;
  // The same for a batch, in its order; adapters make the missing ones in one durable step.
  virtual Result<std::vector<std::string>> subjects(std::span<const std::string> shopper_ids) {
    std::vector<std::string> subjects;
    subjects.reserve(shopper_ids.size());
    for (const auto& id : shopper_ids) {
      TRY_ASSIGN(auto found, subject(id));
      subjects.push_back(std::move(found));
    }
    return subjects;
  }
  // kNotFound when the shopper has never been heard of.
  virtual Result<std::string> find(std::string_view shopper_id) const = 0;
  // Forgets the mapping and answers the subject that is now nobody; kNotFound.
  virtual Result<std::string> erase(std::string_view shopper_id) = 0;
};

}  // namespace modiste
