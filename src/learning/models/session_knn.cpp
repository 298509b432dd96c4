#include "learning/models/session_knn.h"

#include <algorithm>
#include <cmath>

namespace modiste {

SessionKnnOptions knn_of_shoppers() {
  SessionKnnOptions options;
  options.position_decay = 6;
  options.inner_decay = 6;
  options.age_decay = 0;
  return options;
}

void SessionKnn::fit(const Histories& histories, const FitProgress& progress) {
  items_.clear();
  begins_.assign(1, 0);
  rows_of_.assign(histories.items, {});
  size_t done = 0;
  for (const History& row : histories.rows) {
    append(row);
    if (progress && ++done % 1024 == 0) progress(done, histories.rows.size());
  }
}

void SessionKnn::append(std::span<const ItemNumber> row) {
  const History distinct = distinct_latest(row);
  const auto number = static_cast<uint32_t>(begins_.size() - 1);
  items_.insert(items_.end(), distinct.begin(), distinct.end());
  begins_.push_back(items_.size());
  for (const ItemNumber item : distinct) {
    if (item >= rows_of_.size()) rows_of_.resize(item + size_t{1});
    rows_of_[item].push_back(number);
  }
}

float SessionKnn::idf(ItemNumber item) const {
  const auto rows = static_cast<float>(begins_.size() - 1);
  return std::log(rows / std::max<float>(1, static_cast<float>(rows_of_[item].size())));
}

std::vector<SessionKnn::Near> SessionKnn::nearest(std::span<const ItemNumber> mine) const {
  struct Common {
    float weight = 0;
    ItemNumber latest = UINT32_MAX;
  };
  Accumulator<Common> common;
  const float decay = std::exp(-1 / options_.position_decay);
  float weight = 1;
  size_t looked_up = 0;
  for (auto item = mine.rbegin(); item != mine.rend() && looked_up < options_.latest_max;
       ++item, ++looked_up, weight *= decay) {
    if (*item >= rows_of_.size()) continue;
    const auto& rows = rows_of_[*item];
    const float value = weight * idf(*item);
    const size_t newest = std::min(rows.size(), options_.newest_of_item);
    for (size_t i = rows.size() - newest; i < rows.size(); ++i) {
      Common& row = common[rows[i]];
      row.weight += value;
      if (row.latest == UINT32_MAX) row.latest = *item;
    }
  }
  std::vector<Near> near;
  const auto rows = static_cast<float>(begins_.size() - 1);
  common.for_each([&](uint32_t row, const Common& of_row) {
    const auto length = static_cast<float>(begins_[row + 1] - begins_[row]);
    float similarity = of_row.weight / std::sqrt(length * static_cast<float>(mine.size()));
    if (options_.age_decay > 0)
      similarity *= std::exp((static_cast<float>(row) - rows) / rows / options_.age_decay);
    near.push_back({row, similarity, of_row.latest});
  });
  if (near.size() > options_.neighbours) {
    // Of equals the newest; any, where rows have no order.
    const auto place = [timed = options_.age_decay > 0](uint32_t row) { return timed ? row : mix64(row); };
    std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(options_.neighbours),
                     near.end(), [&](const Near& a, const Near& b) {
                       return a.similarity != b.similarity ? a.similarity > b.similarity
                                                           : place(a.row) > place(b.row);
                     });
    near.resize(options_.neighbours);
  }
  return near;
}

template <class Visit>
void SessionKnn::for_each_vote(std::span<const ItemNumber> history, const Visit& visit) const {
  const float decay = std::exp(-1 / options_.inner_decay);
  for (const Near& near : nearest(distinct_latest(history))) {
    const std::span row(items_.data() + begins_[near.row], items_.data() + begins_[near.row + 1]);
    const auto latest = std::find(row.begin(), row.end(), near.latest);
    float vote = near.similarity;
    for (auto item = latest; item != row.end(); ++item, vote *= decay)
      visit(*item, near, vote, item - latest);
    vote = near.similarity * decay;
    for (auto item = latest; item != row.begin(); vote *= decay) {
      --item;
      visit(*item, near, vote, item - latest);
    }
  }
}

void SessionKnn::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  for_each_vote(history,
                [&](ItemNumber item, const Near&, float vote, std::ptrdiff_t) { scores[item] += vote; });
  for (size_t item = 0; item < std::min(scores.size(), rows_of_.size()); ++item)
    if (scores[item] > 0) scores[item] *= favour(static_cast<ItemNumber>(item));
}

Accumulator<KnnScores> SessionKnn::parts(std::span<const ItemNumber> history) const {
  Accumulator<KnnScores> found;
  const auto rows = static_cast<float>(begins_.size() - 1);
  for_each_vote(history, [&](ItemNumber item, const Near& near, float vote, std::ptrdiff_t places) {
    KnnScores& scores = found[item];
    scores.score += vote * favour(item);
    if (places == 1) scores.next += near.similarity;
    ++scores.support;
    scores.nearest = std::max(scores.nearest, near.similarity);
    scores.newest = std::max(scores.newest, static_cast<float>(near.row + 1) / rows);
  });
  return found;
}

size_t SessionKnn::bytes() const {
  return items_.size() * 2 * sizeof(uint32_t) + begins_.size() * sizeof(size_t) +
         rows_of_.size() * sizeof(rows_of_.front());
}

}  // namespace modiste
