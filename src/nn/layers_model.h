// TensorFlow.js layers models: a model.json whose weightsManifest names float32 tensors that are stored end
// to end over several shard files.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "nn/tensor_view.h"
#include "nn/weights.h"

namespace modiste {

struct LayersModel {
  static constexpr size_t kBytesMax = size_t{1} << 30;

  std::vector<std::byte> buffer;  // all shards; the tensors point into it, so a copy would dangle
  TensorViews tensors;

  LayersModel() = default;
  LayersModel(LayersModel&&) = default;
  LayersModel& operator=(LayersModel&&) = default;

  // kCorrupt when the manifest is malformed, a dtype is not float32, or the shards have more or fewer bytes
  // than the manifest's shapes require.
  static Result<LayersModel> load(const FileReader& files);
};

}  // namespace modiste
