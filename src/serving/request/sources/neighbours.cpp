#include <algorithm>
#include <array>
#include <unordered_map>

#include "serving/request/sources.h"

namespace modiste {
namespace {

// How far each item that the shopper chose belongs to the present taste, as a share of the largest. Empty
// when the tastes say nothing of the choices, as in a shop whose garments have neither attributes nor photos.
std::unordered_map<Slot, float> relevance_of_choices(const ShopperState& shopper,
                                                     std::span<const TasteShare> tastes) {
  std::unordered_map<Slot, float> relevances;
  float most = 0;
  for (const Choice& choice : shopper.choices) {
    float relevance = 0;
    for (const TasteShare& part : tastes)
      if (part.mode == choice.mode || (part.with_session && choice.mode == kSessionMode))
        relevance += part.share;
    relevances[choice.slot] = relevance;
    most = std::max(most, relevance);
  }
  if (!(most > 0)) return {};
  for (auto& [slot, relevance] : relevances) relevance /= most;
  return relevances;
}

// Items chosen beside the shopper's own choices, and what was popular when they chose. Score: above 0,
// without an upper bound; evidence: how many shoppers chose the item beside one of theirs.
class Neighbours final : public CandidateSource {
 public:
  Neighbours(const CoChoices& choices, const PopularityByTime& popularity)
      : choices_(choices), popularity_(popularity) {}
  [[nodiscard]] std::string_view name() const override { return "neighbours"; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    return std::move(candidates_under(query, {&query.filter, 1}).front());
  }

  [[nodiscard]] std::vector<CandidateList> candidates_under(
      const CandidateQuery& query, std::span<const SlotFilter> filters) const override {
    const ShopperState& shopper = query.request.shopper;
    const auto chose_at = choices_.last_choice_at(shopper.subject);
    if (!chose_at) return std::vector<CandidateList>(filters.size());
    const auto relevances = relevance_of_choices(shopper, query.request.tastes);
    CoChoiceQuery asked;
    asked.shopper = shopper.subject;
    asked.k = query.k;
    asked.deadline = query.deadline;
    if (!relevances.empty())
      asked.relevance = [&](Slot slot) {
        const auto known = relevances.find(slot);
        return known == relevances.end() ? 0.0F : known->second;
      };
    std::vector<CandidateList> lists;
    const auto times = popular_beside(*chose_at, query.request.now);
    popularity_.with_shares(times, [&](const SlotPrior& prior) {
      asked.prior = &prior;
      lists = choices_.search_under(asked, filters);
    });
    return lists;
  }

 private:
  const CoChoices& choices_;
  const PopularityByTime& popularity_;
};

}  // namespace

std::unique_ptr<CandidateSource> make_neighbours_source(const SourceParts& parts) {
  return std::make_unique<Neighbours>(parts.co_choices, parts.popularity_by_time);
}

}  // namespace modiste
