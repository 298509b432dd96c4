#include "learning/models/blend_model.h"

#include <algorithm>
#include <cmath>

#include "base/rng.h"

namespace modiste {

BlendOptions blend_options(HistoryKind kind) {
  BlendOptions options;
  if (kind == HistoryKind::kShoppers) options.queries_max = 60'000;
  options.trees.rounds = kind == HistoryKind::kShoppers ? 400 : 300;
  options.trees.patience = 20;
  options.trees.learning_rate = 0.06F;
  options.trees.child_weight_min = 10;
  options.trees.share_of_columns = 0.4F;
  return options;
}

namespace {

struct HeldOutChoice {
  std::span<const ItemNumber> before;
  ItemNumber item = 0;
};

struct BlendSlices {
  Histories sources;                   // what the sources learn from
  std::vector<HeldOutChoice> choices;  // what the trees learn from
};

// The choices refer to the histories.
BlendSlices slice_for_blend(const Histories& histories, HistoryKind kind, double share) {
  BlendSlices slices{{histories.items, {}}, {}};
  const auto first = static_cast<size_t>(static_cast<double>(histories.rows.size()) * (1 - share));
  for (size_t r = 0; r < histories.rows.size(); ++r) {
    const History& row = histories.rows[r];
    const std::span<const ItemNumber> items(row);
    if (kind == HistoryKind::kShoppers) {
      if (row.size() > 1) slices.choices.push_back({items.first(row.size() - 1), row.back()});
      slices.sources.rows.emplace_back(row.begin(), row.size() > 1 ? row.end() - 1 : row.end());
    } else if (r < first) {
      slices.sources.rows.push_back(row);
    } else {
      for (size_t i = 1; i < row.size(); ++i) slices.choices.push_back({items.first(i), row[i]});
    }
  }
  return slices;
}

// An order of all values: NaN before the others.
bool less_or_unknown(float a, float b) { return std::isnan(a) ? !std::isnan(b) : a < b; }

// Appends the group of one choice: the candidate that was chosen and some of the others. Nothing where it is
// not among the candidates.
void add_group(const BlendCandidates& candidates, ItemNumber chosen, size_t others_max, Rng& rng,
               ChoiceRows& rows) {
  const auto at = std::find(candidates.items.begin(), candidates.items.end(), chosen);
  if (at == candidates.items.end() || candidates.items.size() < 2) return;
  const auto chosen_at = static_cast<size_t>(at - candidates.items.begin());
  std::vector<size_t> kept;
  for (size_t i = 0; i < candidates.items.size(); ++i)
    if (i != chosen_at) kept.push_back(i);
  const auto features = [&](size_t i) {
    return std::span(candidates.features).subspan(i * rows.columns, rows.columns);
  };
  // What is drawn, here and by the trees, must not follow from the items' numbers.
  std::sort(kept.begin(), kept.end(), [&](size_t a, size_t b) {
    return std::lexicographical_compare(features(a).begin(), features(a).end(), features(b).begin(),
                                        features(b).end(), less_or_unknown);
  });
  if (kept.size() > others_max) {
    rng.shuffle(kept);
    kept.resize(others_max);
  }
  kept.push_back(chosen_at);
  for (const size_t i : kept) rows.values.insert(rows.values.end(), features(i).begin(), features(i).end());
  rows.ends.push_back(rows.rows());
  rows.chosen.push_back(rows.rows() - 1);
}

}  // namespace

void BlendModel::fit_trees(const Histories& histories, const FitProgress& progress) {
  BlendSlices slices = slice_for_blend(histories, kind_, options_.share_held_out);
  Rng rng(options_.seed);
  if (slices.choices.size() > options_.queries_max) {
    rng.shuffle(slices.choices);
    slices.choices.resize(options_.queries_max);
  }
  sources_.fit(slices.sources, progress);
  ChoiceRows rows;
  rows.columns = BlendSources::columns();
  size_t done = 0;
  for (const HeldOutChoice& choice : slices.choices) {
    // A shopper's earlier choices are left out of the ranking; so is one of them that came again.
    const bool again =
        std::find(choice.before.begin(), choice.before.end(), choice.item) != choice.before.end();
    if (kind_ == HistoryKind::kSessions || !again)
      add_group(sources_.describe(choice.before), choice.item, options_.others_max, rng, rows);
    if (progress && ++done % 64 == 0) progress(done, slices.choices.size());
  }
  if (rows.ends.size() >= options_.queries_min) trees_.fit(rows, options_.trees, progress);
}

void BlendModel::fit(const Histories& histories, const FitProgress& progress) {
  trees_ = {};
  fit_trees(histories, progress);
  sources_.fit(histories, progress, true);
}

void BlendModel::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  const BlendCandidates candidates = sources_.describe(history);
  if (candidates.items.empty()) return;
  const std::vector<float> values =
      trees_.fitted() ? trees_.values(candidates.features, BlendSources::columns()) : candidates.plain;
  const float least = *std::min_element(values.begin(), values.end());
  for (size_t i = 0; i < values.size(); ++i) scores[candidates.items[i]] += values[i] - least + 1;
}

}  // namespace modiste
