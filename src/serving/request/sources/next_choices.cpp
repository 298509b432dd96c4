#include "retrieval/next_choices.h"

#include "serving/request/sources.h"

namespace modiste {
namespace {

// What comes next after the shopper's own choices, by the network that the shop trained; without one,
// nothing. Score: the probability over that of the best item, in (0, 1].
class NextChoicesSource final : public CandidateSource {
 public:
  [[nodiscard]] std::string_view name() const override { return "next_choices"; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    return std::move(candidates_under(query, {&query.filter, 1}).front());
  }

  [[nodiscard]] std::vector<CandidateList> candidates_under(
      const CandidateQuery& query, std::span<const SlotFilter> filters) const override {
    const NextChoices* const model = query.request.next_choices;
    if (model == nullptr) return std::vector<CandidateList>(filters.size());
    return model->search_under(
        {query.request.catalog, query.request.shopper.choices, query.k, query.deadline}, filters);
  }
};

}  // namespace

std::unique_ptr<CandidateSource> make_next_choices_source(const SourceParts& /*parts*/) {
  return std::make_unique<NextChoicesSource>();
}

}  // namespace modiste
