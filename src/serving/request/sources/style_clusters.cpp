#include <algorithm>

#include "serving/request/sources.h"
#include "serving/request/sources/sample.h"

namespace modiste {
namespace {

// Cold start: items popular within the shopper's style clusters, never globally popular ones. Score: from 1
// (first) down to 0 by rank; evidence: pack_cold_evidence().
class PopularInStyle final : public CandidateSource {
 public:
  explicit PopularInStyle(const SourceParts& parts) : parts_(parts) {}
  [[nodiscard]] std::string_view name() const override { return "style_clusters"; }
  [[nodiscard]] SourceRole role() const override { return SourceRole::kNewcomers; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    const RequestFacts& request = query.request;
    const auto neighbours = [&](size_t k) { return near_last_choice(request.shopper, k, query.filter); };
    const auto arrivals = [&](size_t k) { return new_arrivals(k, query); };
    const auto found = parts_.style_clusters.cold_start(
        {request.shopper, request.context, request.now, query.k, query.filter, neighbours, arrivals},
        request.catalog, parts_.embeddings);
    CandidateList list;
    for (size_t i = 0; i < found.size(); ++i) {
      list.items.push_back({found[i].slot, 1 - static_cast<float>(i) / static_cast<float>(found.size())});
      list.evidence.push_back(pack_cold_evidence(found[i]));
    }
    return list;
  }

 private:
  [[nodiscard]] std::vector<Slot> near_last_choice(const ShopperState& shopper, size_t k,
                                                   const SlotFilter& filter) const {
    std::vector<Slot> found;
    if (shopper.choices.empty()) return found;
    const auto embedding = parts_.embeddings.get(shopper.choices.back().slot);
    if (embedding != nullptr && !embedding->vector.empty())
      for (const auto& near : parts_.indexes.nearest(embedding->vector, k, filter))
        found.push_back(near.slot);
    return found;
  }

  [[nodiscard]] static std::vector<Slot> new_arrivals(size_t k, CandidateQuery& query) {
    const CatalogSnapshot& catalog = query.request.catalog;
    std::vector<Slot> found = sample_items(4 * k, query, query.rng);
    // Without a date nothing is known to be new: what is popular in the whole shop is asked for instead.
    std::erase_if(found, [&](Slot slot) { return catalog.facts(slot).created_at_s == 0; });
    std::stable_sort(found.begin(), found.end(), [&](Slot a, Slot b) {
      return catalog.facts(a).created_at_s > catalog.facts(b).created_at_s;
    });
    if (found.size() > k) found.resize(k);
    return found;
  }

  SourceParts parts_;
};

}  // namespace

std::unique_ptr<CandidateSource> make_style_clusters_source(const SourceParts& parts) {
  return std::make_unique<PopularInStyle>(parts);
}

}  // namespace modiste
