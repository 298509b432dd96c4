// XGBoost's trees for a loss of the caller's: one tree a call from gradient and hessian. The only file that
// calls the library is booster.cpp; what it refuses is our bug.
//
// Threads: sums_of() from any thread once nobody adds trees; else one.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modiste {

class Booster {
 public:
  using Setting = std::pair<const char*, std::string>;

  // values: row after row, of at least one row; `unknown` (may be NaN) is a value that is not known.
  Booster(std::span<const float> values, size_t columns, float unknown, std::span<const Setting> settings);

  void set(const Setting& setting);
  // Of its rows, by all trees. Lives until the next call.
  [[nodiscard]] std::span<const float> sums() const;
  // Adds a tree.
  void boost(std::vector<float>& gradient, std::vector<float>& hessian);
  // The model as the library writes it: "json" or "ubj". Lives until the next call.
  [[nodiscard]] std::string_view model(std::string_view format) const;
  // Frees the rows that it learned from: sums() and boost() are over.
  void end_learning() { matrix_.reset(); }
  // Of other rows, whose unknown values are NaN, by the first `trees` trees, at least one.
  [[nodiscard]] std::vector<float> sums_of(std::span<const float> rows, size_t columns, size_t trees) const;

 private:
  size_t rows_;
  std::shared_ptr<void> matrix_, booster_;
};

}  // namespace modiste
