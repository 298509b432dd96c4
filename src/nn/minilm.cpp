#include "nn/minilm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>

#include "nn/onnx_session.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"
#include "nn/transformer.h"
#include "nn/wordpiece.h"

namespace modiste {
namespace {

constexpr TransformerShape kShape{.width = MiniLm::kDimension,
                                  .heads = 12,
                                  .hidden = 1536,
                                  .layers = 6,
                                  .norm_epsilon = 1e-12,
                                  .activation = Activation::kGelu,
                                  .norm = NormPlace::kAfter,
                                  .causal = false};
constexpr int64_t kPositions = 512;
constexpr int64_t kTokenTypes = 2;

LayerNames minilm_layer_names(int64_t layer) {
  const auto prefix = "encoder.layer." + std::to_string(layer) + ".";
  return {.query = prefix + "attention.self.query",
          .key = prefix + "attention.self.key",
          .value = prefix + "attention.self.value",
          .output = prefix + "attention.output.dense",
          .up = prefix + "intermediate.dense",
          .down = prefix + "output.dense",
          .attention_norm = prefix + "attention.output.LayerNorm",
          .mlp_norm = prefix + "output.LayerNorm"};
}

// Positions with the one token type in use already added.
FloatTensor take_positions(TensorSource& source) {
  auto positions = source.take("embeddings.position_embeddings.weight", {kPositions, kShape.width});
  const auto types = source.take("embeddings.token_type_embeddings.weight", {kTokenTypes, kShape.width});
  if (source.failed()) return {};
  for (size_t i = 0; i < positions.values.size(); ++i)
    positions.values[i] += types.values[i % static_cast<size_t>(kShape.width)];
  return positions;
}

// ids, mask: batch x tokens; places: 0 .. tokens. Out: batch x tokens x width.
OnnxGraph minilm_graph(TensorSource& source, size_t vocabulary) {
  OnnxGraph graph;
  graph.input("ids", ElementType::kInt64, {-1, -1});
  graph.input("places", ElementType::kInt64, {-1});
  graph.input("mask", ElementType::kInt32, {-1, -1});
  const auto words = graph.weight(
      source.take("embeddings.word_embeddings.weight", {static_cast<int64_t>(vocabulary), kShape.width}));
  const auto positions = graph.weight(take_positions(source));
  const auto embedded =
      graph.node("Add", {graph.node("Gather", {words, "ids"}), graph.node("Gather", {positions, "places"})});
  const auto x =
      layer_norm(graph, source, embedded, "embeddings.LayerNorm", kShape.width, kShape.norm_epsilon);
  graph.output(transformer(graph, source, x, "mask", kShape, minilm_layer_names), {-1, -1, kShape.width});
  return graph;
}

// Mean over the tokens, unit length.
void pool(std::span<const float> hidden, size_t tokens, std::span<float> out) {
  std::array<double, MiniLm::kDimension> sum{};
  for (size_t token = 0; token < tokens; ++token)
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += hidden[token * sum.size() + i];
  const double length = std::sqrt(std::inner_product(sum.begin(), sum.end(), sum.begin(), 0.0));
  for (size_t i = 0; i < sum.size(); ++i) out[i] = static_cast<float>(sum[i] / std::max(length, 1e-12));
}

}  // namespace

struct MiniLm::Network {
  WordPiece tokenizer;
  OnnxSession session;
};

MiniLm::MiniLm(std::unique_ptr<const Network> network) : network_(std::move(network)) {}
MiniLm::MiniLm(MiniLm&&) noexcept = default;
MiniLm& MiniLm::operator=(MiniLm&&) noexcept = default;
MiniLm::~MiniLm() = default;

Result<MiniLm> MiniLm::load(const FileReader& files) {
  TRY_ASSIGN(const auto tokenizer_json, files("tokenizer.json"));
  TRY_ASSIGN(auto tokenizer, WordPiece::parse(tokenizer_json));
  auto weights = files("model.fp16.safetensors");
  if (!weights.ok() && weights.error().code == Code::kNotFound) weights = files("model.safetensors");
  if (!weights.ok()) return std::move(weights).error();
  TRY_ASSIGN(const auto checkpoint, Safetensors::parse(*weights));

  TensorSource source(checkpoint.tensors);
  const auto graph = minilm_graph(source, tokenizer.vocabulary_size());
  TRY(source.status());
  TRY_ASSIGN(auto session, OnnxSession::open(graph));
  return MiniLm(std::make_unique<const Network>(std::move(tokenizer), std::move(session)));
}

std::vector<float> MiniLm::embed(std::span<const std::string> texts) const {
  std::vector<std::vector<int64_t>> tokens;
  tokens.reserve(texts.size());
  for (const auto& text : texts) tokens.push_back(network_->tokenizer.encode(text, kTokensMax));
  // Texts of similar length share a batch, to reduce padding.
  std::vector<size_t> order(texts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return tokens[i].size(); });

  std::vector<float> out(texts.size() * kDimension);
  for (size_t begin = 0; begin < order.size(); begin += kBatch) {
    const auto batch = std::span(order).subspan(begin, std::min(kBatch, order.size() - begin));
    const size_t width = tokens[batch.back()].size();
    std::vector<int64_t> ids(batch.size() * width), places(width);
    std::vector<int32_t> mask(ids.size());
    std::iota(places.begin(), places.end(), int64_t{0});
    for (size_t row = 0; row < batch.size(); ++row) {
      const auto& of_row = tokens[batch[row]];
      std::ranges::copy(of_row, ids.begin() + static_cast<std::ptrdiff_t>(row * width));
      std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(row * width), of_row.size(), 1);
    }
    const std::vector<int64_t> shape{static_cast<int64_t>(batch.size()), static_cast<int64_t>(width)};
    const std::array inputs{OnnxInput{ElementType::kInt64, shape, bytes_of_values(ids)},
                            OnnxInput{ElementType::kInt64, {shape[1]}, bytes_of_values(places)},
                            OnnxInput{ElementType::kInt32, shape, bytes_of_values(mask)}};
    const auto hidden = network_->session.run(inputs, {shape[0], shape[1], kShape.width});
    for (size_t row = 0; row < batch.size(); ++row)
      pool(std::span(hidden).subspan(row * width * kDimension), tokens[batch[row]].size(),
           std::span(out).subspan(batch[row] * kDimension, kDimension));
  }
  return out;
}

}  // namespace modiste
