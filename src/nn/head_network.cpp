#include "nn/head_network.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <string_view>
#include <utility>

namespace modiste {
namespace {

constexpr size_t kSizeMax = 65'536;
constexpr size_t kAttributesMax = 64;
constexpr size_t kTermsMax = 10'000;

}  // namespace

at::Tensor unit_rows(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-12); }

at::Tensor HeadTower::unit_vectors(const at::Tensor& hidden_layer) const {
  return unit_rows(output(hidden_layer));
}

std::vector<HeadNetwork::Layer> HeadNetwork::layers() {
  const auto image_hidden = static_cast<int64_t>(info.image_hidden);
  const auto text_hidden = static_cast<int64_t>(info.text_hidden);
  const auto dimension = static_cast<int64_t>(info.dimension);
  const auto learned = static_cast<int64_t>(info.dimension - info.kept - info.colours);
  attributes.resize(info.attributes.size());
  std::vector<Layer> out{
      {"image.hidden", &image.hidden, static_cast<int64_t>(info.image_features), image_hidden},
      {"image.output", &image.output, image_hidden, learned},
      {"text.hidden", &text.hidden, static_cast<int64_t>(info.text_features), text_hidden},
      {"text.output", &text.output, text_hidden, dimension}};
  if (info.kept > 0)
    out.push_back({"image.kept", &kept, static_cast<int64_t>(info.image_features - info.colours),
                   static_cast<int64_t>(info.kept), false});
  if (!info.colour_terms.empty())
    out.push_back({"colour.names", &colour_names, static_cast<int64_t>(info.colour_inputs),
                   static_cast<int64_t>(info.colour_terms.size()), false});
  for (size_t i = 0; i < attributes.size(); ++i)
    out.push_back({"attribute." + info.attributes[i].facet, &attributes[i], image_hidden,
                   static_cast<int64_t>(info.attributes[i].terms.size())});
  return out;
}

at::Tensor HeadNetwork::image_vectors(const at::Tensor& hidden_layer, const at::Tensor& features) const {
  std::vector<at::Tensor> blocks{image.unit_vectors(hidden_layer) *
                                 std::sqrt(1 - info.kept_share - info.colour_share)};
  const auto colours = static_cast<int64_t>(info.colours);
  const auto seen = features.size(1) - colours;
  if (info.kept > 0)
    blocks.push_back(unit_rows(kept(features.narrow(1, 0, seen))) * std::sqrt(info.kept_share));
  if (colours > 0)
    blocks.push_back(unit_rows(features.narrow(1, seen, colours).clamp_min(0).sqrt()) *
                     std::sqrt(info.colour_share));
  return unit_rows(at::cat(blocks, 1));
}

Result<Done> check_heads_info(const HeadsInfo& info) {
  const auto invalid = [](std::string what, std::string_view where, std::string expected) {
    return Error{Code::kInvalid, std::move(what), std::string(where), std::move(expected)};
  };
  const std::pair<std::string_view, size_t> sizes[] = {{"image_features", info.image_features},
                                                       {"text_features", info.text_features},
                                                       {"image_hidden", info.image_hidden},
                                                       {"text_hidden", info.text_hidden},
                                                       {"dimension", info.dimension}};
  for (const auto& [name, size] : sizes)
    if (size < 1 || size > kSizeMax)
      return invalid(fmt::format("size is {}", size), name, fmt::format("1 to {}", kSizeMax));
  if (info.kept + info.colours >= info.dimension || info.colours >= info.image_features)
    return invalid(fmt::format("{} kept and {} colours of {}", info.kept, info.colours, info.dimension),
                   "kept", "fewer than the dimension, and fewer colours than image features");
  if (info.colour_terms.size() > kTermsMax || info.colour_inputs > kSizeMax ||
      (info.colour_terms.empty() != (info.colour_inputs == 0)))
    return invalid(
        fmt::format("{} colours named from {} inputs", info.colour_terms.size(), info.colour_inputs),
        "colour_terms", "both or neither");
  if (!(info.kept_share >= 0 && info.colour_share >= 0 && info.kept_share + info.colour_share < 1) ||
      (info.kept == 0 && info.kept_share > 0) || (info.colours == 0 && info.colour_share > 0))
    return invalid(fmt::format("shares are {} and {}", info.kept_share, info.colour_share), "kept_share",
                   "at least 0, together below 1, and 0 for a block that is absent");
  if (!(info.temperature > 0 && info.temperature <= 10))
    return invalid(fmt::format("temperature is {}", info.temperature), "temperature", "above 0, at most 10");
  if (info.attributes.size() > kAttributesMax)
    return invalid(fmt::format("{} attribute heads", info.attributes.size()), "attributes",
                   fmt::format("at most {}", kAttributesMax));
  std::set<std::string_view> facets;
  for (const auto& head : info.attributes) {
    if (head.facet.empty() || !facets.insert(head.facet).second)
      return invalid("facet is empty or named twice", head.facet, "one head per facet");
    const std::set<std::string_view> terms(head.terms.begin(), head.terms.end());
    if (terms.size() != head.terms.size() || terms.size() < 2 || terms.size() > kTermsMax)
      return invalid(fmt::format("{} terms, {} of them different", head.terms.size(), terms.size()),
                     head.facet, fmt::format("2 to {} different terms", kTermsMax));
  }
  return kOk;
}

}  // namespace modiste
