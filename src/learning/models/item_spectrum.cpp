#include "learning/models/item_spectrum.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

using ItemRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

class TogetherMatrix {
 public:
  TogetherMatrix(const Histories& histories, const SpectrumOptions& options)
      : scale_(Eigen::VectorXf::Zero(static_cast<Eigen::Index>(histories.items))), options_(options) {
    for (const History& row : histories.rows)
      if (History distinct = distinct_latest(row); distinct.size() > 1) rows_.push_back(std::move(distinct));
    for_each_pair([&](ItemNumber a, ItemNumber b, float weight) {
      scale_[a] += weight;
      scale_[b] += weight;
    });
    for (float& value : scale_) value = value > 0 ? std::pow(value, -options.power) : 0;
  }

  [[nodiscard]] ItemRows times(ItemRows by) const {
    by.array().colwise() *= scale_.array();
    ItemRows product = ItemRows::Zero(by.rows(), by.cols());
    for_each_pair([&](ItemNumber a, ItemNumber b, float weight) {
      product.row(a) += weight * by.row(b);
      product.row(b) += weight * by.row(a);
    });
    product.array().colwise() *= scale_.array();
    return product;
  }

 private:
  template <class Visit>
  void for_each_pair(const Visit& visit) const {
    for (const History& row : rows_)
      for (size_t later = 1; later < row.size(); ++later)
        for (size_t distance = 1; distance <= std::min(later, options_.window); ++distance)
          visit(row[later], row[later - distance],
                std::pow(static_cast<float>(distance), -options_.distance_power));
  }

  std::vector<History> rows_;
  Eigen::VectorXf scale_;  // D^-a
  SpectrumOptions options_;
};

// An orthonormal basis of the columns.
ItemRows basis_of(const ItemRows& columns) {
  const Eigen::HouseholderQR<Eigen::MatrixXf> solved(columns);
  return solved.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
}

using Ritz = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf>;

Ritz ritz_of(const ItemRows& subspace, const ItemRows& product) {
  const Eigen::MatrixXf small = subspace.transpose() * product;
  return Ritz((small + small.transpose()) / 2);
}

}  // namespace

std::vector<float> item_spectrum(const Histories& histories, const SpectrumOptions& options) {
  const auto items = static_cast<Eigen::Index>(histories.items);
  const auto width = static_cast<Eigen::Index>(options.width);
  std::vector<float> out(histories.items * options.width, 0);
  if (items == 0) return out;
  constexpr Eigen::Index kBeyond = 12;  // further columns, so that the last ones converge too
  const TogetherMatrix together(histories, options);
  Rng rng(options.seed);
  ItemRows subspace(items, std::min(items, width + kBeyond));
  for (Eigen::Index i = 0; i < subspace.size(); ++i) subspace.data()[i] = static_cast<float>(rng.normal());
  subspace = basis_of(subspace);
  // The iteration finds the eigenvalues of the greatest size. C has no diagonal, so that many of those are
  // below 0, and nothing is kept of them. Half the size of the least, added to all, makes them the smaller.
  float shift = 0;
  const size_t unshifted = options.rounds / 4;
  for (size_t round = 0; round < options.rounds; ++round) {
    const ItemRows product = together.times(subspace);
    if (round == unshifted) shift = -std::min(0.0F, ritz_of(subspace, product).eigenvalues()[0]) / 2;
    subspace = basis_of(product + shift * subspace);
  }
  const auto solved = ritz_of(subspace, together.times(subspace));
  // Ascending: the greatest stand last.
  const Eigen::Index kept = std::min(width, subspace.cols());
  const ItemRows vectors = subspace * solved.eigenvectors().rightCols(kept).rowwise().reverse();
  const Eigen::VectorXf roots = solved.eigenvalues().tail(kept).reverse().cwiseMax(0).cwiseSqrt();
  Eigen::Map<ItemRows> rows(out.data(), items, width);
  rows.leftCols(kept) = vectors * roots.asDiagonal();
  const float deviation = std::sqrt(rows.squaredNorm() / static_cast<float>(rows.size()));
  if (deviation > 0) rows *= options.deviation / deviation;
  return out;
}

}  // namespace modiste
