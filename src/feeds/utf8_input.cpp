#include "feeds/utf8_input.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "feeds/letter_model.h"

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

// The encodings that shops' spreadsheets, databases and old systems write. An encoding that many others hold
// as a part (ISO-8859-1 in windows-1252) is read as the whole.
struct Candidate {
  const char* name;
  double prior;  // its share among files that name none and are not UTF-8, roughly; of what the letters say
};
constexpr std::array kCandidates{Candidate{"UTF-8", 0.5},  // with broken letters
                                 Candidate{"windows-1252", 0.4},
                                 Candidate{"windows-1250", 0.08},
                                 Candidate{"windows-1251", 0.08},
                                 Candidate{"windows-1254", 0.04},
                                 Candidate{"windows-1253", 0.02},
                                 Candidate{"windows-1255", 0.02},
                                 Candidate{"windows-1256", 0.03},
                                 Candidate{"windows-1257", 0.01},
                                 Candidate{"windows-1258", 0.002},
                                 Candidate{"windows-874", 0.02},
                                 Candidate{"Shift_JIS", 0.06},
                                 Candidate{"GB18030", 0.06},
                                 Candidate{"Big5", 0.03},
                                 Candidate{"windows-949", 0.03},
                                 Candidate{"EUC-JP", 0.01},
                                 Candidate{"ISO-8859-2", 0.01},
                                 Candidate{"ISO-8859-5", 0.001},
                                 Candidate{"ISO-8859-6", 0.001},
                                 Candidate{"ISO-8859-7", 0.005},
                                 Candidate{"ISO-8859-8", 0.001},
                                 Candidate{"ISO-8859-9", 0.01},
                                 Candidate{"ISO-8859-15", 0.01},
                                 Candidate{"KOI8-R", 0.005},
                                 Candidate{"KOI8-U", 0.002},
                                 Candidate{"macintosh", 0.01},
                                 Candidate{"x-mac-cyrillic", 0.0005},
                                 Candidate{"x-mac-centraleurroman", 0.0005},
                                 Candidate{"IBM850", 0.005},
                                 Candidate{"IBM852", 0.002},
                                 Candidate{"IBM866", 0.002}};

// The different words that have letters beyond ASCII. The addresses of a feed's photos are English, and many.
// More words say nothing more.
std::string foreign_words(std::string_view head) {
  constexpr std::string_view kBetweenWords = " \t\r\n,;\"<>";
  constexpr size_t kWordsMax = 1000;
  std::set<std::string_view> words;
  while (!head.empty() && words.size() < kWordsMax) {
    const size_t end = std::min(head.find_first_of(kBetweenWords), head.size());
    const std::string_view word = head.substr(0, end);
    if (std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      words.insert(word);
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  std::string out;
  for (const std::string_view word : words) out.append(word).append(" ");
  return out;
}

// A byte that is not a letter there becomes U+FFFD; empty when ICU lacks the encoding.
std::u16string decoded_as(std::string_view text, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     ucnv_close);
  if (U_FAILURE(status) != 0) return {};
  std::u16string letters(text.size() * 2 + 1, u'\0');
  const int32_t count = ucnv_toUChars(converter.get(), letters.data(), static_cast<int32_t>(letters.size()),
                                      text.data(), static_cast<int32_t>(text.size()), &status);
  if (U_FAILURE(status) != 0) return {};
  letters.resize(static_cast<size_t>(count));
  return letters;
}

// Under which encoding the file's words are likeliest to be words. `rival`: another that is not much less
// likely and reads them otherwise; empty: there is none.
struct ToldByLetters {
  std::string encoding, rival;
};

ToldByLetters detect_by_letters(std::string_view head) {
  struct Reading {
    std::string_view name;
    std::u16string text;
    double log_probability = 0;
  };
  const std::string words = foreign_words(head);
  std::vector<Reading> readings;
  for (const Candidate& candidate : kCandidates) {
    std::u16string text = decoded_as(words, candidate.name);
    if (text.empty()) continue;
    const double likelihood = LetterModel::standard().log_likelihood(text);
    readings.push_back({candidate.name, std::move(text), likelihood + std::log(candidate.prior)});
  }
  std::stable_sort(readings.begin(), readings.end(),
                   [](const auto& a, const auto& b) { return a.log_probability > b.log_probability; });
  if (readings.empty()) return {"windows-1252", ""};
  const Reading& best = readings.front();
  constexpr double kOddsOfASureGuess = 1000;
  for (const Reading& other : readings)
    if (other.text != best.text)
      return {std::string(best.name),
              best.log_probability - other.log_probability < std::log(kOddsOfASureGuess)
                  ? std::string(other.name)
                  : std::string()};
  return {std::string(best.name), ""};
}

// As browsers do: what declares Latin-1 or ASCII was written in the encoding that holds both.
// https://encoding.spec.whatwg.org/#names-and-labels
std::string as_it_is_meant(std::string declared) {
  for (const char* latin : {"ISO-8859-1", "US-ASCII"})
    if (ucnv_compareNames(declared.c_str(), latin) == 0) return "windows-1252";
  return declared;
}

bool is_named_utf8(const std::string& encoding) { return ucnv_compareNames(encoding.c_str(), "UTF-8") == 0; }

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// What of a text is a letter of UTF-8 beyond ASCII, and what cannot be one.
struct Letters {
  size_t whole = 0, of_three_bytes = 0, broken = 0;
};

Letters letters_of(std::string_view text) {
  Letters letters;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): a macro of ICU
    letters.broken += c < 0 ? 1 : 0;
    letters.whole += c >= 0x80 ? 1 : 0;
    letters.of_three_bytes += c >= 0x800 ? 1 : 0;
  }
  return letters;
}

// Without the begin of a letter that the end of the piece cuts in two.
std::string_view without_cut_letter(std::string_view text) {
  for (size_t back = 1; back <= std::min<size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<uint8_t>(text[text.size() - back]);
    if (U8_IS_TRAIL(byte)) continue;
    const auto trails = static_cast<size_t>(U8_COUNT_TRAIL_BYTES_UNSAFE(byte));
    if (U8_IS_LEAD(byte) && trails >= back) text.remove_suffix(back);
    break;
  }
  return text;
}

// Other encodings hardly ever make what is a letter of UTF-8; a text that was cut by bytes makes one in a
// description that is not.
bool is_utf8_with_broken_letters(std::string_view text) {
  constexpr size_t kWholeMin = 10, kWholeOfOneBroken = 10;
  const Letters letters = letters_of(text);
  return letters.whole >= kWholeMin && letters.whole >= kWholeOfOneBroken * letters.broken;
}

double likelihood(std::string_view words, const char* encoding) {
  return LetterModel::standard().log_likelihood(decoded_as(words, encoding));
}

// The declaration of an XML text, unless the bytes contradict it: it was copied from a template, or written
// before the text got its encoding. Then empty.
std::string believed(const std::string& declared, std::string_view head, bool is_valid_utf8) {
  const std::string meant = as_it_is_meant(declared);
  constexpr std::string_view kAscii = "<?xml";  // it was read byte by byte: UTF-16 has not written it
  if (meant.empty() || decoded_as(kAscii, meant.c_str()) != u"<?xml") return "";
  if (!is_valid_utf8) return is_named_utf8(meant) ? "" : meant;
  const Letters letters = letters_of(head);
  if (is_named_utf8(meant) || letters.whole == 0) return meant;
  if (letters.of_three_bytes > 0) return "UTF-8";
  const std::string words = foreign_words(head);
  return likelihood(words, "UTF-8") >= likelihood(words, meant.c_str()) ? "UTF-8" : meant;
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

Result<Done> Utf8Input::fill(size_t bytes_wanted) {
  raw_ = std::exchange(cut_, {});
  size_t got = raw_.size();
  raw_.resize(got + bytes_wanted);
  bytes_read_ -= got;
  while (got < raw_.size() && !ended_) {
    TRY_ASSIGN(const size_t piece, input_.read(std::span(raw_).subspan(got)));
    ended_ = piece == 0;
    got += piece;
  }
  raw_.resize(got);
  bytes_read_ += got;
  if (progress_) progress_(bytes_read_);
  return kOk;
}

Result<Done> Utf8Input::use(std::string encoding) {
  encoding_ = is_named_utf8(encoding) ? "UTF-8" : std::move(encoding);
  if (encoding_ == "UTF-8") return kOk;
  decoder_ = std::make_unique<Decoder>(encoding_);
  if (decoder_->converter == nullptr)
    return Error{Code::kInvalid, "is in an unknown encoding '" + encoding_.substr(0, 40) + "'", input_.name(),
                 "UTF-8"};
  return kOk;
}

// Of a piece that is not valid UTF-8, and the first with letters beyond ASCII.
Result<Done> Utf8Input::decide_by_letters() {
  decided_ = true;
  if (is_utf8_with_broken_letters(raw_)) return use("UTF-8");
  auto told = detect_by_letters(raw_);
  guessed_ = true;
  rival_ = std::move(told.rival);
  return use(std::move(told.encoding));
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
  const bool valid = is_utf8(raw_, !ended_);
  if (encoding_.empty()) encoding_ = believed(declared_by_xml(raw_), raw_, valid);
  decided_ = skip_ > 0 || has_letters(raw_);
  if (encoding_.empty() && valid) encoding_ = "UTF-8";
  return encoding_.empty() ? decide_by_letters() : use(std::exchange(encoding_, {}));
}

// The piece of a file that is UTF-8 so far. May find that it is another encoding's.
Result<std::string_view> Utf8Input::plain() {
  if (!ended_) {
    const size_t whole = without_cut_letter(raw_).size();
    cut_ = raw_.substr(whole);
    raw_.resize(whole);
  }
  const bool valid = is_utf8(raw_);
  if (!valid && !decided_) {
    TRY(decide_by_letters());
    if (decoder_ != nullptr) {
      raw_ += std::exchange(cut_, {});
      return std::string_view();
    }
  }
  decided_ = decided_ || has_letters(raw_);
  const std::string_view text = valid ? std::string_view(raw_).substr(skip_) : mended();
  lines_ += static_cast<size_t>(std::count(raw_.begin(), raw_.end(), '\n'));
  return text;
}

// With U+FFFD for broken letters, so that one does not cost the row.
std::string_view Utf8Input::mended() {
  decoded_.clear();
  size_t line = lines_;
  const auto size = static_cast<int32_t>(raw_.size());
  for (auto at = static_cast<int32_t>(skip_); at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(raw_.data(), at, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): a macro of ICU
    line += c == '\n' ? 1 : 0;
    if (c >= 0) {
      decoded_.append(raw_, static_cast<size_t>(begin), static_cast<size_t>(at - begin));
      continue;
    }
    decoded_ += "\uFFFD";
    if (broken_letters_++ == 0) first_broken_line_ = line;
  }
  return decoded_;
}

// Wrong bytes become U+FFFD here too.
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
  if (decoder_ == nullptr) {
    TRY_ASSIGN(const std::string_view text, plain());
    if (decoder_ == nullptr) return text;
  }
  while (true) {
    const std::string_view text = decode(ended_);
    if (!text.empty() || ended_) return text;
    skip_ = 0;
    TRY(fill(kHeadBytes));
  }
}

}  // namespace modiste
