// Subjects that show their kind, for the tests of the identity graph.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "identity/identity_graph.h"

namespace modiste {

inline std::string subject_of(IdentifierKind kind, size_t number) {
  return fmt::format("{:x}{:031x}", static_cast<int>(kind), number);
}

inline std::vector<NodeRef> refs_of(const std::vector<std::string>& subjects) {
  std::vector<NodeRef> refs;
  for (const auto& subject : subjects)
    refs.push_back({static_cast<IdentifierKind>(subject[0] - '0'), subject});
  return refs;
}

inline TimePoint time_of(uint64_t offset) { return TimePoint(std::chrono::seconds(1'700'000'000 + offset)); }

inline std::vector<Move> observe_subjects(IdentityGraph& graph, const std::vector<std::string>& subjects,
                                          uint64_t offset) {
  return graph.observe(refs_of(subjects), offset, time_of(offset));
}

}  // namespace modiste
