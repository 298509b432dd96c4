#include "embedding/kind_regression.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index index(size_t size) { return static_cast<Eigen::Index>(size); }

Rows rows_of(std::span<const KindExample> examples) {
  Rows rows(index(examples.size()), index(examples.front().vector.size()));
  for (size_t i = 0; i < examples.size(); ++i)
    rows.row(index(i)) =
        Eigen::Map<const Eigen::RowVectorXf>(examples[i].vector.data(), index(examples[i].vector.size()));
  return rows;
}

// Of each item the cosine to the one that is most like it, in the mean.
float mean_nearest(Eigen::MatrixXf cosines) {
  if (cosines.rows() < 2) return 1;
  cosines.diagonal().setConstant(-1);
  return cosines.colwise().maxCoeff().mean();
}

}  // namespace

KindRegression KindRegression::learn(std::span<const KindExample> examples,
                                     const KindRegressionOptions& options) {
  KindRegression learned;
  learned.options_ = options;
  if (examples.empty()) return learned;
  for (const KindExample& one : examples) learned.categories_.push_back(one.category);
  auto& categories = learned.categories_;
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());

  const Rows vectors = rows_of(examples);
  Eigen::MatrixXf kernel = vectors * vectors.transpose();
  learned.nearest_ = mean_nearest(kernel);
  kernel = ((kernel.array() - 1) / options.width).exp();
  kernel.diagonal().array() += options.lambda;
  Eigen::MatrixXf kinds = Eigen::MatrixXf::Zero(index(examples.size()), index(categories.size()));
  for (size_t i = 0; i < examples.size(); ++i) {
    const auto kind = std::lower_bound(categories.begin(), categories.end(), examples[i].category);
    kinds(index(i), kind - categories.begin()) = 1;
  }
  const Eigen::RowVectorXf shares = kinds.colwise().mean();
  kinds.rowwise() -= shares;
  const Rows weights = kernel.llt().solve(kinds);

  learned.dimension_ = examples.front().vector.size();
  learned.vectors_.assign(vectors.data(), vectors.data() + vectors.size());
  learned.weights_.assign(weights.data(), weights.data() + weights.size());
  learned.shares_.assign(shares.data(), shares.data() + shares.size());
  return learned;
}

std::vector<TermShare> KindRegression::kinds(std::span<const float> vector) const {
  if (categories_.empty() || vector.size() != dimension_) return {};
  const auto kinds = index(categories_.size()), items = index(vectors_.size() / dimension_);
  const Eigen::Map<const Rows> known(vectors_.data(), items, index(dimension_));
  const Eigen::Map<const Rows> weights(weights_.data(), items, kinds);
  const Eigen::VectorXf cosines = known * Eigen::Map<const Eigen::VectorXf>(vector.data(), index(dimension_));
  const float shift = nearest_ - cosines.maxCoeff() - 1;
  const Eigen::VectorXf near = ((cosines.array() + shift) / options_.width).exp();
  Eigen::RowVectorXf scores =
      near.transpose() * weights + Eigen::Map<const Eigen::RowVectorXf>(shares_.data(), kinds);
  scores = ((scores.array() - scores.maxCoeff()) * options_.sharpness).exp();
  scores /= scores.sum();
  std::vector<TermShare> out;
  for (size_t c = 0; c < categories_.size(); ++c) out.push_back({categories_[c], scores[index(c)]});
  return out;
}

}  // namespace modiste
