// BERT's tokenizer (Devlin et al. 2018): cleaned, lower-cased, accent-free words, cut greedily into
// vocabulary pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace modiste {

// Immutable. Threads: any.
class WordPiece {
 public:
  static constexpr size_t kWordCharactersMax = 100;  // longer words are unknown

  // Parses tokenizer.json of Hugging Face tokenizers with a BertNormalizer, BertPreTokenizer and WordPiece
  // model; kCorrupt for any other kind.
  static Result<WordPiece> parse(std::span<const std::byte> tokenizer_json);

  // [CLS] pieces... [SEP], at most tokens_max (>= 2) in all. Invalid UTF-8 counts as an unknown
  // character and is dropped.
  [[nodiscard]] std::vector<int64_t> encode(std::string_view text, size_t tokens_max) const;
  [[nodiscard]] size_t vocabulary_size() const { return vocabulary_size_; }

 private:
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  void append_word(std::string_view word, std::vector<int64_t>& ids) const;

  std::unordered_map<std::string, int64_t, TextHash, std::equal_to<>> pieces_;
  size_t vocabulary_size_ = 0;  // highest id + 1
  int64_t unknown_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace modiste
