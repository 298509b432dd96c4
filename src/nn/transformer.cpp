#include "nn/transformer.h"

#include <utility>

namespace modiste {
namespace {

using Name = OnnxGraph::Name;

// A graph under construction and the checkpoint that its weights come from.
struct TransformerBuilder {
  OnnxGraph& graph;
  TensorSource& source;
  const TransformerShape& shape;

  // name.weight is out x in, as checkpoints store it.
  Name dense(const Name& x, const std::string& name, int64_t in, int64_t out) {
    auto weight = transposed(source.take(name + ".weight", {out, in}));
    return graph.linear(x, std::move(weight), source.take(name + ".bias", {out}));
  }

  Name norm(const Name& x, const std::string& name) {
    return layer_norm(graph, source, x, name, shape.width, shape.norm_epsilon);
  }

  Name attend(const Name& x, const Name& mask, const LayerNames& names) {
    // ONNX Runtime's operator takes the three matrices side by side: in x 3 out, out x 3.
    FloatTensor all{{3 * shape.width, shape.width}, {}}, biases{{3 * shape.width}, {}};
    for (const auto* part : {&names.query, &names.key, &names.value}) {
      const auto weight = source.take(*part + ".weight", {shape.width, shape.width});
      const auto bias = source.take(*part + ".bias", {shape.width});
      all.values.insert(all.values.end(), weight.values.begin(), weight.values.end());
      biases.values.insert(biases.values.end(), bias.values.begin(), bias.values.end());
    }
    if (source.failed()) return x;
    const auto weights = graph.weight(transposed(all)), bias = graph.weight(std::move(biases));
    const OnnxGraph::Attributes attributes{{"num_heads", shape.heads},
                                           {"unidirectional", int64_t{shape.causal}}};
    const auto mixed = mask.empty() ? graph.own_node("Attention", {x, weights, bias}, attributes)
                                    : graph.own_node("Attention", {x, weights, bias, mask}, attributes);
    return dense(mixed, names.output, shape.width, shape.width);
  }

  Name feed_forward(const Name& x, const LayerNames& names) {
    const auto hidden = dense(x, names.up, shape.width, shape.hidden);
    const auto active = shape.activation == Activation::kQuickGelu
                            ? graph.own_node("QuickGelu", {hidden}, {{"alpha", 1.702F}})
                            : graph.own_node("Gelu", {hidden});
    return dense(active, names.down, shape.hidden, shape.width);
  }

  Name layer(const Name& x, const Name& mask, const LayerNames& names) {
    if (shape.norm == NormPlace::kBefore) {
      const auto seen = graph.node("Add", {x, attend(norm(x, names.attention_norm), mask, names)});
      return graph.node("Add", {seen, feed_forward(norm(seen, names.mlp_norm), names)});
    }
    const auto seen = norm(graph.node("Add", {x, attend(x, mask, names)}), names.attention_norm);
    return norm(graph.node("Add", {seen, feed_forward(seen, names)}), names.mlp_norm);
  }
};

}  // namespace

Name layer_norm(OnnxGraph& graph, TensorSource& source, const Name& x, const std::string& name, int64_t size,
                double epsilon) {
  const auto scale = graph.weight(source.take(name + ".weight", {size}));
  const auto bias = graph.weight(source.take(name + ".bias", {size}));
  return graph.node("LayerNormalization", {x, scale, bias},
                    {{"axis", int64_t{-1}}, {"epsilon", static_cast<float>(epsilon)}});
}

Name transformer(OnnxGraph& graph, TensorSource& source, Name x, const Name& mask,
                 const TransformerShape& shape, const std::function<LayerNames(int64_t)>& names) {
  TransformerBuilder builder{graph, source, shape};
  // A failed source ends the work: a config may claim more layers than there is memory.
  for (int64_t i = 0; i < shape.layers && !source.failed(); ++i) x = builder.layer(x, mask, names(i));
  return x;
}

}  // namespace modiste
