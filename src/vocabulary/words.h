// Words as they are compared: folded by ICU (case, width, accents, ligatures) and to plain letters (l of
// Polish ł, o of Danish ø), cut at everything that is not a letter or digit, without apostrophes and trade
// marks. Japanese voicing marks and Korean syllables stay. "LumaTech™ V-Neck Women's" -> lumatech v neck
// womens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// "and" is left out, as "&" is. Invalid UTF-8 separates.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

[[nodiscard]] bool is_plain_ascii(std::string_view text);
// The whole text folded in the same way, with its punctuation.
[[nodiscard]] std::string folded(std::string_view text);

// By libstemmer: hoodies -> hoodi (English is Porter2), vestidos -> vest (Spanish). word: as from words_of.
// stemmer: a name that libstemmer knows; empty: the word itself.
[[nodiscard]] std::string stem(const std::string& word, const std::string& stemmer = "english");

// Words from..from + count, joined by spaces.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words, size_t from, size_t count);

}  // namespace modiste
