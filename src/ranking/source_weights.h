// How much each feature of the hybrid ranker counts in a shop: factors on its weights, 1 by default.
//
// Which sources predict what shoppers choose differs between shops: attributes and photos where garments are
// well described, other shoppers' choices where there is a long history. `modiste evaluate next-item
// --choose` measures it on choices held out and writes the file that serving reads
// (docs/formats/source-weights.md).
#pragma once

#include "base/json.h"

namespace modiste {

struct SourceWeights {
  double content = 1, neighbours = 1, visual = 1, popularity = 1, next_choices = 1;

  friend bool operator==(const SourceWeights&, const SourceWeights&) = default;
};

template <>
struct Contract<SourceWeights> {
  static constexpr std::string_view kName = "SourceWeights";
  static constexpr double kMax = 1'000;
  static constexpr auto kFields =
      Fields{field("content", &SourceWeights::content, {.doc = "Attributes", .min = 0, .max = kMax}),
             field("neighbours", &SourceWeights::neighbours,
                   {.doc = "What is chosen together", .min = 0, .max = kMax}),
             field("visual", &SourceWeights::visual, {.doc = "Photos and texts", .min = 0, .max = kMax}),
             field("popularity", &SourceWeights::popularity, {.doc = "", .min = 0, .max = kMax}),
             field("next_choices", &SourceWeights::next_choices,
                   {.doc = "What comes next, by the network that the shop trained", .min = 0, .max = kMax})};
};

}  // namespace modiste
