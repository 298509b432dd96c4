// Sentence vectors by all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/weights.h"

namespace modiste {

// Threads: embed() from any thread. Owns its weights (90 MB as float32).
class MiniLm {
 public:
  static constexpr size_t kDimension = 384;
  static constexpr size_t kTokensMax = 256;  // what the model was trained on; longer texts are cut
  static constexpr size_t kBatch = 32;       // longer batches are cut inside

  // Reads config.json, tokenizer.json (WordPiece) and model.fp16.safetensors, else model.safetensors.
  static Result<MiniLm> load(const FileReader& files);

  MiniLm(MiniLm&&) noexcept;
  MiniLm& operator=(MiniLm&&) noexcept;
  ~MiniLm();

  // UTF-8 texts (invalid bytes are dropped). Returns texts.size() x 384, each row of length 1. An empty text
  // has a vector too: that of the two marks alone.
  [[nodiscard]] std::vector<float> embed(std::span<const std::string> texts) const;

 private:
  struct Network;
  explicit MiniLm(std::unique_ptr<const Network> network);
  std::unique_ptr<const Network> network_;
};

}  // namespace modiste
