// The safetensors file format: an 8-byte header length, a JSON header, and one buffer that
// the tensors cover exactly.
//
// Format: https://github.com/huggingface/safetensors (little-endian; offsets are relative to the buffer).
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "nn/tensor_view.h"

namespace modiste {

struct Safetensors {
  static constexpr size_t kHeaderBytesMax = 16 << 20;

  std::map<std::string, std::string> metadata;
  TensorViews tensors;  // borrow the parsed file

  // Strict: kCorrupt when the header is incomplete or not JSON, a dtype is unknown, a size does not follow
  // from shape and dtype, or the tensors overlap, leave gaps, or do not end with the file.
  static Result<Safetensors> parse(std::span<const std::byte> file);
};

// Writes a file that parse() can read: tensors in order of name, data aligned to 8 bytes.
[[nodiscard]] std::vector<std::byte> write_safetensors(const TensorViews& tensors,
                                                       const std::map<std::string, std::string>& metadata);

}  // namespace modiste
