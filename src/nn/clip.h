// CLIP (Radford et al. 2021): maps photos and texts to one space, from a Hugging Face checkpoint.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/weights.h"

namespace modiste {

// 8-bit sRGB, interleaved, rows from the top; borrows its pixels.
struct RgbView {
  int width = 0, height = 0;
  std::span<const uint8_t> pixels;  // width * height * 3
};

// Threads: const methods from any thread. Owns its weights.
class Clip {
 public:
  static constexpr size_t kBatch = 8;  // rows that run together on one thread; calls may have any number

  // Reads config.json, model.safetensors, vocab.json and merges.txt: openai/clip-vit-base-patch32, -patch16,
  // clip-vit-large-patch14, patrickjohncyh/fashion-clip and checkpoints of the same architecture. kCorrupt
  // names the tensor that is missing or has another shape, with the shape found and the one expected.
  static Result<Clip> load(const FileReader& files);

  Clip(Clip&&) noexcept;
  Clip& operator=(Clip&&) noexcept;
  ~Clip();

  [[nodiscard]] size_t dimension() const;
  [[nodiscard]] int image_side() const;     // pixels, after preprocessing
  [[nodiscard]] float logit_scale() const;  // exp of the trained log temperature

  // Images of any size >= 1 x 1: resized by the shortest side (bicubic), centre cropped and normalised
  // inside. Returns images.size() x dimension(), each row of length 1.
  [[nodiscard]] std::vector<float> embed_images(std::span<const RgbView> images) const;
  // UTF-8 texts, cut at the model's context (77 tokens). Returns texts.size() x dimension(), each
  // row of length 1.
  [[nodiscard]] std::vector<float> embed_texts(std::span<const std::string> texts) const;

 private:
  struct Network;
  explicit Clip(std::unique_ptr<const Network> network);
  std::unique_ptr<const Network> network_;
};

}  // namespace modiste
