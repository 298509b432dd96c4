// Private to nn. Layers of small networks over named weights, by Eigen; x W + b, with W stored as in x out.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace modiste {

using MatrixRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixRow = Eigen::RowVectorXf;

// Borrows the weights. A name that is not there throws std::out_of_range: a network's builder checks them.
class LayerMath {
 public:
  explicit LayerMath(const std::map<std::string, std::vector<float>>& weights) : weights_(weights) {}

  [[nodiscard]] Eigen::Map<const MatrixRows> tensor(const std::string& name, size_t columns) const {
    const auto& values = weights_.at(name);
    return {values.data(), static_cast<Eigen::Index>(values.size() / columns),
            static_cast<Eigen::Index>(columns)};
  }
  [[nodiscard]] MatrixRows linear(const std::string& name, const MatrixRows& x) const {
    const size_t out = weights_.at(name + ".bias").size();
    MatrixRows y = x * tensor(name + ".weight", out);
    y.rowwise() += tensor(name + ".bias", out).row(0);
    return y;
  }
  // Each row to mean 0 and deviation 1, then scaled and shifted (Ba et al. 2016).
  [[nodiscard]] MatrixRows norm(const std::string& name, MatrixRows x) const {
    constexpr float kEpsilon = 1e-5F;
    const auto width = static_cast<size_t>(x.cols());
    const auto scale = tensor(name + ".scale", width).row(0).array(),
               shift = tensor(name + ".shift", width).row(0).array();
    for (auto row : x.rowwise()) {
      const float mean = row.mean();
      const float deviation = std::sqrt((row.array() - mean).square().mean() + kEpsilon);
      row = ((row.array() - mean) / deviation * scale + shift).matrix();
    }
    return x;
  }

 private:
  const std::map<std::string, std::vector<float>>& weights_;
};

}  // namespace modiste
