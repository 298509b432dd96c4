#include "nn/minilm.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include "nn/batches.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"
#include "nn/torch.h"
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
                                  .norm = NormPlace::kAfter};
constexpr int64_t kPositions = 512;
constexpr int64_t kTokenTypes = 2;

LayerNames layer_names(int64_t layer) {
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

}  // namespace

struct MiniLm::Network {
  WordPiece tokenizer;
  at::Tensor words, positions;  // positions with the one token type in use already added
  LayerNorm norm;
  Transformer transformer;

  Network(TensorSource& source, WordPiece pieces) : tokenizer(std::move(pieces)) {
    const auto vocabulary = static_cast<int64_t>(tokenizer.vocabulary_size());
    words = source.take("embeddings.word_embeddings.weight", {vocabulary, kShape.width});
    positions = source.take("embeddings.position_embeddings.weight", {kPositions, kShape.width}) +
                source.take("embeddings.token_type_embeddings.weight", {kTokenTypes, kShape.width})[0];
    norm = take_layer_norm(source, "embeddings.LayerNorm", kShape.width, kShape.norm_epsilon);
    transformer = Transformer(source, kShape, layer_names);
  }

  // ids: batch x tokens; mask: the same, 1 for tokens and 0 for padding. Mean over the tokens, unit length.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& ids, const at::Tensor& mask) const {
    const auto hidden_from = (1 - mask).mul_(std::numeric_limits<float>::lowest()).unsqueeze(1).unsqueeze(1);
    auto x = at::embedding(words, ids) + positions.slice(0, 0, ids.size(1));
    x = transformer(norm(x), hidden_from);
    const auto weights = mask.unsqueeze(-1);
    const auto mean = (x * weights).sum(1) / weights.sum(1);
    return mean / mean.norm(2, -1, true).clamp_min(1e-12);
  }
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

  const c10::InferenceMode inference;
  TensorSource source(checkpoint.tensors);
  auto network = std::make_unique<const Network>(source, std::move(tokenizer));
  TRY(source.status());
  return MiniLm(std::move(network));
}

std::vector<float> MiniLm::embed(std::span<const std::string> texts) const {
  std::vector<std::vector<int64_t>> tokens;
  tokens.reserve(texts.size());
  for (const auto& text : texts) tokens.push_back(network_->tokenizer.encode(text, kTokensMax));
  // Texts of similar length share a batch, to reduce padding.
  std::vector<size_t> order(texts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return tokens[i].size(); });

  const auto embed_slice = [&](size_t begin, size_t end) {
    const auto rows = static_cast<int64_t>(end - begin);
    const auto width = static_cast<int64_t>(tokens[order[end - 1]].size());
    auto ids = at::zeros({rows, width}, at::kLong);
    auto mask = at::zeros({rows, width}, at::kFloat);
    for (int64_t row = 0; row < rows; ++row) {
      const auto& of_row = tokens[order[begin + static_cast<size_t>(row)]];
      std::ranges::copy(of_row, ids.data_ptr<int64_t>() + row * width);
      std::fill_n(mask.data_ptr<float>() + row * width, of_row.size(), 1.0F);
    }
    return (*network_)(ids, mask);
  };
  const auto sorted = embed_in_batches(texts.size(), kBatch, kDimension, embed_slice);
  std::vector<float> out(sorted.size());
  for (size_t i = 0; i < order.size(); ++i)
    std::copy_n(sorted.data() + i * kDimension, kDimension, out.data() + order[i] * kDimension);
  return out;
}

}  // namespace modiste
