#include "learning/models/ease.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace modiste {
namespace {

constexpr size_t kColumns = 16;  // solved together
using Lane = std::array<float, kColumns>;
using Columns = std::vector<Lane>;  // by item

// X'X + ridge I over rows of distinct items.
class EaseSystem {
 public:
  EaseSystem(const Histories& histories, float ridge) : ridge_(ridge), diagonal_(histories.items, ridge) {
    for (const History& row : histories.rows) {
      const History distinct = distinct_latest(row);
      for (const ItemNumber item : distinct) ++diagonal_[item];
      if (distinct.size() < 2) continue;  // adds to the diagonal only
      items_.insert(items_.end(), distinct.begin(), distinct.end());
      ends_.push_back(items_.size());
    }
    alone_ = diagonal_;
    for (float& value : alone_) value -= ridge;
    for (const ItemNumber item : items_) --alone_[item];
  }

  [[nodiscard]] float diagonal(size_t item) const { return diagonal_[item]; }

  void multiply(const Columns& by, Columns& product) const {
    for (size_t i = 0; i < by.size(); ++i)
      for (size_t c = 0; c < kColumns; ++c) product[i][c] = (ridge_ + alone_[i]) * by[i][c];
    size_t begin = 0;
    for (const size_t end : ends_) {
      Lane sum{};
      for (size_t at = begin; at < end; ++at)
        for (size_t c = 0; c < kColumns; ++c) sum[c] += by[items_[at]][c];
      for (size_t at = begin; at < end; ++at)
        for (size_t c = 0; c < kColumns; ++c) product[items_[at]][c] += sum[c];
      begin = end;
    }
  }

 private:
  float ridge_;
  std::vector<float> diagonal_, alone_;  // alone: rows that hold only this item
  std::vector<ItemNumber> items_;        // of the rows, one after another
  std::vector<size_t> ends_;
};

Lane dot(const Columns& a, const Columns& b) {
  Lane sum{};
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t c = 0; c < kColumns; ++c) sum[c] += a[i][c] * b[i][c];
  return sum;
}

// Conjugate gradients, preconditioned by the diagonal, for kColumns unit vectors from `first` on.
class EaseSolver {
 public:
  EaseSolver(const EaseSystem& system, size_t items, const EaseOptions& options)
      : system_(system), options_(options), x_(items), r_(items), z_(items), p_(items), q_(items) {}

  const Columns& solve(size_t first) {
    for (Columns* columns : {&x_, &r_}) std::fill(columns->begin(), columns->end(), Lane{});
    for (size_t c = 0; c < kColumns && first + c < r_.size(); ++c) r_[first + c][c] = 1;
    precondition();
    p_ = z_;
    Lane rz = dot(r_, z_);
    const Lane start = rz;
    for (size_t step = 0; step < options_.steps_max; ++step) {
      system_.multiply(p_, q_);
      const Lane pq = dot(p_, q_);
      Lane alpha{}, beta{};
      for (size_t c = 0; c < kColumns; ++c) alpha[c] = pq[c] > 0 ? rz[c] / pq[c] : 0;
      for (size_t i = 0; i < x_.size(); ++i)
        for (size_t c = 0; c < kColumns; ++c) {
          x_[i][c] += alpha[c] * p_[i][c];
          r_[i][c] -= alpha[c] * q_[i][c];
        }
      precondition();
      const Lane next = dot(r_, z_);
      bool done = true;
      for (size_t c = 0; c < kColumns; ++c) {
        beta[c] = rz[c] > 0 ? next[c] / rz[c] : 0;
        done &= next[c] <= options_.tolerance * options_.tolerance * start[c];
      }
      if (done) break;
      rz = next;
      for (size_t i = 0; i < x_.size(); ++i)
        for (size_t c = 0; c < kColumns; ++c) p_[i][c] = z_[i][c] + beta[c] * p_[i][c];
    }
    return x_;
  }

 private:
  void precondition() {
    for (size_t i = 0; i < r_.size(); ++i)
      for (size_t c = 0; c < kColumns; ++c) z_[i][c] = r_[i][c] / system_.diagonal(i);
  }

  const EaseSystem& system_;
  const EaseOptions& options_;
  Columns x_, r_, z_, p_, q_;
};

}  // namespace

void Ease::fit(const Histories& histories, const FitProgress& progress) {
  const size_t items = histories.items;
  const EaseSystem system(histories, options_.ridge);
  EaseSolver solver(system, items, options_);
  std::vector<float> diagonal(items, 1);  // of P
  weights_.assign(items, {});
  std::vector<Weight> row;
  for (size_t first = 0; first < items; first += kColumns) {
    const Columns& inverse = solver.solve(first);
    for (size_t c = 0; c < kColumns && first + c < items; ++c) {
      const size_t column = first + c;
      diagonal[column] = inverse[column][c];
      row.clear();
      // P is symmetric: the column is the row. P_jj is not known yet; 1 / its system's diagonal is near it.
      for (size_t j = 0; j < items; ++j)
        if (j != column && inverse[j][c] < 0)
          row.push_back({static_cast<ItemNumber>(j), -inverse[j][c] * system.diagonal(j)});
      if (row.size() > options_.keep) {
        std::nth_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(options_.keep), row.end(),
                         [](const Weight& a, const Weight& b) { return a.weight > b.weight; });
        row.resize(options_.keep);
      }
      weights_[column] = row;
    }
    if (progress) progress(std::min(items, first + kColumns), items);
  }
  for (auto& weights : weights_)
    for (Weight& one : weights) one.weight /= system.diagonal(one.item) * diagonal[one.item];
}

void Ease::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  const History mine = distinct_latest(history);
  float factor = 1;
  for (auto item = mine.rbegin(); item != mine.rend(); ++item, factor *= options_.recency)
    if (*item < weights_.size())
      for (const Weight& one : weights_[*item]) scores[one.item] += factor * one.weight;
}

size_t Ease::bytes() const {
  size_t entries = 0;
  for (const auto& row : weights_) entries += row.size();
  return entries * sizeof(Weight) + weights_.size() * sizeof(weights_.front());
}

}  // namespace modiste
