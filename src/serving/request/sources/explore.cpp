#include <optional>

#include "serving/request/reason_rules.h"
#include "serving/request/sources.h"
#include "serving/request/sources/sample.h"

namespace modiste {
namespace {

// Random items: the candidates for exploration, and a reserve when the other sources find too little. Of a
// sample several times as large, new arrivals are the first half of the k that exploration takes; the other
// half is of the rest, which would never be tried again otherwise. Score: always 0.
class Explore final : public CandidateSource {
 public:
  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] SourceRole role() const override { return SourceRole::kExplore; }
  [[nodiscard]] size_t limit() const override { return 60; }
  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    CandidateList list;
    // Several times the answer's size, so that filters of the shopper's own preferences leave enough.
    const size_t wanted = query.k + 4 * query.count;
    const std::vector<Slot> sample = sample_items(4 * wanted, query, query.rng);
    const RequestFacts& request = query.request;
    std::vector<bool> taken(sample.size());
    const auto take = [&](size_t most, std::optional<bool> news) {
      for (size_t i = 0; i < sample.size() && list.items.size() < most; ++i) {
        if (taken[i] || (news && *news != is_new(request.catalog.facts(sample[i]), request.now))) continue;
        taken[i] = true;
        list.items.push_back({sample[i], 0});
      }
    };
    take(query.k / 2, true);
    take(query.k, false);
    take(wanted, std::nullopt);
    return list;
  }
};

}  // namespace

std::unique_ptr<CandidateSource> make_explore_source(const SourceParts& /*parts*/) {
  return std::make_unique<Explore>();
}

}  // namespace modiste
