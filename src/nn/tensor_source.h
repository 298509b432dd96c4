// Private to nn: includes LibTorch. Builds a network's tensors from a checkpoint's views.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nn/tensor_view.h"
#include "nn/torch.h"

namespace modiste {

// Each tensor is requested by its expected name and shape. The first failure is kept and every later
// take() returns zeros, so that a network's constructor reads as a list of its parts; check status()
// once at the end.
class TensorSource {
 public:
  explicit TensorSource(const TensorViews& views) : views_(views) {}

  // A float32 copy.
  at::Tensor take(std::string_view name, const std::vector<int64_t>& shape);
  // kCorrupt for the first tensor that was missing, had another shape, was not of a float type,
  // or was not finite.
  [[nodiscard]] Result<Done> status() const;
  // Also refuses tensors that were not taken.
  [[nodiscard]] Result<Done> status_all_taken() const;

 private:
  at::Tensor fail(std::string what, std::string_view name, const std::vector<int64_t>& shape);

  const TensorViews& views_;
  std::set<std::string, std::less<>> taken_;
  std::optional<Error> error_;
};

// A matrix that borrows its values; their number must be a multiple of the width.
[[nodiscard]] at::Tensor borrow_rows(std::span<const float> values, size_t width);
[[nodiscard]] std::vector<float> to_floats(const at::Tensor& tensor);

}  // namespace modiste
