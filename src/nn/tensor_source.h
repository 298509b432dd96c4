// Float tensors with their values, and how a network takes its own from a checkpoint's views.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nn/tensor_view.h"

namespace modiste {

struct FloatTensor {
  std::vector<int64_t> shape;  // row-major
  std::vector<float> values;
};

// rows x columns -> columns x rows.
[[nodiscard]] FloatTensor transposed(const FloatTensor& matrix);

// Each tensor is requested by its expected name and shape. The first failure is kept and every later
// take() returns a tensor without values, so that a network's builder reads as a list of its parts; check
// status() before the values are used.
class TensorSource {
 public:
  explicit TensorSource(const TensorViews& views) : views_(views) {}

  // A float32 copy.
  FloatTensor take(std::string_view name, const std::vector<int64_t>& shape);
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  // kCorrupt for the first tensor that was missing, had another shape, was not of a float type,
  // or was not finite.
  [[nodiscard]] Result<Done> status() const;
  // Also refuses tensors that were not taken.
  [[nodiscard]] Result<Done> status_all_taken() const;

 private:
  FloatTensor fail(std::string what, std::string_view name, const std::vector<int64_t>& shape);

  const TensorViews& views_;
  std::set<std::string, std::less<>> taken_;
  std::optional<Error> error_;
};

// To and from IEEE half precision, rounded to the nearest.
[[nodiscard]] std::vector<uint16_t> to_halves(const std::vector<float>& values);
[[nodiscard]] float through_half(float value);

}  // namespace modiste
