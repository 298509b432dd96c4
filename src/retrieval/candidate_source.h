// Port: finds candidates for a request. One source per retrieval method: vectors,
// attributes, other shoppers, ...
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "features/request_facts.h"
#include "retrieval/candidate.h"

namespace modiste {

// Borrowed for the call; a source uses the members that it needs.
struct CandidateQuery {
  const RequestFacts& request;
  SlotFilter filter{};
  size_t k = 0;      // number of candidates wanted from this source
  size_t count = 0;  // size of the answer
  Rng rng{0};        // this source's own stream, independent of other sources
  Deadline deadline{};
};

// When a source is asked.
enum class SourceRole : uint8_t {
  kPersonal,   // in every request
  kNewcomers,  // while little is known of the shopper
  kPopular,    // when the newcomers' source is not asked, or finds nothing
  kExplore,    // in every request; exploration shows what it finds
};

// Threads: name() and candidates() from any thread; sources of one request may run at the same time.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;
  // A constant name: the key of the source's limit in the policy, of its feature column, and
  // of its log entries.
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual SourceRole role() const { return SourceRole::kPersonal; }
  // How many candidates are asked of it when the policy does not say.
  [[nodiscard]] virtual size_t limit() const { return 200; }
  // Whether it is worth a thread of its own beside the other sources of a request.
  [[nodiscard]] virtual bool takes_long() const { return false; }
  // At most query.k items that query.filter allows; empty when the query has nothing that the source uses.
  [[nodiscard]] virtual CandidateList candidates(CandidateQuery query) const = 0;
  // The same under each of several filters in place of query.filter. A source whose work hardly depends on
  // the filter does it once.
  [[nodiscard]] virtual std::vector<CandidateList> candidates_under(
      const CandidateQuery& query, std::span<const SlotFilter> filters) const {
    std::vector<CandidateList> lists;
    for (const SlotFilter& filter : filters) {
      CandidateQuery one = query;
      one.filter = filter;
      lists.push_back(candidates(one));
    }
    return lists;
  }
};

}  // namespace modiste
