#include "nn/projection_heads.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "nn/corrupt.h"
#include "nn/head_network.h"
#include "nn/safetensors.h"
#include "nn/tensor_source.h"

namespace modiste {

template <>
struct Contract<AttributeHead> {
  static constexpr std::string_view kName = "AttributeHead";
  static constexpr auto kFields = Fields{
      field("facet", &AttributeHead::facet,
            {.doc = "Facet that it classifies", .required = true, .length_max = 100}),
      field("terms", &AttributeHead::terms,
            {.doc = "Terms, in the order of the outputs",
             .required = true,
             .length_max = 100,
             .items_max = 10'000}),
      field(
          "temperature", &AttributeHead::temperature,
          {.doc = "Divisor of the logits (temperature scaling)", .required = true, .min = 0.01, .max = 100}),
      field("keep_from", &AttributeHead::keep_from,
            {.doc = "Probability from which an answer is kept; above 1: none is", .min = 0, .max = 10}),
      field(
          "precision", &AttributeHead::precision,
          {.doc = "Share of kept answers that were right on sets left out of training", .min = 0, .max = 1})};
};

template <>
struct Contract<HeadsConflict> {
  static constexpr std::string_view kName = "HeadsConflict";
  static constexpr auto kFields = Fields{
      field("kind", &HeadsConflict::kind, {.doc = "Name of the kind", .required = true, .length_max = 100}),
      field("report_from", &HeadsConflict::report_from,
            {.doc = "Least strength that is reported", .required = true, .min = 0, .max = 1}),
      field("precision", &HeadsConflict::precision,
            {.doc = "Share of those reported that were right", .required = true, .min = 0, .max = 1}),
      field("caught", &HeadsConflict::caught,
            {.doc = "Share of exchanged photos that are reported", .min = 0, .max = 1})};
};

template <>
struct Contract<HeadsInfo> {
  static constexpr std::string_view kName = "HeadsInfo";
  static constexpr auto kFields = Fields{
      field("name", &HeadsInfo::name, {.doc = "Identifies the weights", .required = true, .length_max = 200}),
      field("image_features", &HeadsInfo::image_features,
            {.doc = "Width of the image tower", .required = true}),
      field("text_features", &HeadsInfo::text_features, {.doc = "Width of the text tower", .required = true}),
      field("image_hidden", &HeadsInfo::image_hidden, {.doc = "Image head's hidden layer", .required = true}),
      field("text_hidden", &HeadsInfo::text_hidden, {.doc = "Text head's hidden layer", .required = true}),
      field("dimension", &HeadsInfo::dimension, {.doc = "Dimension of the item space", .required = true}),
      field("kept", &HeadsInfo::kept, {.doc = "Numbers of the block that keeps the tower's features"}),
      field("colours", &HeadsInfo::colours, {.doc = "Numbers of the colour block"}),
      field("colour_terms", &HeadsInfo::colour_terms,
            {.doc = "Colours that the heads name", .length_max = 100, .items_max = 10'000}),
      field("colour_inputs", &HeadsInfo::colour_inputs, {.doc = "Colour shares that they are named from"}),
      field("kept_share", &HeadsInfo::kept_share,
            {.doc = "Share of the kept block in the squared length", .min = 0, .max = 1}),
      field("colour_share", &HeadsInfo::colour_share,
            {.doc = "Share of the colour block in the squared length", .min = 0, .max = 1}),
      field("temperature", &HeadsInfo::temperature, {.doc = "Divisor of cosines", .required = true}),
      field("attributes", &HeadsInfo::attributes,
            {.doc = "Attribute heads", .required = true, .items_max = 64}),
      field("conflicts", &HeadsInfo::conflicts,
            {.doc = "Contradictions between photo and words that are reported", .items_max = 64}),
      field("towers", &HeadsInfo::towers, {.doc = "Frozen networks under the heads", .length_max = 200}),
      field("trained_on", &HeadsInfo::trained_on, {.doc = "Data sets and their sizes"})};
};

namespace {

Result<HeadsInfo> read_info(const std::map<std::string, std::string>& metadata) {
  const auto entry = [&](const std::string& key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string_view() : std::string_view(found->second);
  };
  if (entry("format") != ProjectionHeads::kKind)
    return corrupt("file holds no projection heads", "format", std::string(ProjectionHeads::kKind));
  const auto version = std::to_string(ProjectionHeads::kFormatVersion);
  // Version 2 has none of the members that version 3 added; without them they say what version 2 meant.
  if (entry("format_version") != version && entry("format_version") != "2")
    return corrupt("version is " + std::string(entry("format_version")), "format_version", version);
  auto info = from_json_text<HeadsInfo>(entry("heads"));
  if (!info.ok()) return corrupt(info.error().message(), "heads");
  if (auto checked = check_heads_info(*info); !checked.ok())
    return corrupt(checked.error().message(), "heads");
  return info;
}

using Network = HeadNetwork<HeadLayer>;
using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const Rows> rows_of_width(std::span<const float> values, size_t width) {
  CHECK(values.size() % width == 0);
  return {values.data(), static_cast<Eigen::Index>(values.size() / width), static_cast<Eigen::Index>(width)};
}

template <class X>
Rows apply(const HeadLayer& layer, const X& x) {
  const Eigen::Map<const Rows> weight(layer.weight.data(), layer.in, layer.out);
  const Eigen::Map<const Eigen::RowVectorXf> bias(layer.bias.data(), layer.out);
  Rows out = x * weight;
  out.rowwise() += bias;
  return out;
}

template <class X>
Rows hidden_layer(const Network::Tower& tower, const X& x) {
  return apply(tower.hidden, x).unaryExpr([](float value) {  // GELU
    return 0.5F * value * (1 + std::erf(value * std::numbers::sqrt2_v<float> / 2));
  });
}

Rows unit_rows(Rows x) {
  for (auto row : x.rowwise()) row /= std::max(row.norm(), 1e-12F);
  return x;
}

Rows softmax(Rows x) {
  for (auto row : x.rowwise()) {
    row = (row.array() - row.maxCoeff()).exp();
    row /= row.sum();
  }
  return x;
}

std::vector<float> values_of(const Rows& rows) { return {rows.data(), rows.data() + rows.size()}; }

void round_to_halves(HeadLayer& layer) {
  for (float& value : layer.weight) value = through_half(value);
}

}  // namespace

ProjectionHeads::ProjectionHeads(std::shared_ptr<const Network> network) : network_(std::move(network)) {}
ProjectionHeads::ProjectionHeads(const Network& network) {
  auto rounded = std::make_shared<Network>(network);
  for (const auto& layer : rounded->layers()) round_to_halves(*layer.linear);
  network_ = std::move(rounded);
}
ProjectionHeads::ProjectionHeads(ProjectionHeads&&) noexcept = default;
ProjectionHeads& ProjectionHeads::operator=(ProjectionHeads&&) noexcept = default;
ProjectionHeads::~ProjectionHeads() = default;

Result<ProjectionHeads> ProjectionHeads::parse(std::span<const std::byte> file) {
  TRY_ASSIGN(const auto parsed, Safetensors::parse(file));
  TRY_ASSIGN(auto info, read_info(parsed.metadata));
  auto network = std::make_shared<Network>();
  network->info = std::move(info);
  TensorSource source(parsed.tensors);
  for (const auto& layer : network->layers())
    *layer.linear = {layer.in, layer.out,
                     transposed(source.take(layer.name + ".weight", {layer.out, layer.in})).values,
                     source.take(layer.name + ".bias", {layer.out}).values};
  TRY(source.status_all_taken());
  return ProjectionHeads(std::shared_ptr<const Network>(std::move(network)));
}

std::vector<std::byte> ProjectionHeads::serialize() const {
  Network copy = *network_;
  std::deque<std::vector<uint16_t>> kept;
  TensorViews views;
  for (const auto& layer : copy.layers()) {
    const auto& weight =
        kept.emplace_back(to_halves(transposed({{layer.in, layer.out}, layer.linear->weight}).values));
    views.emplace(layer.name + ".weight",
                  TensorView{Dtype::kF16, {layer.out, layer.in}, std::as_bytes(std::span(weight))});
    views.emplace(layer.name + ".bias",
                  TensorView{Dtype::kF32, {layer.out}, std::as_bytes(std::span(layer.linear->bias))});
  }
  return write_safetensors(views, {{"format", std::string(ProjectionHeads::kKind)},
                                   {"format_version", std::to_string(kFormatVersion)},
                                   {"heads", to_json_text(network_->info)}});
}

const HeadsInfo& ProjectionHeads::info() const { return network_->info; }

ProjectionHeads ProjectionHeads::described_as(HeadsInfo info) const {
  auto network = std::make_shared<Network>(*network_);
  const auto before = network->layers();
  network->info = std::move(info);
  const auto after = network->layers();
  CHECK(before.size() == after.size());
  for (size_t i = 0; i < after.size(); ++i)
    CHECK(before[i].name == after[i].name && before[i].in == after[i].in && before[i].out == after[i].out);
  return ProjectionHeads(std::shared_ptr<const Network>(std::move(network)));
}

ProjectionHeads ProjectionHeads::with_colour_names(std::vector<std::string> terms,
                                                   const LinearClassifier& classifier) const {
  CHECK(terms.size() == classifier.classes);
  auto network = std::make_shared<Network>(*network_);
  network->info.colour_terms = std::move(terms);
  network->info.colour_inputs = classifier.features;
  const auto classes = static_cast<int64_t>(classifier.classes),
             features = static_cast<int64_t>(classifier.features);
  network->colour_names = {features, classes, transposed({{classes, features}, classifier.weight}).values,
                           classifier.bias};
  round_to_halves(network->colour_names);
  return ProjectionHeads(std::shared_ptr<const Network>(std::move(network)));
}

std::vector<float> ProjectionHeads::colour_probabilities(std::span<const float> shares) const {
  if (info().colour_terms.empty()) return {};
  return values_of(softmax(apply(network_->colour_names, rows_of_width(shares, info().colour_inputs))));
}

std::vector<float> ProjectionHeads::image(std::span<const float> features) const {
  const auto x = rows_of_width(features, info().image_features);
  const auto learned = static_cast<Eigen::Index>(info().dimension - info().kept - info().colours);
  const auto kept = static_cast<Eigen::Index>(info().kept);
  const auto colours = static_cast<Eigen::Index>(info().colours);
  const Eigen::Index seen = x.cols() - colours;
  const auto share = [](double of) { return static_cast<float>(std::sqrt(of)); };
  Rows out(x.rows(), static_cast<Eigen::Index>(info().dimension));
  out.leftCols(learned) = unit_rows(apply(network_->image.output, hidden_layer(network_->image, x))) *
                          share(1 - info().kept_share - info().colour_share);
  if (kept > 0)
    out.middleCols(learned, kept) =
        unit_rows(apply(network_->kept, x.leftCols(seen))) * share(info().kept_share);
  if (colours > 0)
    out.rightCols(colours) =
        unit_rows(x.rightCols(colours).cwiseMax(0).cwiseSqrt()) * share(info().colour_share);
  return values_of(unit_rows(std::move(out)));
}

std::vector<float> ProjectionHeads::text(std::span<const float> features) const {
  const auto x = rows_of_width(features, info().text_features);
  return values_of(unit_rows(apply(network_->text.output, hidden_layer(network_->text, x))));
}

std::vector<std::vector<float>> ProjectionHeads::attribute_probabilities(
    std::span<const float> features) const {
  const auto hidden = hidden_layer(network_->image, rows_of_width(features, info().image_features));
  std::vector<std::vector<float>> out;
  for (const auto& head : network_->attributes) out.push_back(values_of(softmax(apply(head, hidden))));
  return out;
}

}  // namespace modiste
