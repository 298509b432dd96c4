#include "serving/answer/rerank_stage.h"

#include "ranking/exploration.h"
#include "serving/request/reason_rules.h"

namespace modiste {
namespace {

ScoredItem scored(const ItemFacts& item, size_t row, float score) {
  return {item.slot, item.garment, item.brand, item.category, static_cast<uint32_t>(row), score, 1};
}

// Similarity of two candidates.
Likeness likeness_of(const Candidates& found) {
  return [&found](const ScoredItem& a, const ScoredItem& b) {
    return likeness(found.vectors[a.row], found.vectors[b.row]);
  };
}

// Of exploration's draw, by item.
std::vector<float> explore_weights(std::span<const Slot> open, const RequestState& request,
                                   const Popularity& popularity) {
  const ExplorationDraw draw = request.policy->exploration.draw;
  std::vector<GarmentTrials> garments(open.size());
  for (size_t i = 0; i < open.size(); ++i)
    garments[i].is_new = is_new(request.catalog->facts(open[i]), request.now);
  if (draw != ExplorationDraw::kEven) {  // which reads no counts
    const auto counts = popularity.counts(open, request.now);
    for (size_t i = 0; i < open.size(); ++i)
      garments[i].positives = counts[i].positives, garments[i].impressions = counts[i].impressions;
  }
  return exploration_weights(draw, garments);
}

}  // namespace

std::vector<SelectedItem> rerank(const Ranked& ranked, const RequestState& request,
                                 const Popularity& popularity, double epsilon) {
  const Candidates& found = ranked.found;
  std::vector<ScoredItem> items;
  items.reserve(found.slots.size());
  for (size_t row = 0; row < found.slots.size(); ++row) {
    items.push_back(scored(request.catalog->facts(found.slots[row]), row, ranked.scores[row]));
    items.back().tier = found.tiers[row];
  }
  std::vector<ScoredItem> open;  // candidates for exploration
  const std::vector<float> weights = explore_weights(found.open, request, popularity);
  for (size_t i = 0; i < found.open.size(); ++i)
    open.emplace_back(items[found.rows.at(found.open[i])]).explore_weight = weights[i];
  sort_by_score(items, request.seed);
  SelectOptions options = request.policy->select;
  options.count = request.count;
  options.epsilon = epsilon;
  Rng rng(request.seed);
  return select(items, open, options, likeness_of(found), rng);
}

}  // namespace modiste
