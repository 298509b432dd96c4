#include "lookbook/taste_step.h"

namespace modiste::lookbook {
namespace {

double as_share(double affinity) { return (affinity + 1) / 2; }

}  // namespace

void by_liking(std::span<const MileLook> looks, const TasteWeights& weights, MileOrder& order) {
  for (MileEntry& entry : order) {
    const MileLook& look = looks[entry.look];
    double category = 0, colour = 0, pieces = 0;
    for (size_t i = 0; i < look.pieces.size(); ++i) {
      if ((entry.dropped >> i & 1U) != 0) continue;
      category += look.pieces[i].category, colour += look.pieces[i].colour, ++pieces;
    }
    if (pieces == 0) continue;
    entry.score +=
        weights.category * as_share(category / pieces) + weights.colour * as_share(colour / pieces);
  }
  sort_order(order);
}

void by_traits(std::span<const MileLook> looks, const TraitDirection& shopper, const TasteWeights& weights,
               MileOrder& order) {
  TraitDirection middle{};
  for (const MileEntry& entry : order) {
    const TraitDirection one = direction_of(looks[entry.look].traits);
    for (size_t i = 0; i < middle.size(); ++i) middle[i] += one[i] / static_cast<double>(order.size());
  }
  for (MileEntry& entry : order) {
    TraitDirection one = direction_of(looks[entry.look].traits);
    for (size_t i = 0; i < one.size(); ++i) one[i] -= middle[i];
    entry.score += weights.traits * as_share(cosine(shopper, one));
  }
  sort_order(order);
}

}  // namespace modiste::lookbook
