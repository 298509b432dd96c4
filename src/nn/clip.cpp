#include "nn/clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>

#include "nn/byte_pair.h"
#include "nn/clip_config.h"
#include "nn/clip_image.h"
#include "nn/onnx_session.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"
#include "nn/transformer.h"

namespace modiste {
namespace {

constexpr int64_t kLegacyEos = 2;

TransformerShape shape_of(const ClipTowerConfig& tower, bool causal) {
  return {.width = tower.hidden_size,
          .heads = tower.num_attention_heads,
          .hidden = tower.intermediate_size,
          .layers = tower.num_hidden_layers,
          .norm_epsilon = tower.layer_norm_eps,
          .activation = tower.quick_gelu ? Activation::kQuickGelu : Activation::kGelu,
          .norm = NormPlace::kBefore,
          .causal = causal};
}

LayerNames clip_layer_names(const std::string& model, int64_t layer) {
  const auto prefix = fmt::format("{}.encoder.layers.{}.", model, layer);
  return {.query = prefix + "self_attn.q_proj",
          .key = prefix + "self_attn.k_proj",
          .value = prefix + "self_attn.v_proj",
          .output = prefix + "self_attn.out_proj",
          .up = prefix + "mlp.fc1",
          .down = prefix + "mlp.fc2",
          .attention_norm = prefix + "layer_norm1",
          .mlp_norm = prefix + "layer_norm2"};
}

struct ClipBuilder {
  using Name = OnnxGraph::Name;
  TensorSource& source;
  const ClipConfig& config;
  OnnxGraph graph{};

  Name encode(const std::string& model, const Name& x, const ClipTowerConfig& tower, bool causal) {
    return transformer(graph, source, x, {}, shape_of(tower, causal),
                       [&](int64_t layer) { return clip_layer_names(model, layer); });
  }

  // rows x width -> rows x projection_dim, without a bias.
  void project(const Name& x, const std::string& name, int64_t width) {
    auto weight = transposed(source.take(name + ".weight", {config.projection_dim, width}));
    graph.output(graph.node("MatMul", {x, graph.weight(std::move(weight))}), {-1, config.projection_dim});
  }

  // ids: batch x tokens; places: 0 .. tokens; ends: by text, the place among all tokens of the token that
  // represents it.
  OnnxGraph text() {
    const auto& tower = config.text;
    graph.input("ids", ElementType::kInt64, {-1, -1});
    graph.input("places", ElementType::kInt64, {-1});
    graph.input("ends", ElementType::kInt64, {-1});
    const auto words = graph.weight(
        source.take("text_model.embeddings.token_embedding.weight", {config.vocab_size, tower.hidden_size}));
    const auto positions = graph.weight(source.take("text_model.embeddings.position_embedding.weight",
                                                    {config.max_position_embeddings, tower.hidden_size}));
    const auto x = graph.node(
        "Add", {graph.node("Gather", {words, "ids"}), graph.node("Gather", {positions, "places"})});
    const auto seen = encode("text_model", x, tower, true);
    const auto rows = graph.node("Reshape", {seen, graph.integers({-1, tower.hidden_size})});
    const auto last = layer_norm(graph, source, graph.node("Gather", {rows, "ends"}),
                                 "text_model.final_layer_norm", tower.hidden_size, tower.layer_norm_eps);
    project(last, "text_projection", tower.hidden_size);
    return std::move(graph);
  }

  // The class token in front of the patches is added with its position.
  FloatTensor take_image_positions(const std::string& model) {
    const int64_t side = config.image_size / config.patch_size, width = config.vision.hidden_size;
    const auto class_token = source.take(model + ".embeddings.class_embedding", {width});
    auto positions = source.take(model + ".embeddings.position_embedding.weight", {side * side + 1, width});
    if (source.failed()) return {};
    for (size_t i = 0; i < class_token.values.size(); ++i) positions.values[i] += class_token.values[i];
    return positions;
  }

  // pixels: batch x 3 x side x side.
  OnnxGraph image() {
    const auto& tower = config.vision;
    const std::string model = "vision_model";
    const int64_t width = tower.hidden_size, patch = config.patch_size;
    graph.input("pixels", ElementType::kFloat, {-1, 3, config.image_size, config.image_size});
    const auto positions = graph.weight(take_image_positions(model));
    const auto kernel =
        graph.weight(source.take(model + ".embeddings.patch_embedding.weight", {width, 3, patch, patch}));
    const auto planes =
        graph.node("Conv", {"pixels", kernel},
                   {{"kernel_shape", std::vector{patch, patch}}, {"strides", std::vector{patch, patch}}});
    const auto patches =
        graph.node("Transpose", {graph.node("Reshape", {planes, graph.integers({0, width, -1})})},
                   {{"perm", std::vector<int64_t>{0, 2, 1}}});
    const auto tokens = graph.node("Pad", {patches, graph.integers({0, 1, 0, 0, 0, 0})});
    // The checkpoints have the spelling "layrnorm".
    const auto x = layer_norm(graph, source, graph.node("Add", {tokens, positions}), model + ".pre_layrnorm",
                              width, tower.layer_norm_eps);
    const auto first = graph.node(
        "Squeeze",
        {graph.node("Gather", {encode(model, x, tower, false), graph.integers({0})}, {{"axis", int64_t{1}}}),
         graph.integers({1})});
    project(layer_norm(graph, source, first, model + ".post_layernorm", width, tower.layer_norm_eps),
            "visual_projection", width);
    return std::move(graph);
  }
};

// Rows of length 1.
void make_unit(std::span<float> rows, size_t width) {
  for (size_t first = 0; first < rows.size(); first += width) {
    const auto row = rows.subspan(first, width);
    const double length = std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0));
    for (float& value : row) value = static_cast<float>(value / std::max(length, 1e-12));
  }
}

Result<Done> check_tokenizer(const BytePair& tokenizer, const ClipConfig& config) {
  if (tokenizer.vocabulary_size() > static_cast<size_t>(config.vocab_size))
    return Error{Code::kCorrupt, fmt::format("vocabulary has ids up to {}", tokenizer.vocabulary_size() - 1),
                 "vocab.json", fmt::format("ids below vocab_size, {}", config.vocab_size)};
  if (config.eos_token_id != kLegacyEos && config.eos_token_id != tokenizer.end_id())
    return Error{Code::kCorrupt, fmt::format("eos_token_id is {}", config.eos_token_id),
                 "text_config/eos_token_id",
                 fmt::format("{}, the id of <|endoftext|>, or 2", tokenizer.end_id())};
  return kOk;
}

}  // namespace

struct Clip::Network {
  ClipConfig config;
  BytePair tokenizer;
  OnnxSession text, image;
  float logit_scale;

  [[nodiscard]] int64_t end_of(const std::vector<int64_t>& ids) const {
    const auto at = config.eos_token_id == kLegacyEos ? std::ranges::max_element(ids)
                                                      : std::ranges::find(ids, config.eos_token_id);
    return at - ids.begin();
  }

  [[nodiscard]] std::vector<float> embed(std::span<const std::string> texts) const {
    std::vector<std::vector<int64_t>> rows;
    for (const auto& row : texts)
      rows.push_back(tokenizer.encode(row, static_cast<size_t>(config.max_position_embeddings)));
    const size_t width = std::ranges::max_element(rows, {}, &std::vector<int64_t>::size)->size();
    // Padding follows the last mark, where no token looks.
    std::vector<int64_t> ids(rows.size() * width), places(width), ends;
    std::iota(places.begin(), places.end(), int64_t{0});
    for (size_t i = 0; i < rows.size(); ++i) {
      std::ranges::copy(rows[i], ids.begin() + static_cast<std::ptrdiff_t>(i * width));
      ends.push_back(static_cast<int64_t>(i * width) + end_of(rows[i]));
    }
    const auto count = static_cast<int64_t>(rows.size()), tokens = static_cast<int64_t>(width);
    const std::array inputs{OnnxInput{ElementType::kInt64, {count, tokens}, bytes_of_values(ids)},
                            OnnxInput{ElementType::kInt64, {tokens}, bytes_of_values(places)},
                            OnnxInput{ElementType::kInt64, {count}, bytes_of_values(ends)}};
    return text.run(inputs, {count, config.projection_dim});
  }

  [[nodiscard]] std::vector<float> embed(std::span<const RgbView> images) const {
    std::vector<float> pixels;
    for (const auto& view : images) {
      const auto planes = clip_pixels(view, config.image_size);
      pixels.insert(pixels.end(), planes.begin(), planes.end());
    }
    const auto count = static_cast<int64_t>(images.size());
    const OnnxInput input{
        ElementType::kFloat, {count, 3, config.image_size, config.image_size}, bytes_of_values(pixels)};
    return image.run({&input, 1}, {count, config.projection_dim});
  }

  // All rows, at most kBatch in a run.
  template <class Row>
  [[nodiscard]] std::vector<float> embed_all(std::span<const Row> rows) const {
    std::vector<float> out;
    for (size_t begin = 0; begin < rows.size(); begin += kBatch) {
      const auto vectors = embed(rows.subspan(begin, std::min(kBatch, rows.size() - begin)));
      out.insert(out.end(), vectors.begin(), vectors.end());
    }
    make_unit(out, static_cast<size_t>(config.projection_dim));
    return out;
  }
};

Clip::Clip(std::unique_ptr<const Network> network) : network_(std::move(network)) {}
Clip::Clip(Clip&&) noexcept = default;
Clip& Clip::operator=(Clip&&) noexcept = default;
Clip::~Clip() = default;

Result<Clip> Clip::load(const FileReader& files) {
  TRY_ASSIGN(const auto config_json, files("config.json"));
  TRY_ASSIGN(const auto config, ClipConfig::parse(config_json));
  TRY_ASSIGN(const auto vocab_json, files("vocab.json"));
  TRY_ASSIGN(const auto merges_txt, files("merges.txt"));
  TRY_ASSIGN(auto tokenizer, BytePair::parse(vocab_json, merges_txt));
  TRY(check_tokenizer(tokenizer, config));
  TRY_ASSIGN(const auto weights, files("model.safetensors"));
  TRY_ASSIGN(const auto checkpoint, Safetensors::parse(weights));

  TensorSource source(checkpoint.tensors);
  const auto scale = source.take("logit_scale", {});
  const auto text_graph = ClipBuilder{source, config}.text();
  const auto image_graph = ClipBuilder{source, config}.image();
  TRY(source.status());
  TRY_ASSIGN(auto text, OnnxSession::open(text_graph));
  TRY_ASSIGN(auto image, OnnxSession::open(image_graph));
  return Clip(std::make_unique<const Network>(config, std::move(tokenizer), std::move(text), std::move(image),
                                              std::exp(scale.values.front())));
}

size_t Clip::dimension() const { return static_cast<size_t>(network_->config.projection_dim); }
int Clip::image_side() const { return static_cast<int>(network_->config.image_size); }
float Clip::logit_scale() const { return network_->logit_scale; }

std::vector<float> Clip::embed_images(std::span<const RgbView> images) const {
  return network_->embed_all(images);
}

std::vector<float> Clip::embed_texts(std::span<const std::string> texts) const {
  return network_->embed_all(texts);
}

}  // namespace modiste
