// Port: which random subject id stands for an identifier. Implemented in storage/.
//
// The event log and the folded state hold subject ids only; erasing an identifier deletes the mapping, so
// that the log keeps its facts and nobody can say whose they were.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "identity/identifier.h"

namespace modiste {

// Threads: all methods from any thread. Durable when they answer.
class SubjectStore {
 public:
  virtual ~SubjectStore() = default;
  // The subjects of a batch, in its order. Those that are missing are made in one durable step.
  virtual Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) = 0;
  Result<std::string> subject(const Identifier& identifier) {
    TRY_ASSIGN(auto one, subjects({&identifier, 1}));
    return std::move(one.front());
  }
  // kNotFound when the identifier has never been heard of.
  virtual Result<std::string> find(const Identifier& identifier) const = 0;
  // The way back, for an export and for explanations, in the order of the subjects; none for one that is
  // nobody or not a subject.
  virtual Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const = 0;
  // Forgets the mappings in one durable step and answers the subjects that are now nobody. Identifiers that
  // were never heard of are skipped.
  virtual Result<std::vector<std::string>> erase(std::span<const Identifier> identifiers) = 0;
};

}  // namespace modiste
