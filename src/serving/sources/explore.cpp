#include "serving/sources.h"
#include "serving/sources/sample.h"

namespace modiste {
namespace {

// Random items: the candidates for exploration, and a reserve when the other sources find too
// little. Score: always 0.
class Explore final : public CandidateSource {
 public:
  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] size_t limit() const override { return 60; }
  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    CandidateList list;
    // Several times the answer's size, so that filters of the shopper's own preferences leave enough.
    for (const Slot slot : sample_items(query.k + 4 * query.count, query, query.rng))
      list.items.push_back({slot, 0});
    return list;
  }
};

}  // namespace

std::unique_ptr<CandidateSource> make_explore_source(const SourceParts& /*parts*/) {
  return std::make_unique<Explore>();
}

}  // namespace modiste
