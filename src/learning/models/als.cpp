#include "learning/models/als.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "base/rng.h"

namespace modiste {
namespace {

using Eigen::Index, Eigen::MatrixXf, Eigen::VectorXf;
using ChoicesOfEach = std::vector<std::vector<uint32_t>>;  // of each vector that is solved, the fixed ones

MatrixXf gram_of(const MatrixXf& fixed, float ridge) {
  return fixed * fixed.transpose() + ridge * MatrixXf::Identity(fixed.rows(), fixed.rows());
}

// Moves x towards the vector that these fixed ones ask for.
void solve_one(const MatrixXf& fixed, const MatrixXf& gram, std::span<const uint32_t> chosen, float alpha,
               int steps, Eigen::Ref<VectorXf> x) {
  VectorXf rest = -(gram * x);
  for (const uint32_t one : chosen) rest += (1 + alpha - alpha * fixed.col(one).dot(x)) * fixed.col(one);
  VectorXf direction = rest, product;
  float size = rest.squaredNorm();
  constexpr float kSolved = 1e-10F;
  for (int step = 0; step < steps && size > kSolved; ++step) {
    product.noalias() = gram * direction;
    for (const uint32_t one : chosen) product += alpha * fixed.col(one).dot(direction) * fixed.col(one);
    const float along = size / direction.dot(product);
    x += along * direction;
    rest -= along * product;
    const float next = rest.squaredNorm();
    direction = rest + next / size * direction;
    size = next;
  }
}

// Vectors do not wait for each other: the result does not depend on the number of threads.
void solve_all(const MatrixXf& fixed, const ChoicesOfEach& chosen, const AlsOptions& options,
               MatrixXf& vectors) {
  constexpr size_t kAtOnce = 64;
  const MatrixXf gram = gram_of(fixed, options.ridge);
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t begin = next.fetch_add(kAtOnce); begin < chosen.size(); begin = next.fetch_add(kAtOnce))
      for (size_t i = begin; i < std::min(chosen.size(), begin + kAtOnce); ++i)
        if (!chosen[i].empty())
          solve_one(fixed, gram, chosen[i], options.alpha, options.steps, vectors.col(static_cast<Index>(i)));
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  work();
}

}  // namespace

void Als::fit(const Histories& histories, const FitProgress& progress) {
  ChoicesOfEach items_of_rows, rows_of_items(histories.items);
  for (const History& row : histories.rows) {
    for (const ItemNumber item : items_of_rows.emplace_back(distinct_latest(row)))
      rows_of_items[item].push_back(static_cast<uint32_t>(items_of_rows.size() - 1));
  }
  // Rows begin at random, and the items follow from them: nothing is drawn by an item's number.
  Rng rng(options_.seed);
  MatrixXf rows(options_.width, static_cast<Index>(items_of_rows.size()));
  for (float& value : rows.reshaped()) value = 0.1F * static_cast<float>(rng.normal());
  items_ = MatrixXf::Zero(options_.width, static_cast<Index>(histories.items));
  for (int sweep = 0; sweep < options_.sweeps; ++sweep) {
    solve_all(rows, rows_of_items, options_, items_);
    solve_all(items_, items_of_rows, options_, rows);
    if (progress) progress(static_cast<size_t>(sweep + 1), static_cast<size_t>(options_.sweeps));
  }
  gram_ = gram_of(items_, options_.ridge);
}

void Als::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  History mine = distinct_latest(history);
  std::erase_if(mine, [&](ItemNumber item) { return item >= static_cast<size_t>(items_.cols()); });
  if (mine.empty()) return;
  VectorXf x = VectorXf::Zero(options_.width);
  solve_one(items_, gram_, mine, options_.alpha, options_.steps_of_answer, x);
  Eigen::Map<VectorXf>(scores.data(), items_.cols()) += items_.transpose() * x;
}

size_t Als::bytes() const { return static_cast<size_t>(items_.size() + gram_.size()) * sizeof(float); }

}  // namespace modiste
