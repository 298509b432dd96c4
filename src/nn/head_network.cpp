#include "nn/head_network.h"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <utility>

namespace modiste {
namespace {

constexpr size_t kSizeMax = 65'536;
constexpr size_t kAttributesMax = 64;
constexpr size_t kTermsMax = 10'000;

}  // namespace

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
