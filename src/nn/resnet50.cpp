#include "nn/resnet50.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/check.h"
#include "nn/layers_model.h"
#include "nn/onnx_session.h"
#include "nn/tensor_source.h"

namespace modiste {
namespace {

constexpr double kBatchNormEpsilon = 1e-3;
// ImageNet means that Keras' "caffe" preprocessing subtracts, here in RGB order.
constexpr std::array<float, 3> kMeans{123.68F, 116.779F, 103.939F};
constexpr std::array<int, 4> kBlocksPerStage{3, 4, 6, 3};
// Photos per run: with more, a layer's activations leave the cache.
constexpr size_t kSlice = 4;

struct Shape {
  int64_t in, out, kernel, stride;
};

struct FoldedConvolution {
  FloatTensor kernel, bias;  // OIHW, O
};

// HWIO -> OIHW, each output channel multiplied by its scale.
FloatTensor scaled_oihw(const FloatTensor& kernel, const Shape& of, const std::vector<double>& scale) {
  const auto out = static_cast<size_t>(of.out), rest = kernel.values.size() / out;
  const auto in = static_cast<size_t>(of.in), area = rest / in;
  FloatTensor folded{{of.out, of.in, of.kernel, of.kernel}, std::vector<float>(kernel.values.size())};
  for (size_t place = 0; place < area; ++place)
    for (size_t channel = 0; channel < in; ++channel)
      for (size_t o = 0; o < out; ++o)
        folded.values[(o * in + channel) * area + place] =
            static_cast<float>(kernel.values[(place * in + channel) * out + o] * scale[o]);
  return folded;
}

// A convolution with its BatchNorm folded in. Keras names: res2a_branch2a/kernel (HWIO), bias;
// bn2a_branch2a/gamma, beta, moving_mean, moving_variance.
FoldedConvolution fold(TensorSource& source, const std::string& conv, const std::string& norm,
                       const Shape& shape) {
  const auto kernel = source.take(conv + "/kernel", {shape.kernel, shape.kernel, shape.in, shape.out});
  auto bias = source.take(conv + "/bias", {shape.out});
  const auto gamma = source.take(norm + "/gamma", {shape.out});
  const auto beta = source.take(norm + "/beta", {shape.out});
  const auto mean = source.take(norm + "/moving_mean", {shape.out});
  const auto variance = source.take(norm + "/moving_variance", {shape.out});
  if (source.failed()) return {};
  std::vector<double> scale(bias.values.size());
  for (size_t o = 0; o < scale.size(); ++o) {
    scale[o] = gamma.values[o] / std::sqrt(double{variance.values[o]} + kBatchNormEpsilon);
    bias.values[o] =
        static_cast<float>((double{bias.values[o]} - mean.values[o]) * scale[o] + beta.values[o]);
  }
  return {scaled_oihw(kernel, shape, scale), std::move(bias)};
}

// Trained on BGR, fed RGB.
void swap_input_channels(FloatTensor& kernel) {
  const size_t area = static_cast<size_t>(kernel.shape[2] * kernel.shape[3]);
  for (size_t first = 0; first < kernel.values.size(); first += 3 * area)
    std::swap_ranges(kernel.values.begin() + static_cast<std::ptrdiff_t>(first),
                     kernel.values.begin() + static_cast<std::ptrdiff_t>(first + area),
                     kernel.values.begin() + static_cast<std::ptrdiff_t>(first + 2 * area));
}

struct ResNetBuilder {
  using Name = OnnxGraph::Name;
  OnnxGraph& graph;
  TensorSource& source;

  Name convolve(const Name& x, FoldedConvolution weights, const Shape& shape) {
    const int64_t pad = shape.kernel / 2;
    return graph.node("Conv",
                      {x, graph.weight(std::move(weights.kernel)), graph.weight(std::move(weights.bias))},
                      {{"kernel_shape", std::vector{shape.kernel, shape.kernel}},
                       {"strides", std::vector{shape.stride, shape.stride}},
                       {"pads", std::vector{pad, pad, pad, pad}}});
  }

  Name convolution(const Name& x, const std::string& name, const Shape& shape) {
    return convolve(x, fold(source, "res" + name, "bn" + name, shape), shape);
  }

  Name relu(const Name& x) { return graph.node("Relu", {x}); }

  Name stem(const Name& rgb) {
    constexpr Shape kStem{3, 64, 7, 2};
    auto weights = fold(source, "conv1", "bn_conv1", kStem);
    if (!source.failed()) swap_input_channels(weights.kernel);
    const auto planes = graph.node("Transpose", {graph.node("Cast", {rgb}, {{"to", int64_t{1}}})},
                                   {{"perm", std::vector<int64_t>{0, 3, 1, 2}}});
    const auto means = graph.weight({{1, 3, 1, 1}, {kMeans.begin(), kMeans.end()}});
    const auto seen = relu(convolve(graph.node("Sub", {planes, means}), std::move(weights), kStem));
    return graph.node("MaxPool", {seen},
                      {{"kernel_shape", std::vector<int64_t>{3, 3}},
                       {"strides", std::vector<int64_t>{2, 2}},
                       {"pads", std::vector<int64_t>{1, 1, 1, 1}}});
  }

  // 1x1 (with the stride, as in the paper's first version) -> 3x3 -> 1x1, added to the shortcut.
  Name bottleneck(const Name& x, const std::string& name, int64_t in, int64_t width, int64_t stride,
                  bool first) {
    const int64_t out = width * 4;
    auto y = relu(convolution(x, name + "_branch2a", {in, width, 1, stride}));
    y = relu(convolution(y, name + "_branch2b", {width, width, 3, 1}));
    y = convolution(y, name + "_branch2c", {width, out, 1, 1});
    const auto shortcut = first ? convolution(x, name + "_branch1", {in, out, 1, stride}) : x;
    return relu(graph.node("Add", {y, shortcut}));
  }

  void build() {
    graph.input("rgb", ElementType::kByte, {-1, ResNet50::kSide, ResNet50::kSide, 3});
    auto x = stem("rgb");
    int64_t in = 64;
    for (size_t stage = 0; stage < kBlocksPerStage.size(); ++stage) {
      const int64_t width = int64_t{64} << stage;
      for (int i = 0; i < kBlocksPerStage[stage]; ++i) {
        const auto name = std::to_string(stage + 2) + static_cast<char>('a' + i);
        x = bottleneck(x, name, in, width, i == 0 && stage > 0 ? 2 : 1, i == 0);
        in = width * 4;
      }
    }
    graph.output(graph.node("Flatten", {graph.node("GlobalAveragePool", {x})}),
                 {-1, static_cast<int64_t>(ResNet50::kFeatures)});
  }
};

}  // namespace

struct ResNet50::Network {
  OnnxSession session;
};

ResNet50::ResNet50(std::unique_ptr<const Network> network) : network_(std::move(network)) {}
ResNet50::ResNet50(ResNet50&&) noexcept = default;
ResNet50& ResNet50::operator=(ResNet50&&) noexcept = default;
ResNet50::~ResNet50() = default;

Result<ResNet50> ResNet50::load(const FileReader& files) {
  OnnxGraph graph;
  {
    TRY_ASSIGN(const auto model, LayersModel::load(files));
    TensorSource source(model.tensors);
    ResNetBuilder{graph, source}.build();
    TRY(source.status());
  }
  TRY_ASSIGN(auto session, OnnxSession::open(graph));
  return ResNet50(std::make_unique<const Network>(std::move(session)));
}

std::vector<float> ResNet50::features(std::span<const uint8_t> rgb, size_t batch) const {
  CHECK(rgb.size() == batch * kImageBytes);
  std::vector<float> out;
  out.reserve(batch * kFeatures);
  for (size_t begin = 0; begin < batch; begin += kSlice) {
    const size_t count = std::min(kSlice, batch - begin);
    const auto rows = static_cast<int64_t>(count);
    const OnnxInput photos{ElementType::kByte,
                           {rows, kSide, kSide, 3},
                           std::as_bytes(rgb.subspan(begin * kImageBytes, count * kImageBytes))};
    const auto seen = network_->session.run({&photos, 1}, {rows, static_cast<int64_t>(kFeatures)});
    out.insert(out.end(), seen.begin(), seen.end());
  }
  return out;
}

}  // namespace modiste
