#include "nn/tensor_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace modiste {

size_t bytes_per_value(Dtype dtype) {
  switch (dtype) {
    case Dtype::kF32:
      return 4;
    case Dtype::kF16:
    case Dtype::kBf16:
      return 2;
    case Dtype::kOther:
      return 0;
  }
  return 0;
}

std::string shape_text(std::span<const int64_t> shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

}  // namespace modiste
