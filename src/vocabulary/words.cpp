#include "vocabulary/words.h"

#include <libstemmer.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace modiste {
namespace {

// ™ ® © ℠ say who owns a word, and would be folded to letters.
bool is_mark_of_ownership(UChar32 c) { return c == 0x2122 || c == 0xAE || c == 0xA9 || c == 0x2120; }
// Hebrew's geresh and gershayim are written within a word too.
bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x5F3 || c == 0x5F4;
}

// Letters that Unicode does not take apart, as people without them on their keyboard write them.
void append_plain(icu::UnicodeString& out, UChar32 c) {
  switch (c) {
    case 0x142:  // ł
      out.append(static_cast<UChar32>('l'));
      break;
    case 0xF8:  // ø
      out.append(static_cast<UChar32>('o'));
      break;
    case 0xE6:  // æ
      out.append(static_cast<UChar32>('a')).append(static_cast<UChar32>('e'));
      break;
    case 0x153:  // œ
      out.append(static_cast<UChar32>('o')).append(static_cast<UChar32>('e'));
      break;
    case 0x131:  // ı
      out.append(static_cast<UChar32>('i'));
      break;
    case 0x111:  // đ
      out.append(static_cast<UChar32>('d'));
      break;
    default:
      out.append(c);
  }
}

// The vowels and tones of the scripts from Devanagari to Khmer are marks, but no accents (เสื้อ).
bool is_vowel_sign(UChar32 c) {
  const auto type = u_charType(c);
  return c >= 0x900 && c < 0x1AB0 && (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK);
}

// Accents are dropped; the voicing marks of kana tell words apart (ブラ, フラ).
bool is_accent(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK && c != 0x3099 && c != 0x309A && !is_vowel_sign(c);
}

icu::UnicodeString fold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  const auto* compose = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));  // all are built into ICU
  icu::UnicodeString plain;
  const auto raw =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  for (int32_t i = 0; i < raw.length(); i = raw.moveIndex32(i, 1))
    if (!is_mark_of_ownership(raw.char32At(i))) plain.append(raw.char32At(i));
  const auto letters = decompose->normalize(casefold->normalize(plain, status), status);
  icu::UnicodeString folded;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1))
    if (!is_accent(letters.char32At(i))) append_plain(folded, letters.char32At(i));
  return compose->normalize(folded, status);
}

void add_word(std::vector<std::string>& words, std::string& word) {
  if (!word.empty() && word != "and") words.push_back(word);
  word.clear();
}

std::vector<std::string> ascii_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z')
      word += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      word += c;
    else if (c != '\'')
      add_word(words, word);
  }
  add_word(words, word);
  return words;
}

}  // namespace

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string> words_of(std::string_view text) {
  if (is_plain_ascii(text)) return ascii_words(text);
  const icu::UnicodeString folded = fold(text);
  std::vector<std::string> words;
  std::string word;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_isalnum(c) || is_vowel_sign(c))
      icu::UnicodeString(c).toUTF8String(word);
    else if (!is_apostrophe(c))
      add_word(words, word);
  }
  add_word(words, word);
  return words;
}

std::string folded(std::string_view text) {
  if (is_plain_ascii(text)) return ascii_lower(text);
  std::string out;
  fold(text).toUTF8String(out);
  return out;
}

std::string stem(const std::string& word, const std::string& stemmer) {
  if (stemmer.empty()) return word;
  using Stemmer = std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)>;
  thread_local std::map<std::string, Stemmer> stemmers;  // each has a buffer inside
  const auto [known, is_new] = stemmers.try_emplace(stemmer, nullptr, sb_stemmer_delete);
  if (is_new) known->second.reset(sb_stemmer_new(stemmer.c_str(), nullptr));
  CHECK(known->second != nullptr);
  const auto* stemmed = sb_stemmer_stem(known->second.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                        static_cast<int>(word.size()));
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<size_t>(sb_stemmer_length(known->second.get()))};
}

std::string join_words(const std::vector<std::string>& words, size_t from, size_t count) {
  std::string joined;
  for (size_t i = from; i < from + count; ++i) joined += (i == from ? "" : " ") + words[i];
  return joined;
}

}  // namespace modiste
