// The transformer encoder that BERT and CLIP share (Vaswani et al. 2017), as nodes of a graph.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "nn/onnx_graph.h"
#include "nn/tensor_source.h"

namespace modiste {

enum class Activation : uint8_t { kGelu, kQuickGelu };  // quick: x * sigmoid(1.702 x)
enum class NormPlace : uint8_t { kBefore, kAfter };     // CLIP, BERT

struct TransformerShape {
  int64_t width = 0, heads = 0, hidden = 0, layers = 0;
  double norm_epsilon = 1e-5;
  Activation activation = Activation::kGelu;
  NormPlace norm = NormPlace::kBefore;
  bool causal = false;  // no token sees a later one
};

// The names of a layer's parts in a checkpoint.
struct LayerNames {
  std::string query, key, value, output, up, down, attention_norm, mlp_norm;
};

// name.weight and name.bias.
OnnxGraph::Name layer_norm(OnnxGraph& graph, TensorSource& source, const OnnxGraph::Name& x,
                           const std::string& name, int64_t size, double epsilon);

// x: batch x tokens x width. mask: batch x tokens of int32, 1 for tokens and 0 for padding; empty for none.
// Returns the name of a value of x's shape.
OnnxGraph::Name transformer(OnnxGraph& graph, TensorSource& source, OnnxGraph::Name x,
                            const OnnxGraph::Name& mask, const TransformerShape& shape,
                            const std::function<LayerNames(int64_t layer)>& names);

}  // namespace modiste
