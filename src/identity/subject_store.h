// Port: maps identifiers to random subject ids. Implemented in storage/.
//
// The event log and the folded state hold subject ids only. Erasing an identifier deletes the mapping: the
// log keeps its facts, but nobody can tell whose they were.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "identity/identifier.h"

namespace modiste {

// What a store answers for an identifier that it does not hold.
inline Error unknown_identifier() { return {Code::kNotFound, "unknown identifier", "", ""}; }

// Threads: all methods from any thread. Changes are durable when the call returns.
class SubjectStore {
 public:
  virtual ~SubjectStore() = default;
  // The subjects of a batch, in its order. Missing ones are created in one durable step.
  virtual Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) = 0;
  Result<std::string> subject(const Identifier& identifier) {
    TRY_ASSIGN(auto one, subjects({&identifier, 1}));
    return std::move(one.front());
  }
  // kNotFound when the identifier is unknown.
  virtual Result<std::string> find(const Identifier& identifier) const = 0;
  // Maps subjects back to identifiers, for exports and explanations, in the order given; empty for an erased
  // subject or text that is not a subject.
  virtual Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const = 0;
  // Deletes the mappings in one durable step and returns their subjects. Unknown identifiers are skipped.
  virtual Result<std::vector<std::string>> erase(std::span<const Identifier> identifiers) = 0;
};

}  // namespace modiste
