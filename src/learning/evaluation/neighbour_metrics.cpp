#include "learning/evaluation/neighbour_metrics.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace modiste {

void ScoreByLabel::add(std::string_view label, double score) {
  auto& entry = labels[std::string(label)];
  entry.sum += score;
  ++entry.count;
}

size_t ScoreByLabel::count() const {
  size_t count = 0;
  for (const auto& [label, score] : labels) count += score.count;
  return count;
}

double ScoreByLabel::micro() const {
  LabelScore all;
  for (const auto& [label, score] : labels) all.sum += score.sum, all.count += score.count;
  return all.mean();
}

double ScoreByLabel::macro() const {
  if (labels.empty()) return 0;
  double sum = 0;
  for (const auto& [label, score] : labels) sum += score.mean();
  return sum / static_cast<double>(labels.size());
}

void add_precision_at_k(std::span<const Seen> queries, std::span<const Seen> gallery, size_t k,
                        ScoreByLabel& into) {
  CHECK(k > 0);
  std::vector<std::pair<float, size_t>> scored;
  for (const auto& query : queries) {
    scored.clear();
    for (size_t i = 0; i < gallery.size(); ++i)
      if (gallery[i].group != query.group) scored.emplace_back(-dot(query.vector, gallery[i].vector), i);
    const auto last = scored.begin() + static_cast<std::ptrdiff_t>(std::min(k, scored.size()));
    std::partial_sort(scored.begin(), last, scored.end());
    const auto right = std::count_if(scored.begin(), last, [&](const auto& neighbour) {
      return gallery[neighbour.second].label == query.label;
    });
    into.add(query.label, static_cast<double>(right) / static_cast<double>(k));
  }
}

void add_zero_shot_accuracy(std::span<const Seen> queries, const std::map<std::string, Vector>& prompts,
                            ScoreByLabel& into) {
  CHECK(!prompts.empty());
  for (const auto& query : queries) {
    const auto nearest = std::max_element(prompts.begin(), prompts.end(), [&](const auto& a, const auto& b) {
      return dot(query.vector, a.second) < dot(query.vector, b.second);
    });
    into.add(query.label, nearest->first == query.label ? 1 : 0);
  }
}

}  // namespace modiste
