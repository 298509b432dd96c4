// Private to nn: the Unicode functions that the two tokenizers share, with the same meaning as
// in Hugging Face tokenizers.
#pragma once

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string_view>

namespace modiste {

// Invalid bytes become U+FFFD.
[[nodiscard]] inline icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

// Calls visit(UChar32) for each character.
template <class Visit>
void for_each_character(const icu::UnicodeString& text, const Visit& visit) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) visit(text.char32At(i));
}

[[nodiscard]] inline bool is_space(UChar32 c) { return u_isUWhiteSpace(c); }

// Per character: a sigma at a word's end stays a plain one, and a dotted capital I keeps its dot.
inline void append_lower_case(icu::UnicodeString& to, UChar32 c) {
  to.append(icu::UnicodeString(c).toLower(icu::Locale::getRoot()));
}

}  // namespace modiste
