#include "nn/projection_heads.h"

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "nn/batches.h"
#include "nn/corrupt.h"
#include "nn/projection_heads_network.h"
#include "nn/safetensors.h"

namespace modiste {

template <>
struct Contract<AttributeHead> {
  static constexpr std::string_view kName = "AttributeHead";
  static constexpr auto kFields = std::tuple{
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
  static constexpr auto kFields = std::tuple{
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
  static constexpr auto kFields = std::tuple{
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

}  // namespace

ProjectionHeads::ProjectionHeads(std::unique_ptr<const Network> network) : network_(std::move(network)) {}
ProjectionHeads::ProjectionHeads(ProjectionHeads&&) noexcept = default;
ProjectionHeads& ProjectionHeads::operator=(ProjectionHeads&&) noexcept = default;
ProjectionHeads::~ProjectionHeads() = default;

Result<ProjectionHeads> ProjectionHeads::parse(std::span<const std::byte> file) {
  TRY_ASSIGN(const auto parsed, Safetensors::parse(file));
  TRY_ASSIGN(auto info, read_info(parsed.metadata));
  auto network = std::make_unique<Network>();
  network->info = std::move(info);
  TensorSource source(parsed.tensors);
  for (const auto& layer : network->layers())
    *layer.linear = take_linear(source, layer.name, layer.in, layer.out);
  TRY(source.status_all_taken());
  return ProjectionHeads(std::move(network));
}

std::vector<std::byte> ProjectionHeads::serialize() const {
  Network copy = *network_;  // tensors are shared, not copied
  std::deque<at::Tensor> kept;
  TensorViews views;
  const auto add = [&](const std::string& name, Dtype dtype, const at::Tensor& tensor) {
    const auto& dense = kept.emplace_back(tensor.contiguous());
    views.emplace(name, TensorView{dtype,
                                   dense.sizes().vec(),
                                   {static_cast<const std::byte*>(dense.data_ptr()), dense.nbytes()}});
  };
  for (const auto& layer : copy.layers()) {
    add(layer.name + ".weight", Dtype::kF16, layer.linear->weight.t().to(at::kHalf));
    add(layer.name + ".bias", Dtype::kF32, layer.linear->bias);
  }
  return write_safetensors(views, {{"format", std::string(ProjectionHeads::kKind)},
                                   {"format_version", std::to_string(kFormatVersion)},
                                   {"heads", to_json_text(network_->info)}});
}

const HeadsInfo& ProjectionHeads::info() const { return network_->info; }

ProjectionHeads ProjectionHeads::described_as(HeadsInfo info) const {
  auto network = std::make_unique<Network>(*network_);  // tensors are shared, not copied
  const auto before = network->layers();
  network->info = std::move(info);
  const auto after = network->layers();
  CHECK(before.size() == after.size());
  for (size_t i = 0; i < after.size(); ++i)
    CHECK(before[i].name == after[i].name && before[i].in == after[i].in && before[i].out == after[i].out);
  return ProjectionHeads(std::move(network));
}

ProjectionHeads ProjectionHeads::with_colour_names(std::vector<std::string> terms,
                                                   const LinearClassifier& classifier) const {
  CHECK(terms.size() == classifier.classes);
  auto network = std::make_unique<Network>(*network_);  // tensors are shared, not copied
  network->info.colour_terms = std::move(terms);
  network->info.colour_inputs = classifier.features;
  // In the precision that a file will hold.
  network->colour_names.weight =
      borrow_rows(classifier.weight, classifier.features).t().contiguous().to(at::kHalf).to(at::kFloat);
  network->colour_names.bias = borrow_rows(classifier.bias, classifier.classes).squeeze(0).clone();
  return ProjectionHeads(std::move(network));
}

std::vector<float> ProjectionHeads::colour_probabilities(std::span<const float> shares) const {
  if (info().colour_terms.empty()) return {};
  const c10::InferenceMode inference;
  const OnThisThread alone;
  return to_floats(at::softmax(network_->colour_names(borrow_rows(shares, info().colour_inputs)), -1));
}

std::vector<float> ProjectionHeads::image(std::span<const float> features) const {
  const c10::InferenceMode inference;
  const OnThisThread alone;
  const auto x = borrow_rows(features, info().image_features);
  return to_floats(network_->image_vectors(network_->image.hidden_layer(x), x));
}

std::vector<float> ProjectionHeads::text(std::span<const float> features) const {
  const c10::InferenceMode inference;
  const OnThisThread alone;
  const auto x = borrow_rows(features, info().text_features);
  return to_floats(network_->text.unit_vectors(network_->text.hidden_layer(x)));
}

std::vector<std::vector<float>> ProjectionHeads::attribute_probabilities(
    std::span<const float> features) const {
  const c10::InferenceMode inference;
  const OnThisThread alone;
  const auto x = borrow_rows(features, info().image_features);
  const auto hidden = network_->image.hidden_layer(x);
  std::vector<std::vector<float>> out;
  for (const auto& head : network_->attributes) out.push_back(to_floats(at::softmax(head(hidden), -1)));
  return out;
}

}  // namespace modiste
