// Words as they are compared: folded by ICU (case, width, accents, ligatures), cut at everything that is not
// a letter or digit, without apostrophes and trade marks. "LumaTech™ V-Neck Women's" -> lumatech v neck
// womens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// "and" is left out, as "&" is. Invalid UTF-8 separates.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// English (Porter2, by libstemmer): hoodies -> hoodi. word: as from words_of.
[[nodiscard]] std::string stem(const std::string& word);

// Words from..from + count, joined by spaces.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words, size_t from, size_t count);

}  // namespace modiste
