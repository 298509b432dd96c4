// CLIP's tokenizer: byte-level byte-pair encoding (Sennrich et al. 2016; Radford et al. 2019) of lower-cased
// words whose last symbol carries "</w>".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace modiste {

// Immutable. Threads: any.
class BytePair {
 public:
  // Parses vocab.json and merges.txt of a Hugging Face CLIP checkpoint. kCorrupt when a merge names a symbol
  // that the vocabulary lacks, or when a byte or one of the two marks is missing.
  static Result<BytePair> parse(std::span<const std::byte> vocab_json, std::span<const std::byte> merges_txt);

  // <|startoftext|> symbols... <|endoftext|>, at most tokens_max (>= 2) in all. Marks written within a text
  // are treated as text, so that a text cannot end itself.
  [[nodiscard]] std::vector<int64_t> encode(std::string_view text, size_t tokens_max) const;

  [[nodiscard]] size_t vocabulary_size() const { return vocabulary_size_; }  // highest id + 1
  [[nodiscard]] int64_t end_id() const { return end_; }

 private:
  struct Merge {
    uint32_t rank = 0;
    int32_t result = 0;
  };
  struct PairHash {
    size_t operator()(const std::pair<int32_t, int32_t>& pair) const;
  };

  void append_word(std::string_view word, std::vector<int64_t>& ids) const;

  std::unordered_map<std::pair<int32_t, int32_t>, Merge, PairHash> merges_;
  std::vector<int32_t> byte_ids_, last_byte_ids_;  // by byte; the second with "</w>"
  size_t vocabulary_size_ = 0;
  int64_t begin_ = 0, end_ = 0;
};

}  // namespace modiste
