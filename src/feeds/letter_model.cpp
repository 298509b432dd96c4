#include "feeds/letter_model.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cmath>

#include "vocabulary/language.h"

namespace modiste {
namespace {

constexpr char16_t kBetween = u' ';

// What stands between words is one character; ASCII digits and signs are the same in every encoding here.
// ICU writes U+FFFD or U+001A for bytes that are not characters.
char16_t folded_letter(char16_t c) {
  if (c < 0x80 && u_isalpha(c) == 0 && c != 0x1A) return kBetween;
  return static_cast<char16_t>(u_tolower(c));
}

// The probability of a character that no word of ours has: the share of its kind in text, over how many of
// that kind are in use. Controls are of no text.
double kind_probability(char16_t c) {
  constexpr double kControl = 1e-10, kMark = 1e-3, kSign = 1e-5;
  if (u_isdefined(c) == 0 || u_iscntrl(c) != 0 || c == 0xFFFD || (c >= 0xD800 && c <= 0xF8FF))
    return kControl;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
      return 0.05 / 7'000;  // in GB 2312 and JIS X 0208
    case USCRIPT_HANGUL:
      return 0.05 / 2'350;  // in KS X 1001
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      // Half-width forms went with the terminals that had nothing else; every byte of Shift-JIS may be one.
      return c >= 0xFF61 && c <= 0xFF9F ? 1e-6 : 0.05 / 90;
    default:
      break;
  }
  if (u_isalpha(c) != 0) return 0.05 / 100;
  if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_COMBINING_SPACING_MARK) return kMark;
  return kSign;
}

// Signs that stand at words whatever the letters are: "Linen – 2 m²", "Lycra®", "«Robe»", "£9".
bool is_usual_sign(char16_t c) {
  constexpr std::u16string_view kUsual = u"\u00A0–—’‘“”„«»…·•®™°²€£¥、。「」・ー（）！？";
  return kUsual.find(c) != std::u16string_view::npos;
}

bool is_of_one_script(char16_t a, char16_t b) {
  UErrorCode status = U_ZERO_ERROR;
  const auto script = uscript_getScript(a, &status);
  return u_isalpha(a) != 0 && u_isalpha(b) != 0 && script == uscript_getScript(b, &status) &&
         U_SUCCESS(status);
}

}  // namespace

const LetterModel& LetterModel::standard() {
  static const LetterModel kModel;
  return kModel;
}

LetterModel::LetterModel() {
  const auto add = [&](const std::string& phrase) {
    const auto text = icu::UnicodeString::fromUTF8(phrase);
    count({text.getBuffer(), static_cast<size_t>(text.length())});
  };
  for (const Language& language : languages()) {
    for (const LanguageWord& word : language.words) add(word.phrase);
    for (const std::string& word : language.function_words) add(word);
  }
}

void LetterModel::count(std::u16string_view text) {
  char16_t before = kBetween;
  const auto add = [&](char16_t letter) {
    ++letters_[letter];
    ++total_;
    After& after = after_[before];
    if (pairs_[static_cast<uint32_t>(before) << 16 | letter]++ == 0) ++after.kinds;
    ++after.count;
    before = letter;
  };
  for (const char16_t c : text)
    if (const char16_t letter = folded_letter(c); letter != kBetween || before != kBetween) add(letter);
  if (before != kBetween) add(kBetween);
}

double LetterModel::probability(char16_t before, char16_t letter) const {
  const auto number = [](const auto& counts, const auto& key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0.0 : static_cast<double>(found->second);
  };
  const double kinds = static_cast<double>(letters_.size());
  // However many words of ours there are, a hundredth of the texts is of a script that none of them has.
  constexpr double kOfOtherScripts = 0.01;
  const double seen = number(letters_, letter);
  const double share = kinds / (static_cast<double>(total_) + kinds);
  const double alone = seen / (static_cast<double>(total_) + kinds) +
                       (seen > 0 ? share : std::max(share, kOfOtherScripts)) * kind_probability(letter);
  const auto after = after_.find(before);
  // Of a script that no language of ours has (Hebrew) every letter follows every other as well.
  constexpr double kOneOfAScript = 1.0 / 40;  // alphabets have 22 to 40 letters
  if (after == after_.end()) return is_of_one_script(before, letter) ? kOneOfAScript : alone;
  const double pair = number(pairs_, static_cast<uint32_t>(before) << 16 | letter);
  return (pair + after->second.kinds * alone) / (after->second.count + after->second.kinds);
}

double LetterModel::log_likelihood(std::u16string_view text) const {
  constexpr double kCapitalWithin = 1e-3;  // "lInen": the same letters in another case are another encoding's
  constexpr double kUsualSign = 1e-3;      // each of some thirty, of which every thirtieth word has one
  double sum = 0;
  char16_t before = kBetween;
  bool lower_before = false;
  for (const char16_t c : text) {
    const char16_t letter = folded_letter(c);
    if (letter == kBetween && before == kBetween) continue;
    if (is_usual_sign(c)) {
      sum += std::log(kUsualSign);
      before = kBetween;
      lower_before = false;
      continue;
    }
    sum += std::log(probability(before, letter));
    if (lower_before && u_isupper(c) != 0) sum += std::log(kCapitalWithin);
    lower_before = u_islower(c) != 0;
    before = letter;
  }
  return sum;
}

}  // namespace modiste
