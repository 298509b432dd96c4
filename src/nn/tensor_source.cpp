#include "nn/tensor_source.h"

#include <cstring>
#include <utility>

namespace modiste {
namespace {

at::ScalarType scalar_type(Dtype dtype) {
  switch (dtype) {
    case Dtype::kF16:
      return at::kHalf;
    case Dtype::kBf16:
      return at::kBFloat16;
    default:
      return at::kFloat;
  }
}

}  // namespace

at::Tensor TensorSource::fail(std::string what, std::string_view name, const std::vector<int64_t>& shape) {
  if (!error_)
    error_ = Error{Code::kCorrupt, std::move(what), std::string(name),
                   "a float tensor of shape " + shape_text(shape)};
  return at::zeros(std::vector<int64_t>(shape.size(), 1));
}

at::Tensor TensorSource::take(std::string_view name, const std::vector<int64_t>& shape) {
  if (error_) return fail({}, name, shape);
  const auto found = views_.find(name);
  if (found == views_.end()) return fail("tensor is absent", name, shape);
  const auto& view = found->second;
  if (view.shape != shape) return fail("tensor has shape " + shape_text(view.shape), name, shape);
  if (view.dtype == Dtype::kOther) return fail("tensor is not of a float type", name, shape);

  taken_.emplace(name);
  auto tensor = at::empty(shape, scalar_type(view.dtype));
  std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
  tensor = tensor.to(at::kFloat);
  if (!at::isfinite(tensor).all().item<bool>())
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

at::Tensor borrow_rows(std::span<const float> values, size_t width) {
  CHECK(values.size() % width == 0);
  // from_blob has no const version; nothing in nn writes to a borrowed tensor.
  return at::from_blob(const_cast<float*>(values.data()),
                       {static_cast<int64_t>(values.size() / width), static_cast<int64_t>(width)},
                       at::kFloat);
}

std::vector<float> to_floats(const at::Tensor& tensor) {
  const auto dense = tensor.to(at::kFloat).contiguous();
  const auto* begin = dense.data_ptr<float>();
  return {begin, begin + dense.numel()};
}

}  // namespace modiste
