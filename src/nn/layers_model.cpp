#include "nn/layers_model.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "base/json.h"
#include "nn/corrupt.h"

namespace modiste {
namespace {

constexpr std::string_view kModelFile = "model.json";

Result<std::pair<std::string, TensorView>> read_weight(const json::value& value) {
  const auto* entry = value.if_object();
  const auto* name = entry != nullptr ? entry->if_contains("name") : nullptr;
  const auto* shape = entry != nullptr ? entry->if_contains("shape") : nullptr;
  const auto* dtype = entry != nullptr ? entry->if_contains("dtype") : nullptr;
  if (name == nullptr || !name->is_string() || shape == nullptr || !shape->is_array())
    return corrupt("a weight has no name or no shape", kModelFile);
  const std::string_view text = name->get_string();
  if (dtype == nullptr || *dtype != "float32" || entry->contains("quantization"))
    return corrupt("weight is not float32", text, "float32 without quantization");
  TensorView view;
  for (const auto& side : shape->get_array()) {
    if (!side.is_int64() || side.get_int64() <= 0) return corrupt("a size of the shape is not a count", text);
    view.shape.push_back(side.get_int64());
  }
  return std::pair{std::string(text), std::move(view)};
}

Result<Done> append_shards(const json::value& paths, const FileReader& files,
                           std::vector<std::byte>& buffer) {
  if (!paths.is_array()) return corrupt("weightsManifest has no paths", kModelFile);
  for (const auto& path : paths.get_array()) {
    if (!path.is_string()) return corrupt("a shard's path is not a string", kModelFile);
    TRY_ASSIGN(const auto shard, files(path.get_string()));
    if (buffer.size() + shard.size() > LayersModel::kBytesMax)
      return corrupt("shards are larger than 1 GiB", kModelFile);
    buffer.insert(buffer.end(), shard.begin(), shard.end());
  }
  return kOk;
}

// Assigns each tensor its place, in the manifest's order.
Result<Done> place_tensors(const json::value& weights, const std::vector<std::byte>& buffer, size_t at,
                           TensorViews& tensors) {
  if (!weights.is_array()) return corrupt("weightsManifest has no weights", kModelFile);
  for (const auto& weight : weights.get_array()) {
    TRY_ASSIGN(auto named, read_weight(weight));
    auto& [name, view] = named;
    size_t bytes = sizeof(float);
    for (const int64_t side : view.shape) {
      if (bytes > (buffer.size() - at) / static_cast<size_t>(side))
        return corrupt("shards end inside the tensor", name, "a tensor of shape " + shape_text(view.shape));
      bytes *= static_cast<size_t>(side);
    }
    view.bytes = std::span(buffer).subspan(at, bytes);
    at += bytes;
    if (!tensors.emplace(name, std::move(view)).second) return corrupt("tensor is named twice", name);
  }
  if (at != buffer.size())
    return corrupt(fmt::format("shards have {} bytes", buffer.size()), kModelFile,
                   fmt::format("{} bytes", at));
  return kOk;
}

}  // namespace

Result<LayersModel> LayersModel::load(const FileReader& files) {
  TRY_ASSIGN(const auto bytes, files(kModelFile));
  auto model = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!model.ok()) return corrupt("not JSON: " + model.error().message(), kModelFile);
  const auto* root = model->if_object();
  const auto* manifest = root != nullptr ? root->if_contains("weightsManifest") : nullptr;
  if (manifest == nullptr || !manifest->is_array() || manifest->get_array().size() != 1 ||
      !manifest->get_array()[0].is_object())
    return corrupt("weightsManifest is not a list of one group", kModelFile);
  const auto& group = manifest->get_array()[0].get_object();
  const auto* paths = group.if_contains("paths");
  const auto* weights = group.if_contains("weights");
  if (paths == nullptr || weights == nullptr)
    return corrupt("weightsManifest lacks paths or weights", kModelFile);

  LayersModel out;
  TRY(append_shards(*paths, files, out.buffer));
  TRY(place_tensors(*weights, out.buffer, 0, out.tensors));
  return out;
}

}  // namespace modiste
