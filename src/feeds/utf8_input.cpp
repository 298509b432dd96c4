#include "feeds/utf8_input.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace modiste {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view bytes, encoding;
};
constexpr std::array kMarks{Mark{"\xEF\xBB\xBF"sv, "UTF-8"sv}, Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"sv},
                            Mark{"\xFF\xFE"sv, "UTF-16LE"sv}, Mark{"\xFE\xFF"sv, "UTF-16BE"sv}};

// UTF-16 of mostly Latin text without a mark: every other byte is zero.
std::string guess_utf16(std::string_view head) {
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
  const size_t many = head.size() / 4;
  if (odd > many && even <= many / 8) return "UTF-16LE";
  if (even > many && odd <= many / 8) return "UTF-16BE";
  return "";
}

// encoding="..." of <?xml ...?>
std::string declared_by_xml(std::string_view head) {
  if (!head.starts_with("<?xml")) return "";
  const std::string_view declaration = head.substr(0, head.find("?>"));
  const size_t at = declaration.find("encoding=");
  if (at == std::string_view::npos || at + 10 >= declaration.size()) return "";
  const char quote = declaration[at + 9];
  const size_t end = declaration.find(quote, at + 10);
  return std::string(declaration.substr(at + 10, end - at - 10));
}

// How often a sign stands where only a letter can, as text of another alphabet has it: "ż" and "ł" of Polish
// are "¿" and "³" in windows-1252, so that a word is "¿ó³ty". "m²", "LYCRA®", "Lycra®mix", "col·lecció" and
// "¿Qué?" are as they should be.
size_t misplaced_signs(std::string_view text, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding.c_str(), &status),
                                                                     ucnv_close);
  if (U_FAILURE(status) != 0) return SIZE_MAX;
  std::vector<UChar> letters(text.size() + 1);
  const int32_t count = ucnv_toUChars(converter.get(), letters.data(), static_cast<int32_t>(letters.size()),
                                      text.data(), static_cast<int32_t>(text.size()), &status);
  if (U_FAILURE(status) != 0) return SIZE_MAX;
  const auto is_letter = [&](int32_t at) {
    return at >= 0 && at < count && u_isalpha(letters[static_cast<size_t>(at)]) != 0;
  };
  constexpr std::u16string_view kBeforeNoWord = u"¯³¹²£±¼½¾¶";
  size_t misplaced = 0;
  for (int32_t at = 0; at < count; ++at) {
    const UChar c = letters[static_cast<size_t>(at)];
    if (c < 0x80 || is_letter(at) || !is_letter(at + 1)) continue;
    const bool dash_or_quote = u_ispunct(c) != 0 && c != 0xBF && c != 0xA1 && c != 0xB6;
    if (u_isspace(c) || dash_or_quote || c == 0xB7 || c == 0xAE) continue;
    if (is_letter(at - 1) || kBeforeNoWord.find(c) != std::u16string_view::npos) ++misplaced;
  }
  return misplaced;
}

// windows-1252, or the encoding of Central Europe or Turkey in which no sign is misplaced, where several are:
// one may be a slip of the pen in a file of thousands of words.
std::string detect_latin(std::string_view head) {
  constexpr size_t kSeveral = 2, kBytesOfOne = 4096;
  const char* western = "windows-1252";
  if (misplaced_signs(head, western) < std::max(kSeveral, head.size() / kBytesOfOne)) return western;
  for (const char* other : {"windows-1250", "ISO-8859-2", "windows-1254", "windows-1257"})
    if (misplaced_signs(head, other) == 0) return other;
  return western;
}

struct Guess {
  std::string name;
  int32_t confidence = 0;  // of 100
};

// ICU's guesses, the best first.
std::vector<Guess> guesses_of(std::string_view text) {
  std::vector<Guess> guesses;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                            ucsdet_close);
  ucsdet_setText(detector.get(), text.data(), static_cast<int32_t>(text.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i)
    guesses.push_back({ucsdet_getName(matches[i], &status), ucsdet_getConfidence(matches[i], &status)});
  return guesses;
}

bool is_western(const std::string& name) { return name == "ISO-8859-1" || name == "windows-1252"; }
bool is_single_byte(const std::string& name) {
  return name.starts_with("ISO-8859") || name.starts_with("windows-") || name.starts_with("KOI8");
}
// From which confidence a guess of several bytes a letter counts: short text of Latin letters has 10.
constexpr int32_t kSureOfMultiByte = 45;

// The words that have letters beyond ASCII. The addresses of a feed's photos are English, and many.
std::string foreign_words(std::string_view head) {
  constexpr std::string_view kBetweenWords = " \t\r\n,;\"<>";
  std::string words;
  while (!head.empty()) {
    const size_t end = std::min(head.find_first_of(kBetweenWords), head.size());
    const std::string_view word = head.substr(0, end);
    if (std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      words.append(word).append(" ");
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return words;
}

// Whether every byte is one of a letter there.
bool can_be(std::string_view text, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding.c_str(), &status),
                                                                     ucnv_close);
  if (U_FAILURE(status) != 0) return false;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::vector<UChar> letters(text.size() * 2 + 1);
  ucnv_toUChars(converter.get(), letters.data(), static_cast<int32_t>(letters.size()), text.data(),
                static_cast<int32_t>(text.size()), &status);
  return U_SUCCESS(status);
}

// Of text that looks Western as a whole: what its foreign words are, where these say clearly something else;
// else empty. "clearly": at least twice as likely as Western.
std::string detect_by_words(std::string_view head) {
  const std::string words = foreign_words(head);
  const auto guesses = guesses_of(words);
  int32_t western = 0;
  for (const auto& guess : guesses)
    if (is_western(guess.name)) western = std::max(western, guess.confidence);
  for (const auto& [name, confidence] : guesses) {
    if (is_western(name)) return "";
    if (name.starts_with("UTF") || name.starts_with("IBM")) continue;
    const bool counts = is_single_byte(name) ? confidence >= 2 * western : confidence >= kSureOfMultiByte;
    if (counts && can_be(words, name)) return name;
  }
  return "";
}

// ICU's best guess. Latin-1 is read as windows-1252, its superset on the web; a doubtful East Asian guess
// too.
std::string detect_by_icu(std::string_view head) {
  const auto guesses = guesses_of(head);
  if (guesses.empty()) return detect_latin(head);
  const auto& [name, confidence] = guesses.front();
  if (!is_western(name) && (is_single_byte(name) || confidence >= kSureOfMultiByte)) return name;
  const std::string by_words = detect_by_words(head);
  return by_words.empty() ? detect_latin(head) : by_words;
}

}  // namespace

struct Utf8Input::Decoder {
  explicit Decoder(const std::string& encoding) : converter(ucnv_open(encoding.c_str(), &status)) {}
  ~Decoder() {
    if (converter != nullptr) ucnv_close(converter);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter;
  std::vector<UChar> utf16;
};

Utf8Input::Utf8Input(FeedInput& input, FeedProgress progress)
    : input_(input), progress_(std::move(progress)) {}
Utf8Input::~Utf8Input() = default;

Result<size_t> Utf8Input::fill(size_t bytes_wanted) {
  raw_.resize(bytes_wanted);
  size_t got = 0;
  while (got < bytes_wanted && !ended_) {
    TRY_ASSIGN(const size_t piece, input_.read(std::span(raw_).subspan(got)));
    ended_ = piece == 0;
    got += piece;
  }
  raw_.resize(got);
  bytes_read_ += got;
  if (progress_) progress_(bytes_read_);
  return got;
}

Result<Done> Utf8Input::start() {
  started_ = true;
  TRY(fill(kHeadBytes));
  for (const auto& mark : kMarks)
    if (encoding_.empty() && std::string_view(raw_).starts_with(mark.bytes)) {
      encoding_ = mark.encoding;
      skip_ = mark.bytes.size();
    }
  if (encoding_.empty() && raw_.find('\0') != std::string::npos) {
    encoding_ = guess_utf16(raw_);
    if (encoding_.empty())
      return Error{Code::kInvalid, "is not text", input_.name(), "a text file, best in UTF-8"};
  }
  if (encoding_.empty()) encoding_ = declared_by_xml(raw_);
  if (encoding_.empty()) {
    guessed_ = !is_utf8(raw_, !ended_);
    encoding_ = guessed_ ? detect_by_icu(raw_) : "UTF-8";
  }
  if (ucnv_compareNames(encoding_.c_str(), "UTF-8") == 0) {
    encoding_ = "UTF-8";
    return kOk;
  }
  decoder_ = std::make_unique<Decoder>(encoding_);
  if (decoder_->converter == nullptr)
    return Error{Code::kInvalid, "is in an unknown encoding '" + encoding_.substr(0, 40) + "'", input_.name(),
                 "UTF-8"};
  return kOk;
}

// Wrong bytes become U+FFFD, so that one bad letter does not cost the row.
std::string_view Utf8Input::decode(bool at_end) {
  decoder_->utf16.resize(raw_.size() * 2 + 16);
  const char* source = raw_.data() + skip_;
  UChar* target = decoder_->utf16.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(decoder_->converter, &target, target + decoder_->utf16.size(), &source,
                 raw_.data() + raw_.size(), nullptr, at_end ? 1 : 0, &status);
  decoded_.clear();
  icu::UnicodeString(false, decoder_->utf16.data(), static_cast<int32_t>(target - decoder_->utf16.data()))
      .toUTF8String(decoded_);
  return decoded_;
}

Result<std::string_view> Utf8Input::read() {
  if (!started_) {
    TRY(start());
  } else {
    skip_ = 0;
    TRY(fill(kHeadBytes));
  }
  while (decoder_ != nullptr) {
    const std::string_view text = decode(ended_);
    if (!text.empty() || ended_) return text;
    skip_ = 0;
    TRY(fill(kHeadBytes));
  }
  return std::string_view(raw_).substr(skip_);
}

}  // namespace modiste
