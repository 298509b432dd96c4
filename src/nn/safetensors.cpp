#include "nn/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "nn/corrupt.h"

namespace modiste {
namespace {

struct DtypeName {
  std::string_view name;
  Dtype dtype;
  size_t bytes;
};
constexpr std::array<DtypeName, 12> kDtypes{{{"F32", Dtype::kF32, 4},
                                             {"F16", Dtype::kF16, 2},
                                             {"BF16", Dtype::kBf16, 2},
                                             {"F64", Dtype::kOther, 8},
                                             {"I64", Dtype::kOther, 8},
                                             {"U64", Dtype::kOther, 8},
                                             {"I32", Dtype::kOther, 4},
                                             {"U32", Dtype::kOther, 4},
                                             {"I16", Dtype::kOther, 2},
                                             {"I8", Dtype::kOther, 1},
                                             {"U8", Dtype::kOther, 1},
                                             {"BOOL", Dtype::kOther, 1}}};
constexpr size_t kLengthBytes = 8;

// A count from JSON: a non-negative integer, else empty.
std::optional<uint64_t> count_of(const json::value& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64() && value.get_int64() >= 0) return static_cast<uint64_t>(value.get_int64());
  return std::nullopt;
}

// The shape and its size in bytes; refuses products larger than the buffer, so that nothing can overflow.
Result<uint64_t> read_shape(const json::object& entry, std::string_view name, size_t value_bytes,
                            size_t limit, std::vector<int64_t>& shape) {
  const auto* list = entry.if_contains("shape");
  if (list == nullptr || !list->is_array()) return corrupt("tensor has no shape", name, "a list of sizes");
  uint64_t bytes = value_bytes;
  for (const auto& side : list->get_array()) {
    const auto size = count_of(side);
    if (!size) return corrupt("a size of the shape is not a count", name, "integers >= 0");
    if (*size != 0 && bytes > limit / *size) return corrupt("shape is larger than the file", name);
    bytes *= *size;
    shape.push_back(static_cast<int64_t>(*size));
  }
  return bytes;
}

struct Placed {
  uint64_t begin = 0, end = 0;
};

Result<Placed> read_offsets(const json::object& entry, std::string_view name, size_t buffer_size) {
  const auto* list = entry.if_contains("data_offsets");
  if (list == nullptr || !list->is_array() || list->get_array().size() != 2)
    return corrupt("tensor has no data_offsets", name, "[begin, end]");
  const auto begin = count_of(list->get_array()[0]), end = count_of(list->get_array()[1]);
  if (!begin || !end || *begin > *end || *end > buffer_size)
    return corrupt("data_offsets do not lie in the file", name,
                   fmt::format("0 <= begin <= end <= {}", buffer_size));
  return Placed{*begin, *end};
}

Result<TensorView> read_tensor(const json::object& entry, std::string_view name,
                               std::span<const std::byte> buffer, Placed& placed) {
  const auto* dtype = entry.if_contains("dtype");
  if (dtype == nullptr || !dtype->is_string())
    return corrupt("tensor has no dtype", name, "F32, F16 or BF16");
  const auto known = std::ranges::find(kDtypes, std::string_view(dtype->get_string()), &DtypeName::name);
  if (known == kDtypes.end())
    return corrupt(fmt::format("dtype {} is unknown", std::string_view(dtype->get_string())), name,
                   "F32, F16 or BF16");
  TensorView view{.dtype = known->dtype, .shape = {}, .bytes = {}};
  TRY_ASSIGN(const uint64_t bytes, read_shape(entry, name, known->bytes, buffer.size(), view.shape));
  TRY_ASSIGN(placed, read_offsets(entry, name, buffer.size()));
  if (placed.end - placed.begin != bytes)
    return corrupt(fmt::format("tensor has {} bytes", placed.end - placed.begin), name,
                   fmt::format("{} bytes for shape {}", bytes, shape_text(view.shape)));
  view.bytes = buffer.subspan(placed.begin, bytes);
  return view;
}

Result<Done> read_metadata(const json::value& value, std::map<std::string, std::string>& metadata) {
  if (!value.is_object()) return corrupt("__metadata__ is not an object", "__metadata__");
  for (const auto& [key, entry] : value.get_object()) {
    if (!entry.is_string()) return corrupt("metadata is not a string", std::string_view(key));
    metadata.emplace(key, entry.get_string());
  }
  return kOk;
}

// Tensors must cover the buffer exactly: the format forbids gaps and overlaps, and an incomplete
// file is detected here.
Result<Done> check_tiling(std::vector<Placed> places, size_t buffer_size) {
  std::ranges::sort(places, [](const Placed& a, const Placed& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  uint64_t at = 0;
  for (const auto& place : places) {
    if (place.begin != at)
      return corrupt(fmt::format("tensors overlap or leave a gap at byte {}", std::min(at, place.begin)), "");
    at = place.end;
  }
  if (at != buffer_size)
    return corrupt(fmt::format("file has {} bytes of tensors", buffer_size), "", fmt::format("{} bytes", at));
  return kOk;
}

Result<std::string_view> header_text(std::span<const std::byte> file) {
  if (file.size() < kLengthBytes) return corrupt("file is shorter than its header length", "header");
  uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (length > Safetensors::kHeaderBytesMax || length > file.size() - kLengthBytes)
    return corrupt(
        fmt::format("header of {} bytes does not fit the file", length), "header",
        fmt::format("at most {}", std::min(Safetensors::kHeaderBytesMax, file.size() - kLengthBytes)));
  return std::string_view(reinterpret_cast<const char*>(file.data()) + kLengthBytes, length);
}

std::string_view name_of_dtype(Dtype dtype) {
  return std::ranges::find(kDtypes, dtype, &DtypeName::dtype)->name;
}

}  // namespace

Result<Safetensors> Safetensors::parse(std::span<const std::byte> file) {
  TRY_ASSIGN(const std::string_view text, header_text(file));
  auto header = parse_json(text);
  if (!header.ok()) return corrupt("header is not JSON: " + header.error().message(), "header");
  if (!header->is_object()) return corrupt("header is not an object", "header");
  const auto buffer = file.subspan(kLengthBytes + text.size());

  Safetensors out;
  std::vector<Placed> places;
  for (const auto& [key, value] : header->get_object()) {
    const std::string_view name = key;
    if (name == "__metadata__") {
      TRY(read_metadata(value, out.metadata));
      continue;
    }
    if (!value.is_object()) return corrupt("tensor is not described by an object", name);
    TRY_ASSIGN(auto view, read_tensor(value.get_object(), name, buffer, places.emplace_back()));
    out.tensors.emplace(name, std::move(view));
  }
  TRY(check_tiling(std::move(places), buffer.size()));
  return out;
}

std::vector<std::byte> write_safetensors(const TensorViews& tensors,
                                         const std::map<std::string, std::string>& metadata) {
  json::object header;
  if (!metadata.empty()) {
    json::object entries;
    for (const auto& [key, value] : metadata) entries.emplace(key, value);
    header.emplace("__metadata__", std::move(entries));
  }
  size_t at = 0;
  for (const auto& [name, view] : tensors) {
    CHECK(view.dtype != Dtype::kOther);
    header.emplace(name, json::object{{"dtype", name_of_dtype(view.dtype)},
                                      {"shape", json::array(view.shape.begin(), view.shape.end())},
                                      {"data_offsets", json::array{at, at + view.bytes.size()}}});
    at += view.bytes.size();
  }
  std::string text = json::serialize(header);
  text.append((8 - text.size() % 8) % 8, ' ');

  std::vector<std::byte> file(kLengthBytes + text.size());
  const uint64_t length = text.size();
  std::memcpy(file.data(), &length, kLengthBytes);
  std::memcpy(file.data() + kLengthBytes, text.data(), text.size());
  for (const auto& [name, view] : tensors) file.insert(file.end(), view.bytes.begin(), view.bytes.end());
  return file;
}

}  // namespace modiste
