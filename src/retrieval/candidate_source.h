// Port: where a request's candidates come from. One kind per way of knowing: vectors, attributes, other
// shoppers, ...
#pragma once

#include <string_view>

#include "base/rng.h"
#include "features/request_facts.h"
#include "retrieval/candidate.h"

namespace modiste {

// Borrowed for the call; a source reads what it understands.
struct CandidateQuery {
  const RequestFacts& request;
  SlotFilter filter{};
  size_t k = 0;      // how many candidates are wanted of this source
  size_t count = 0;  // items that the answer shall have
  Rng rng{0};        // this source's own stream: what it draws does not depend on the other sources
  Deadline deadline{};
};

// Threads: name() and candidates() from any thread; sources of one request may run at the same time.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;
  // A constant name: the key of its limit in the policy, of its column in the features, and of its place in
  // logs.
  [[nodiscard]] virtual std::string_view name() const = 0;
  // At most query.k items admitted by query.filter; empty when the query holds nothing that the source
  // understands.
  [[nodiscard]] virtual CandidateList candidates(CandidateQuery query) const = 0;
};

}  // namespace modiste
