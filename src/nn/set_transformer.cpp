#include "nn/set_transformer.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

#include "base/json.h"
#include "nn/corrupt.h"
#include "nn/layer_math.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"

namespace modiste {

template <>
struct Contract<SetShape> {
  static constexpr std::string_view kName = "SetShape";
  static constexpr auto kFields = Fields{
      field("categories", &SetShape::categories,
            {.doc = "Known ones", .required = true, .min = 1, .max = 100'000}),
      field("words", &SetShape::words, {.doc = "Buckets", .max = 1'000'000}),
      field("features", &SetShape::features, {.doc = "Of an item's vector", .max = 100'000}),
      field("positions", &SetShape::positions, {.doc = "0: a set", .max = 1'000}),
      field("width", &SetShape::width, {.doc = "Of a token", .required = true, .min = 1, .max = 4'096}),
      field("heads", &SetShape::heads, {.doc = "Of attention", .required = true, .min = 1, .max = 64}),
      field("hidden", &SetShape::hidden, {.doc = "Between", .required = true, .min = 1, .max = 16'384}),
      field("layers", &SetShape::layers, {.doc = "How many", .required = true, .min = 1, .max = 24})};
};

template <>
struct Contract<SetInfo> {
  static constexpr std::string_view kName = "SetInfo";
  static constexpr auto kFields =
      Fields{field("shape", &SetInfo::shape, {.doc = "Sizes", .required = true}),
             field("categories", &SetInfo::categories,
                   {.doc = "By number", .length_max = 200, .items_max = 100'000}),
             field("trained_on", &SetInfo::trained_on, {.doc = "Data sets and their sizes"})};
};

std::vector<SetTensor> set_tensors(const SetShape& shape) {
  const size_t w = shape.width;
  std::vector<SetTensor> all{{"category", shape.categories + 2, w}};
  if (shape.words > 0) all.push_back({"words", shape.words, w});
  if (shape.features > 0)
    all.insert(all.end(), {{"features.weight", shape.features, w}, {"features.bias", 1, w}});
  if (shape.positions > 0) all.push_back({"positions", shape.positions, w});
  const auto linear = [&](const std::string& name, size_t in, size_t out) {
    all.push_back({name + ".weight", in, out});
    all.push_back({name + ".bias", 1, out});
  };
  const auto norm = [&](const std::string& name) {
    all.push_back({name + ".scale", 1, w});
    all.push_back({name + ".shift", 1, w});
  };
  for (size_t l = 0; l < shape.layers; ++l) {
    const std::string layer = "layer." + std::to_string(l) + ".";
    norm(layer + "attention_norm");
    linear(layer + "attention", w, 3 * w);  // queries, keys, values
    linear(layer + "merge", w, w);
    norm(layer + "hidden_norm");
    linear(layer + "up", w, shape.hidden);
    linear(layer + "down", shape.hidden, w);
  }
  norm("last_norm");
  linear("blank_category", w, shape.categories);
  all.push_back({"log_share", 1, shape.categories});
  if (shape.has_content()) {
    linear("ask", w, w);
    linear("key_hidden", w, w);
    linear("key", w, w);
  }
  linear("set_hidden", w, w);
  linear("set", w, 1);
  return all;
}

namespace {

MatrixRows gelu(const MatrixRows& x) {
  return x.unaryExpr([](float v) { return 0.5F * v * (1 + std::erf(v * std::numbers::sqrt2_v<float> / 2)); });
}

}  // namespace

struct SetTransformer::Math : LayerMath {
  const SetShape& shape;
  const SetWeights& weights;

  Math(const SetShape& of_shape, const SetWeights& of_weights)
      : LayerMath(of_weights), shape(of_shape), weights(of_weights) {}

  // The item before attention, without its place.
  [[nodiscard]] MatrixRow embed(const SetToken& token) const {
    const size_t w = shape.width;
    MatrixRow x = tensor("category", w).row(static_cast<Eigen::Index>(token.category));
    if (shape.words > 0 && !token.words.empty()) {
      MatrixRow sum = MatrixRow::Zero(static_cast<Eigen::Index>(w));
      for (const uint32_t word : token.words) sum += tensor("words", w).row(static_cast<Eigen::Index>(word));
      x += sum / static_cast<float>(token.words.size());
    }
    if (shape.features > 0 && !token.features.empty()) {
      const Eigen::Map<const MatrixRow> features(token.features.data(),
                                                 static_cast<Eigen::Index>(token.features.size()));
      x += features * tensor("features.weight", w) + tensor("features.bias", w).row(0);
    }
    return x;
  }

  [[nodiscard]] MatrixRows attend(const std::string& layer, const MatrixRows& x) const {
    const MatrixRows all = linear(layer + "attention", x);
    const auto w = static_cast<Eigen::Index>(shape.width), wide = w / static_cast<Eigen::Index>(shape.heads);
    MatrixRows merged(x.rows(), w);
    for (Eigen::Index from = 0; from < w; from += wide) {
      const auto queries = all.middleCols(from, wide), keys = all.middleCols(w + from, wide),
                 values = all.middleCols(2 * w + from, wide);
      MatrixRows weight = queries * keys.transpose() / std::sqrt(static_cast<float>(wide));
      for (auto row : weight.rowwise()) {
        row = (row.array() - row.maxCoeff()).exp();
        row /= row.sum();
      }
      merged.middleCols(from, wide) = weight * values;
    }
    return linear(layer + "merge", merged);
  }

  [[nodiscard]] MatrixRows encode(std::span<const SetToken> tokens) const {
    const size_t count = std::min(tokens.size(), kItemsMax);
    MatrixRows x(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(shape.width));
    for (size_t i = 0; i < count; ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      x.row(at) = embed(tokens[i]);
      if (shape.positions > 0)
        x.row(at) +=
            tensor("positions", shape.width).row(static_cast<Eigen::Index>(std::min(i, shape.positions - 1)));
    }
    for (size_t l = 0; l < shape.layers; ++l) {
      const std::string layer = "layer." + std::to_string(l) + ".";
      x += attend(layer, norm(layer + "attention_norm", x));
      x += linear(layer + "down", gelu(linear(layer + "up", norm(layer + "hidden_norm", x))));
    }
    return norm("last_norm", std::move(x));
  }
};

SetTransformer::SetTransformer(SetInfo info, SetWeights weights)
    : info_(std::move(info)), weights_(std::move(weights)) {
  for (const SetTensor& tensor : set_tensors(info_.shape))
    CHECK(weights_.at(tensor.name).size() == tensor.rows * tensor.columns);
}

double SetTransformer::set_logit(std::span<const SetToken> set) const {
  if (set.size() < 2) return 0;
  const Math math{info_.shape, weights_};
  const MatrixRows mean = math.encode(set).colwise().mean();
  return math.linear("set", gelu(math.linear("set_hidden", mean)))(0, 0);
}

std::vector<double> SetTransformer::blank_scores(std::span<const SetToken> rest, size_t blank,
                                                 std::span<const SetToken> answers) const {
  const Math math{info_.shape, weights_};
  std::vector<SetToken> tokens(
      rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(std::min(rest.size(), kItemsMax - 1)));
  blank = std::min(blank, tokens.size());
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(blank), SetToken{info_.shape.blank(), {}, {}});
  const MatrixRows state = math.encode(tokens).row(static_cast<Eigen::Index>(blank));
  const MatrixRows logits = math.linear("blank_category", state);
  const float most = logits.maxCoeff();
  const double normaliser = most + std::log((logits.array() - most).exp().sum());
  MatrixRows ask;
  if (info_.shape.has_content()) ask = math.linear("ask", state);
  std::vector<double> scores;
  for (const SetToken& answer : answers) {
    double& score = scores.emplace_back(0);
    if (answer.category < info_.shape.categories)
      score = logits(0, answer.category) - normaliser - weights_.at("log_share")[answer.category];
    if (!info_.shape.has_content() || (answer.words.empty() && answer.features.empty())) continue;
    const MatrixRows key = math.linear("key", gelu(math.linear("key_hidden", math.embed(answer))));
    score += ask.row(0).dot(key.row(0)) / std::sqrt(static_cast<float>(info_.shape.width));
  }
  return scores;
}

std::vector<std::byte> SetTransformer::serialize() const {
  std::deque<std::vector<uint16_t>> kept;
  TensorViews views;
  for (const SetTensor& tensor : set_tensors(info_.shape)) {
    const auto& halves = kept.emplace_back(to_halves(weights_.at(tensor.name)));
    views.emplace(tensor.name,
                  TensorView{Dtype::kF16,
                             {static_cast<int64_t>(tensor.rows), static_cast<int64_t>(tensor.columns)},
                             std::as_bytes(std::span(halves))});
  }
  return write_safetensors(views, {{"format", std::string(kKind)},
                                   {"format_version", std::to_string(kFormatVersion)},
                                   {"outfits", to_json_text(info_)}});
}

Result<SetTransformer> SetTransformer::parse(std::span<const std::byte> file) {
  TRY_ASSIGN(const auto parsed, Safetensors::parse(file));
  const auto entry = [&](const std::string& key) {
    const auto found = parsed.metadata.find(key);
    return found == parsed.metadata.end() ? std::string_view() : std::string_view(found->second);
  };
  if (entry("format") != kKind) return corrupt("file holds no outfit model", "format", std::string(kKind));
  if (entry("format_version") != std::to_string(kFormatVersion))
    return corrupt("version is " + std::string(entry("format_version")), "format_version",
                   std::to_string(kFormatVersion));
  auto info = from_json_text<SetInfo>(entry("outfits"));
  if (!info.ok()) return corrupt(info.error().message(), "outfits");
  if (info->shape.width % info->shape.heads != 0)
    return corrupt("the width is not a multiple of the heads", "outfits/shape/heads");
  if (!info->categories.empty() && info->categories.size() != info->shape.categories)
    return corrupt("the list of categories has another length than the shape says", "outfits/categories",
                   std::to_string(info->shape.categories));
  TensorSource source(parsed.tensors);
  SetWeights weights;
  for (const SetTensor& tensor : set_tensors(info->shape))
    weights[tensor.name] =
        source.take(tensor.name, {static_cast<int64_t>(tensor.rows), static_cast<int64_t>(tensor.columns)})
            .values;
  TRY(source.status_all_taken());
  return SetTransformer(std::move(*info), std::move(weights));
}

}  // namespace modiste
