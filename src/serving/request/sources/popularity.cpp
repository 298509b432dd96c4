#include "serving/request/sources.h"

namespace modiste {
namespace {

// Items that are popular now in the whole shop. Score: the smoothed rate, in [0, 1].
class MostLiked final : public CandidateSource {
 public:
  explicit MostLiked(const Popularity& index) : index_(index) {}
  [[nodiscard]] std::string_view name() const override { return "popularity"; }
  [[nodiscard]] SourceRole role() const override { return SourceRole::kPopular; }
  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    return index_.search(query.k, query.request.now, query.filter);
  }
  [[nodiscard]] std::vector<CandidateList> candidates_under(
      const CandidateQuery& query, std::span<const SlotFilter> filters) const override {
    return index_.search_under(query.k, query.request.now, filters);
  }

 private:
  const Popularity& index_;
};

}  // namespace

std::unique_ptr<CandidateSource> make_popularity_source(const SourceParts& parts) {
  return std::make_unique<MostLiked>(parts.popularity);
}

}  // namespace modiste
