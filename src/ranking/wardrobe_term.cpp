#include "ranking/wardrobe_term.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace modiste {

std::vector<size_t> rows_ahead(std::span<const float> scores, size_t most) {
  std::vector<size_t> rows(scores.size());
  std::iota(rows.begin(), rows.end(), size_t{0});
  if (rows.size() <= most) return rows;
  std::nth_element(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(most), rows.end(),
      [&](size_t a, size_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  rows.resize(most);
  return rows;
}

void add_wardrobe_term(Ranking& ranking, std::span<const float> wardrobe, std::span<const size_t> ahead) {
  CHECK(wardrobe.size() == ranking.scores.size());
  constexpr auto kWeight = static_cast<float>(kWardrobeWeight);
  std::vector<float> values(wardrobe.size(), 0);
  for (const size_t row : ahead)
    values[row] = wardrobe[row] == kFeatureUnknown ? ranking.scores[row] : wardrobe[row];
  for (size_t row = 0; row < values.size(); ++row)
    ranking.scores[row] = (1 - kWeight) * ranking.scores[row] + kWeight * values[row];
  for (ScoreTerm& term : ranking.terms) term.weight *= 1 - kWardrobeWeight;
  ranking.terms.push_back({"wardrobe", kWardrobeWeight, std::move(values)});
}

}  // namespace modiste
