#include "context/softmax_regression.h"

#include <fmt/format.h>
#include <lbfgs.h>

#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>
#include <memory>

#include "base/check.h"

namespace modiste {
namespace {

constexpr auto kClasses = static_cast<Eigen::Index>(kOccasionCount);
using Dense = Eigen::Matrix<double, Eigen::Dynamic, kClasses, Eigen::RowMajor>;
using Sparse = Eigen::SparseMatrix<double, Eigen::RowMajor>;

struct Problem {
  Sparse x;
  Dense offset, truth;  // truth: one-hot
  Eigen::VectorXd weight;
  double l2 = 0;
};

Problem make_problem(std::span<const SoftmaxRow> rows, size_t feature_count, double l2) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Problem problem{Sparse(n, static_cast<Eigen::Index>(feature_count)), Dense(n, kClasses),
                  Dense::Zero(n, kClasses), Eigen::VectorXd(n), l2};
  std::vector<Eigen::Triplet<double>> entries;
  for (Eigen::Index i = 0; i < n; ++i) {
    const SoftmaxRow& row = rows[static_cast<size_t>(i)];
    for (const auto& [index, value] : row.features)
      entries.emplace_back(i, static_cast<Eigen::Index>(index), value);
    for (Eigen::Index k = 0; k < kClasses; ++k) problem.offset(i, k) = row.offset[static_cast<size_t>(k)];
    problem.truth(i, static_cast<Eigen::Index>(row.truth)) = 1;
    problem.weight(i) = row.weight;
  }
  problem.x.setFromTriplets(entries.begin(), entries.end());
  return problem;
}

// The objective at `at` and its gradient. Entries beyond the weights are padding for the library.
double evaluate(void* instance, const double* at, double* gradient, int count, double) {
  const auto& problem = *static_cast<const Problem*>(instance);
  const Eigen::Map<const Dense> weights(at, problem.x.cols(), kClasses);
  Dense p = problem.x * weights + problem.offset;
  p.colwise() -= p.rowwise().maxCoeff().eval();
  const Eigen::VectorXd truth_logit = p.cwiseProduct(problem.truth).rowwise().sum();
  p = p.array().exp().matrix();
  const Eigen::VectorXd sum = p.rowwise().sum();
  const double loss = problem.weight.dot((sum.array().log() - truth_logit.array()).matrix());
  p.array().colwise() /= sum.array();
  p -= problem.truth;
  p.array().colwise() *= problem.weight.array();
  std::fill(gradient, gradient + count, 0.0);
  Eigen::Map<Dense>(gradient, problem.x.cols(), kClasses) = problem.x.transpose() * p + problem.l2 * weights;
  return loss + problem.l2 / 2 * weights.squaredNorm();
}

// Status codes of a search that reached the precision of doubles.
bool has_arrived(int status) {
  return status == LBFGS_SUCCESS || status == LBFGS_STOP || status == LBFGS_ALREADY_MINIMIZED ||
         status == LBFGSERR_MAXIMUMITERATION || status == LBFGSERR_ROUNDING_ERROR ||
         status == LBFGSERR_MINIMUMSTEP || status == LBFGSERR_WIDTHTOOSMALL ||
         status == LBFGSERR_MAXIMUMLINESEARCH;
}

}  // namespace

Result<SoftmaxWeights> fit_softmax(std::span<const SoftmaxRow> rows, size_t feature_count,
                                   const SoftmaxOptions& options) {
  CHECK(options.l2 > 0);
  if (rows.empty()) return SoftmaxWeights(feature_count);
  Problem problem = make_problem(rows, feature_count, options.l2);
  constexpr size_t kPadding = 8;  // libLBFGS needs vector sizes that are multiples of eight
  const size_t count = (feature_count * kOccasionCount + kPadding - 1) / kPadding * kPadding;
  const std::unique_ptr<double, decltype(&lbfgs_free)> at(lbfgs_malloc(static_cast<int>(count)), &lbfgs_free);
  CHECK(at != nullptr);
  std::fill(at.get(), at.get() + count, 0.0);
  lbfgs_parameter_t parameters;
  lbfgs_parameter_init(&parameters);
  parameters.max_iterations = options.iterations_max;
  parameters.past = 5;  // stop when five steps gain less than a millionth
  parameters.delta = 1e-6;
  const int status =
      lbfgs(static_cast<int>(count), at.get(), nullptr, evaluate, nullptr, &problem, &parameters);
  if (!has_arrived(status))
    return Error{Code::kInternal, fmt::format("libLBFGS failed with status {}", status), "", ""};
  SoftmaxWeights weights(feature_count);
  for (size_t f = 0; f < feature_count; ++f)
    std::copy_n(at.get() + f * kOccasionCount, kOccasionCount, weights[f].begin());
  return weights;
}

OccasionVector softmax(std::span<const Feature> features, const OccasionVector& offset,
                       const SoftmaxWeights& weights) {
  OccasionVector p = offset;
  for (const auto& [index, value] : features)
    for (size_t k = 0; k < kOccasionCount; ++k) p[k] += value * weights[index][k];
  const double top = *std::max_element(p.begin(), p.end());
  for (double& value : p) value = std::exp(value - top);
  normalise_shares(p);
  return p;
}

}  // namespace modiste
