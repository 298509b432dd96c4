#include <unordered_map>

#include "serving/sources.h"

namespace modiste {
namespace {

// The weight of each item that the shopper chose: the share of the taste that it belongs to.
UserKnn::Relevance relevance_of_choices(const ShopperState& shopper, std::span<const TasteShare> tastes) {
  std::unordered_map<Slot, float> weights;
  for (const Choice& choice : shopper.choices) {
    float& weight = weights[choice.slot];
    for (const TasteShare& part : tastes)
      if (part.mode == choice.mode || (part.with_session && choice.mode == kSessionMode))
        weight += part.share;
  }
  return [weights = std::move(weights)](Slot slot) {
    const auto known = weights.find(slot);
    return known == weights.end() ? 0.0F : known->second;
  };
}

// Items that shoppers with similar taste chose. Score: agreement among the neighbours, in [0, 1].
class Neighbours final : public CandidateSource {
 public:
  explicit Neighbours(const UserKnn& index) : index_(index) {}
  [[nodiscard]] std::string_view name() const override { return "neighbours"; }

  [[nodiscard]] CandidateList candidates(CandidateQuery query) const override {
    const ShopperState& shopper = query.request.shopper;
    return index_.search(shopper.subject, query.k, query.filter, query.deadline,
                         relevance_of_choices(shopper, query.request.tastes));
  }

 private:
  const UserKnn& index_;
};

}  // namespace

std::unique_ptr<CandidateSource> make_neighbours_source(const SourceParts& parts) {
  return std::make_unique<Neighbours>(parts.neighbours);
}

}  // namespace modiste
