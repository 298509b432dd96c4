#include <Eigen/Core>
#include <algorithm>
#include <numeric>

#include "rival.h"

namespace modiste::bench {
namespace {

using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Floats>;

// Best first; equal ones by number.
void best_of(const float* scores, size_t count, const SlotBits* admitted, std::span<uint32_t> out) {
  std::vector<std::pair<float, uint32_t>> heap;  // negated score, number; the worst on top
  for (size_t i = 0; i < count; ++i) {
    const std::pair<float, uint32_t> entry(-scores[i], static_cast<uint32_t>(i));
    if (heap.size() == out.size() && entry >= heap.front()) continue;
    if (admitted != nullptr && !admitted->test(static_cast<Slot>(i))) continue;
    if (heap.size() == out.size()) {
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    heap.push_back(entry);
    std::push_heap(heap.begin(), heap.end());
  }
  std::sort_heap(heap.begin(), heap.end());
  std::fill(out.begin(), out.end(), UINT32_MAX);
  std::transform(heap.begin(), heap.end(), out.begin(), [](const auto& entry) { return entry.second; });
}

class BruteForce final : public Rival {
 public:
  [[nodiscard]] std::string name() const override { return "brute force"; }
  [[nodiscard]] std::string note() const override { return "floats, matrix-vector product by Eigen"; }
  void build(const Matrix& base, const BuildOptions&) override { base_ = base; }
  void search(std::span<const float> query, size_t, std::span<uint32_t> out) const override {
    const View base(base_.values.data(), base_.rows, base_.dimension);
    const Eigen::VectorXf scores = base * Eigen::Map<const Eigen::VectorXf>(query.data(), query.size());
    best_of(scores.data(), base_.rows, nullptr, out);
  }

 private:
  Matrix base_;
};

}  // namespace

std::unique_ptr<Rival> make_brute_force() { return std::make_unique<BruteForce>(); }

std::vector<uint32_t> true_neighbours(const Dataset& data, const SlotBits* admitted) {
  constexpr size_t kBlock = 100;
  std::vector<uint32_t> truth(data.queries.rows * kNeighbours);
  const View base(data.base.values.data(), data.base.rows, data.base.dimension);
  for (size_t from = 0; from < data.queries.rows; from += kBlock) {
    const size_t count = std::min(kBlock, data.queries.rows - from);
    const View queries(data.queries.row(from).data(), count, data.queries.dimension);
    const Floats scores = queries * base.transpose();
    for (size_t i = 0; i < count; ++i)
      best_of(scores.row(i).data(), data.base.rows, admitted,
              std::span(truth).subspan((from + i) * kNeighbours, kNeighbours));
  }
  return truth;
}

}  // namespace modiste::bench
