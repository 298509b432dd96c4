// The layers of the heads, shared by serving (nn/projection_heads.cpp) and training (head_training/).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/projection_heads.h"

namespace modiste {

// As served: x W + b, with W stored as in x out.
struct HeadLayer {
  int64_t in = 0, out = 0;
  std::vector<float> weight, bias;
};

// Linear: how a layer keeps its weights.
template <class Linear>
struct HeadNetwork {
  struct Tower {
    Linear hidden, output;
  };

  HeadsInfo info;
  Tower image, text;
  Linear kept;                     // used when info.kept > 0
  Linear colour_names;             // used when there are info.colour_terms
  std::vector<Linear> attributes;  // over the image tower's hidden layer

  struct Layer {
    std::string name;  // "image.hidden"; the file's tensors are name.weight and name.bias
    Linear* linear;
    int64_t in, out;
    bool trained = true;  // by gradient; the kept directions are fitted at once
  };
  // All layers, in the order of info; the only place that knows their names and sizes.
  [[nodiscard]] std::vector<Layer> layers() {
    const auto image_hidden = static_cast<int64_t>(info.image_hidden);
    const auto text_hidden = static_cast<int64_t>(info.text_hidden);
    const auto dimension = static_cast<int64_t>(info.dimension);
    const auto learned = static_cast<int64_t>(info.dimension - info.kept - info.colours);
    attributes.resize(info.attributes.size());
    std::vector<Layer> all{
        {"image.hidden", &image.hidden, static_cast<int64_t>(info.image_features), image_hidden},
        {"image.output", &image.output, image_hidden, learned},
        {"text.hidden", &text.hidden, static_cast<int64_t>(info.text_features), text_hidden},
        {"text.output", &text.output, text_hidden, dimension}};
    if (info.kept > 0)
      all.push_back({"image.kept", &kept, static_cast<int64_t>(info.image_features - info.colours),
                     static_cast<int64_t>(info.kept), false});
    if (!info.colour_terms.empty())
      all.push_back({"colour.names", &colour_names, static_cast<int64_t>(info.colour_inputs),
                     static_cast<int64_t>(info.colour_terms.size()), false});
    for (size_t i = 0; i < attributes.size(); ++i)
      all.push_back({"attribute." + info.attributes[i].facet, &attributes[i], image_hidden,
                     static_cast<int64_t>(info.attributes[i].terms.size())});
    return all;
  }
};

// kInvalid names the size, facet or list that is out of its limits.
[[nodiscard]] Result<Done> check_heads_info(const HeadsInfo& info);

}  // namespace modiste
