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
  TogetherMatrix(const Histories& histories, float power)
      : scale_(Eigen::VectorXf::Zero(eigen(histories.items))) {
    for (const History& row : histories.rows) {
      History distinct = distinct_latest(row);
      if (distinct.size() < 2) continue;
      for (const ItemNumber item : distinct) scale_[item] += static_cast<float>(distinct.size() - 1);
      rows_.push_back(std::move(distinct));
    }
    for (float& value : scale_) value = value > 0 ? std::pow(value, -power) : 0;
  }

  [[nodiscard]] ItemRows times(ItemRows by) const {
    by.array().colwise() *= scale_.array();
    ItemRows product = ItemRows::Zero(by.rows(), by.cols());
    Eigen::RowVectorXf sum(by.cols());
    for (const History& row : rows_) {
      sum.setZero();
      for (const ItemNumber item : row) sum += by.row(item);
      for (const ItemNumber item : row) product.row(item) += sum - by.row(item);
    }
    product.array().colwise() *= scale_.array();
    return product;
  }

 private:
  static Eigen::Index eigen(size_t size) { return static_cast<Eigen::Index>(size); }

  std::vector<History> rows_;
  Eigen::VectorXf scale_;  // D^-a
};

// An orthonormal basis of the columns.
ItemRows basis_of(const ItemRows& columns) {
  const Eigen::HouseholderQR<Eigen::MatrixXf> solved(columns);
  return solved.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
}

}  // namespace

std::vector<float> item_spectrum(const Histories& histories, const SpectrumOptions& options) {
  const auto items = static_cast<Eigen::Index>(histories.items);
  const auto width = static_cast<Eigen::Index>(options.width);
  std::vector<float> out(histories.items * options.width, 0);
  if (items == 0) return out;
  constexpr Eigen::Index kBeyond = 12;  // further columns, so that the last ones converge too
  const TogetherMatrix together(histories, options.power);
  Rng rng(options.seed);
  ItemRows subspace(items, std::min(items, width + kBeyond));
  for (Eigen::Index i = 0; i < subspace.size(); ++i) subspace.data()[i] = static_cast<float>(rng.normal());
  subspace = basis_of(subspace);
  for (size_t round = 0; round < options.rounds; ++round) subspace = basis_of(together.times(subspace));
  const Eigen::MatrixXf small = subspace.transpose() * together.times(subspace);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solved((small + small.transpose()) / 2);
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
