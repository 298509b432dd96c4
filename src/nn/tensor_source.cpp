#include "nn/tensor_source.h"

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace modiste {
namespace {

float half_to_float(uint16_t half) { return _cvtsh_ss(half); }
uint16_t float_to_half(float value) { return _cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT); }

// The views' bytes need not be aligned.
template <class Stored, class Convert>
void convert(std::span<const std::byte> bytes, std::vector<float>& out, const Convert& convert_one) {
  for (size_t i = 0; i < out.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    out[i] = convert_one(stored);
  }
}

std::vector<float> floats_of(const TensorView& view) {
  std::vector<float> out(view.bytes.size() / bytes_per_value(view.dtype));
  switch (view.dtype) {
    case Dtype::kF16:
      convert<uint16_t>(view.bytes, out, half_to_float);
      break;
    case Dtype::kBf16:
      convert<uint16_t>(view.bytes, out,
                        [](uint16_t upper) { return std::bit_cast<float>(uint32_t{upper} << 16); });
      break;
    default:
      std::memcpy(out.data(), view.bytes.data(), view.bytes.size());
  }
  return out;
}

}  // namespace

FloatTensor transposed(const FloatTensor& matrix) {
  CHECK(matrix.shape.size() == 2);
  const auto rows = static_cast<size_t>(matrix.shape[0]), columns = static_cast<size_t>(matrix.shape[1]);
  FloatTensor out{{matrix.shape[1], matrix.shape[0]}, std::vector<float>(matrix.values.size())};
  if (matrix.values.empty()) return out;  // its source failed
  constexpr size_t kBlock = 32;           // rows whose cache lines are still there for the next column
  for (size_t first = 0; first < rows; first += kBlock)
    for (size_t column = 0; column < columns; ++column)
      for (size_t row = first; row < std::min(rows, first + kBlock); ++row)
        out.values[column * rows + row] = matrix.values[row * columns + column];
  return out;
}

FloatTensor TensorSource::fail(std::string what, std::string_view name, const std::vector<int64_t>& shape) {
  if (!error_)
    error_ = Error{Code::kCorrupt, std::move(what), std::string(name),
                   "a float tensor of shape " + shape_text(shape)};
  return {shape, {}};
}

FloatTensor TensorSource::take(std::string_view name, const std::vector<int64_t>& shape) {
  if (error_) return fail({}, name, shape);
  const auto found = views_.find(name);
  if (found == views_.end()) return fail("tensor is absent", name, shape);
  const auto& view = found->second;
  if (view.shape != shape) return fail("tensor has shape " + shape_text(view.shape), name, shape);
  if (view.dtype == Dtype::kOther) return fail("tensor is not of a float type", name, shape);

  taken_.emplace(name);
  FloatTensor tensor{shape, floats_of(view)};
  if (!std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); }))
    return fail("tensor holds values that are not finite", name, shape);
  return tensor;
}

Result<Done> TensorSource::status() const {
  if (error_) return *error_;
  return kOk;
}

Result<Done> TensorSource::status_all_taken() const {
  TRY(status());
  for (const auto& [name, view] : views_)
    if (!taken_.contains(name))
      return Error{Code::kCorrupt, "tensor is unknown to this network", name, "no such tensor"};
  return kOk;
}

std::vector<uint16_t> to_halves(const std::vector<float>& values) {
  std::vector<uint16_t> out(values.size());
  std::ranges::transform(values, out.begin(), float_to_half);
  return out;
}

float through_half(float value) { return half_to_float(float_to_half(value)); }

}  // namespace modiste
