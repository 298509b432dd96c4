// Tensors as stored in a checkpoint: names, shapes and borrowed bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// Only the float types are read; kOther is for integers that checkpoints also contain (position_ids).
enum class Dtype : uint8_t { kF32, kF16, kBf16, kOther };

[[nodiscard]] size_t bytes_per_value(Dtype dtype);  // 0 for kOther

struct TensorView {
  Dtype dtype = Dtype::kF32;
  std::vector<int64_t> shape;        // row-major; empty for a scalar
  std::span<const std::byte> bytes;  // little-endian, not necessarily aligned
};

using TensorViews = std::map<std::string, TensorView, std::less<>>;

// "[2048, 128]"
[[nodiscard]] std::string shape_text(std::span<const int64_t> shape);

}  // namespace modiste
