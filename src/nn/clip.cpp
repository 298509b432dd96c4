#include "nn/clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "nn/batches.h"
#include "nn/byte_pair.h"
#include "nn/clip_config.h"
#include "nn/clip_image.h"
#include "nn/head_network.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"
#include "nn/torch.h"
#include "nn/transformer.h"

namespace modiste {
namespace {

constexpr int64_t kLegacyEos = 2;

TransformerShape shape_of(const ClipTowerConfig& tower) {
  return {.width = tower.hidden_size,
          .heads = tower.num_attention_heads,
          .hidden = tower.intermediate_size,
          .layers = tower.num_hidden_layers,
          .norm_epsilon = tower.layer_norm_eps,
          .activation = tower.quick_gelu ? Activation::kQuickGelu : Activation::kGelu,
          .norm = NormPlace::kBefore};
}

Transformer take_transformer(TensorSource& source, const std::string& model, const ClipTowerConfig& tower) {
  return {source, shape_of(tower), [&](int64_t layer) {
            const auto prefix = fmt::format("{}.encoder.layers.{}.", model, layer);
            return LayerNames{.query = prefix + "self_attn.q_proj",
                              .key = prefix + "self_attn.k_proj",
                              .value = prefix + "self_attn.v_proj",
                              .output = prefix + "self_attn.out_proj",
                              .up = prefix + "mlp.fc1",
                              .down = prefix + "mlp.fc2",
                              .attention_norm = prefix + "layer_norm1",
                              .mlp_norm = prefix + "layer_norm2"};
          }};
}

struct TextTower {
  at::Tensor words, positions;
  Transformer transformer;
  LayerNorm norm;
  Linear projection;

  TextTower(TensorSource& source, const ClipConfig& config) {
    const auto& tower = config.text;
    words =
        source.take("text_model.embeddings.token_embedding.weight", {config.vocab_size, tower.hidden_size});
    positions = source.take("text_model.embeddings.position_embedding.weight",
                            {config.max_position_embeddings, tower.hidden_size});
    transformer = take_transformer(source, "text_model", tower);
    norm = take_layer_norm(source, "text_model.final_layer_norm", tower.hidden_size, tower.layer_norm_eps);
    projection = take_linear(source, "text_projection", tower.hidden_size, config.projection_dim, false);
  }

  // ids: batch x tokens; ends: the token of each row that represents the text.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& ids, const at::Tensor& ends) const {
    const auto x = at::embedding(words, ids) + positions.slice(0, 0, ids.size(1));
    const auto seen = transformer(x, causal_mask(ids.size(1)));
    return projection(norm(seen.index({at::arange(ids.size(0)), ends})));
  }
};

struct ImageTower {
  at::Tensor class_token, patches, positions;
  int64_t patch_size;
  LayerNorm norm_before, norm_after;
  Transformer transformer;
  Linear projection;

  ImageTower(TensorSource& source, const ClipConfig& config) : patch_size(config.patch_size) {
    const auto& tower = config.vision;
    const std::string model = "vision_model";
    const int64_t side = config.image_size / config.patch_size;
    class_token = source.take(model + ".embeddings.class_embedding", {tower.hidden_size});
    patches = source.take(model + ".embeddings.patch_embedding.weight",
                          {tower.hidden_size, 3, patch_size, patch_size});
    positions =
        source.take(model + ".embeddings.position_embedding.weight", {side * side + 1, tower.hidden_size});
    // The checkpoints have the spelling "layrnorm".
    norm_before = take_layer_norm(source, model + ".pre_layrnorm", tower.hidden_size, tower.layer_norm_eps);
    transformer = take_transformer(source, model, tower);
    norm_after = take_layer_norm(source, model + ".post_layernorm", tower.hidden_size, tower.layer_norm_eps);
    projection = take_linear(source, "visual_projection", tower.hidden_size, config.projection_dim, false);
  }

  // pixels: batch x 3 x side x side.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& pixels) const {
    const auto embedded =
        at::conv2d(pixels, patches, {}, {patch_size, patch_size}).flatten(2).transpose(1, 2);
    const auto first = class_token.expand({pixels.size(0), 1, class_token.size(0)});
    const auto x = norm_before(at::cat({first, embedded}, 1) + positions);
    return projection(norm_after(transformer(x, {}).select(1, 0)));
  }
};

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
  TextTower text;
  ImageTower image;
  float logit_scale;

  Network(TensorSource& source, const ClipConfig& of, BytePair pairs)
      : config(of),
        tokenizer(std::move(pairs)),
        text(source, config),
        image(source, config),
        logit_scale(std::exp(source.take("logit_scale", {}).item<float>())) {}

  [[nodiscard]] int64_t end_of(const std::vector<int64_t>& ids) const {
    const auto at = config.eos_token_id == kLegacyEos ? std::ranges::max_element(ids)
                                                      : std::ranges::find(ids, config.eos_token_id);
    return at - ids.begin();
  }

  [[nodiscard]] at::Tensor embed(std::span<const std::string> texts) const {
    std::vector<std::vector<int64_t>> rows;
    for (const auto& row : texts)
      rows.push_back(tokenizer.encode(row, static_cast<size_t>(config.max_position_embeddings)));
    const size_t width = std::ranges::max_element(rows, {}, &std::vector<int64_t>::size)->size();
    // Padding follows the last mark, where the causal mask hides it.
    auto ids = at::zeros({static_cast<int64_t>(rows.size()), static_cast<int64_t>(width)}, at::kLong);
    std::vector<int64_t> ends;
    for (size_t i = 0; i < rows.size(); ++i) {
      std::ranges::copy(rows[i], ids.data_ptr<int64_t>() + i * width);
      ends.push_back(end_of(rows[i]));
    }
    return unit_rows(text(ids, at::tensor(at::ArrayRef<int64_t>(ends))));
  }

  [[nodiscard]] at::Tensor embed(std::span<const RgbView> images) const {
    std::vector<at::Tensor> pixels;
    for (const auto& view : images) pixels.push_back(clip_pixels(view, config.image_size));
    return unit_rows(image(at::stack(pixels)));
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

  const c10::InferenceMode inference;
  TensorSource source(checkpoint.tensors);
  auto network = std::make_unique<const Network>(source, config, std::move(tokenizer));
  TRY(source.status());
  return Clip(std::move(network));
}

size_t Clip::dimension() const { return static_cast<size_t>(network_->config.projection_dim); }
int Clip::image_side() const { return static_cast<int>(network_->config.image_size); }
float Clip::logit_scale() const { return network_->logit_scale; }

std::vector<float> Clip::embed_images(std::span<const RgbView> images) const {
  return embed_in_batches(images.size(), kBatch, dimension(), [&](size_t begin, size_t end) {
    return network_->embed(images.subspan(begin, end - begin));
  });
}

std::vector<float> Clip::embed_texts(std::span<const std::string> texts) const {
  return embed_in_batches(texts.size(), kBatch, dimension(), [&](size_t begin, size_t end) {
    return network_->embed(texts.subspan(begin, end - begin));
  });
}

}  // namespace modiste
