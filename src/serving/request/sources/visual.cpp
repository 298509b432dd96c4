#include <algorithm>
#include <cmath>

#include "serving/request/sources.h"

namespace modiste {
namespace {

// Nearest neighbours of each part of the taste in embedding space; each part gets candidates in proportion to
// its share. Score: cosine, in [-1, 1].
class Visual final : public CandidateSource {
 public:
  explicit Visual(const CatalogIndexes& indexes) : indexes_(indexes) {}
  [[nodiscard]] std::string_view name() const override { return "visual"; }
  [[nodiscard]] size_t limit() const override { return 500; }
  [[nodiscard]] bool takes_long() const override {
    return true;
  }  // a quarter of an answer of a million garments

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    CandidateList list;
    for (const TasteShare& part : query.request.tastes) {
      if (part.share < kTasteShareMin) continue;
      if (query.deadline.passed()) {
        list.complete = false;
        break;
      }
      Vector taste = part.taste.vector;
      if (taste.empty() || !normalise(taste)) continue;
      const auto wanted = static_cast<size_t>(std::ceil(static_cast<float>(query.k) * part.share));
      const auto found = indexes_.nearest(taste, wanted, query.filter);
      list.items.insert(list.items.end(), found.begin(), found.end());
    }
    std::sort(list.items.begin(), list.items.end(), better);
    return list;
  }

 private:
  const CatalogIndexes& indexes_;
};

}  // namespace

std::unique_ptr<CandidateSource> make_visual_source(const SourceParts& parts) {
  return std::make_unique<Visual>(parts.indexes);
}

}  // namespace modiste
