// config.json of a Hugging Face CLIP checkpoint.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Defaults are Hugging Face's, for members that a config leaves out (openai/clip-vit-base-patch32).
struct ClipTowerConfig {
  int64_t hidden_size = 512;
  int64_t intermediate_size = 2048;
  int64_t num_hidden_layers = 12;
  int64_t num_attention_heads = 8;
  double layer_norm_eps = 1e-5;
  bool quick_gelu = true;  // hidden_act: "quick_gelu", else "gelu"
};

struct ClipConfig {
  ClipTowerConfig text;
  ClipTowerConfig vision{.hidden_size = 768, .intermediate_size = 3072, .num_attention_heads = 12};
  int64_t vocab_size = 49'408;
  int64_t max_position_embeddings = 77;
  // The value 2 is an error in early checkpoints: it means the highest id of the text.
  int64_t eos_token_id = 49'407;
  int64_t image_size = 224;
  int64_t patch_size = 32;
  int64_t projection_dim = 512;

  // kCorrupt names the field that has another type, is out of range, or belongs to another architecture.
  static Result<ClipConfig> parse(std::span<const std::byte> config_json);
};

}  // namespace modiste
