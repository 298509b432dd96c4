#include "feeds/feed_words.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"
#include "base/toml.h"
#include "vocabulary/size_context.h"

namespace modiste {
namespace {

constexpr std::array<std::string_view, 6> kAxisNames{"size", "colour", "length", "cup", "age", "height"};
constexpr std::array<std::string_view, 3> kAvailabilityNames{"in_stock", "orderable", "sold_out"};
constexpr std::array<std::string_view, kWordListCount> kListNames{
    "hidden",    "shown",     "price_noise", "price_net", "price_from", "yes",        "no",
    "attribute", "gift_card", "brand",       "maker",     "girth",      "beside_size"};
constexpr int32_t kPartMin = 4;   // letters of a word that may be part of a longer one
constexpr int32_t kShortMax = 5;  // letters of a word that its accents tell from others

icu::UnicodeString normalised(const icu::Normalizer2* form, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  return form->normalize(text, status);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters of the Latin script that Unicode does not decompose, as people type them without accents.
UChar32 base_letter(UChar32 c) {
  switch (c) {
    case 0x131:
      return 'i';
    case 0x142:
      return 'l';
    case 0xF8:
      return 'o';
    case 0x111:
      return 'd';
    default:
      return c;
  }
}

// The vowels and tones of the scripts from Devanagari to Khmer are marks, but no accents, and so are the
// voicing marks of kana.
bool is_part_of_a_letter(UChar32 c) { return (c >= 0x900 && c < 0x1AB0) || c == 0x3099 || c == 0x309A; }

// A word of an option's name: folded, and with its accents.
struct FoldedWord {
  std::string plain, written;
};

// "Größe (EU)" -> "grosse", "eu".
std::vector<FoldedWord> folded_words(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const kFold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  static const icu::Normalizer2* const kDecompose = icu::Normalizer2::getNFDInstance(status);
  static const icu::Normalizer2* const kCompose = icu::Normalizer2::getNFCInstance(status);
  std::vector<FoldedWord> words;
  icu::UnicodeString plain, written;
  const auto end_word = [&] {
    if (!plain.isEmpty()) {
      words.emplace_back();
      normalised(kCompose, plain).toUTF8String(words.back().plain);
      normalised(kCompose, written).toUTF8String(words.back().written);
    }
    plain.remove();
    written.remove();
  };
  const auto folded =
      normalised(kDecompose, normalised(kFold, icu::UnicodeString::fromUTF8(icu::StringPiece(
                                                   text.data(), static_cast<int32_t>(text.size())))));
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    const bool is_mark = u_charType(c) == U_NON_SPACING_MARK;
    if (is_mark && !is_part_of_a_letter(c)) {
      if (!plain.isEmpty()) written.append(c);
    } else if (is_mark || u_isalnum(c) || u_charType(c) == U_MODIFIER_LETTER ||
               u_charType(c) == U_COMBINING_SPACING_MARK) {
      plain.append(base_letter(c));
      written.append(c);
    } else {
      end_word();
    }
  }
  end_word();
  return words;
}

FoldedWord joined(const std::vector<FoldedWord>& words) {
  FoldedWord all;
  for (const auto& word : words) all.plain += word.plain, all.written += word.written;
  return all;
}

int32_t letters_in(const std::string& word) { return icu::UnicodeString::fromUTF8(word).countChar32(); }

// Scripts that do not put spaces between words.
bool is_unspaced(std::string_view word) {
  return !word.empty() && static_cast<unsigned char>(word[0]) >= 0xE0;
}

std::string schema_name(std::string_view text) {
  const size_t at = text.find_last_of("/#");
  const bool is_address =
      text.find("//") != std::string_view::npos || text.find("schema.org/") != std::string_view::npos;
  return std::string(at == std::string_view::npos || !is_address ? text : text.substr(at + 1));
}

template <class Visit>
void for_each_word(const toml::node_view<const toml::node> node, const Visit& visit) {
  if (const auto* list = node.as_array()) {
    for (const auto& entry : *list) {
      const auto word = entry.value<std::string>();
      CHECK(word.has_value());
      visit(*word);
    }
    return;
  }
  const auto* table = node.as_table();
  CHECK(table != nullptr);
  for (const auto& [key, value] : *table) for_each_word(toml::node_view<const toml::node>(value), visit);
}

}  // namespace

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const kForm = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString folded = normalised(
      kForm, icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))));
  folded.toLower(icu::Locale::getRoot());
  for (int32_t i = 0; i < folded.length(); ++i) {  // Arabic and Indian digits
    const UChar32 c = folded.char32At(i);
    if (c > 0x7F && u_charDigitValue(c) >= 0)
      folded.replace(i, U16_LENGTH(c), static_cast<UChar>('0' + u_charDigitValue(c)));
  }
  std::string out;
  folded.toUTF8String(out);
  return out;
}

std::string fold_letters(std::string_view text) {
  if (is_ascii(text)) {
    std::string out;
    for (const char c : text)
      if (std::isalnum(static_cast<unsigned char>(c)) != 0)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  }
  std::string out;
  for (const auto& word : folded_words(text)) out += word.plain;
  return out;
}

FeedWords::FeedWords() {
  const toml::parse_result parsed = toml::parse(feed_words_toml(), std::string_view("feed_words.toml"));
  CHECK(static_cast<bool>(parsed));
  const toml::table& file = parsed.table();
  const toml::node_view<const toml::node> root(file);
  for (size_t i = 0; i < kAxisNames.size(); ++i)
    for_each_word(root["option"][kAxisNames[i]],
                  [&](const std::string& word) { add_axis_word(static_cast<OptionAxis>(i), word); });
  std::stable_sort(axes_.begin(), axes_.end(),
                   [](const auto& a, const auto& b) { return a.plain.size() > b.plain.size(); });
  for (size_t i = 0; i < kAvailabilityNames.size(); ++i)
    for_each_word(root["availability"][kAvailabilityNames[i]], [&](const std::string& word) {
      availability_[fold_letters(word)] = static_cast<Availability>(i);
    });
  for (size_t i = 0; i < kWordListCount; ++i)
    for_each_word(root["words"][kListNames[i]],
                  [&](const std::string& word) { lists_[i].insert(fold_letters(word)); });
  const auto* platforms = root["columns"].as_table();
  CHECK(platforms != nullptr);
  for (const auto& [platform, names] : *platforms)
    for (const auto& [name, spellings] : *names.as_table())
      for_each_word(toml::node_view<const toml::node>(spellings), [&](const std::string& spelling) {
        columns_[std::string(platform.str())][fold_letters(spelling)] = name.str();
      });
  // A plain table's columns have Google's names too.
  for (const auto& [spelling, name] : columns_["google"]) columns_["plain"].try_emplace(spelling, name);
}

const FeedWords& FeedWords::standard() {
  static const FeedWords kWords;
  return kWords;
}

void FeedWords::add_axis_word(OptionAxis axis, std::string_view word) {
  FoldedWord folded = joined(folded_words(word));
  const bool is_height = axis == OptionAxis::kHeight && !is_unspaced(folded.plain);  // not that of heels
  const bool alone = word.starts_with('=') || is_height;
  const int32_t letters = letters_in(folded.plain);
  const bool is_age = axis == OptionAxis::kAge;  // not the "alter" of "alternative"
  const bool part = (is_unspaced(folded.plain) || (letters >= kPartMin && !is_age)) && !alone;
  axes_.push_back(
      {std::move(folded.plain), std::move(folded.written), axis, part, alone, letters <= kShortMax});
}

namespace {

// Beside the word itself these say nothing about what an option is: "UK Size", "Height (cm)".
bool says_only_how(const std::string& word) {
  static constexpr std::array<std::string_view, 7> kUnits{"cm", "mm", "in", "inch", "inches", "см", "厘米"};
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end() || !system_in_name(word).empty();
}

}  // namespace

bool FeedWords::AxisWord::is(std::string_view word_plain, std::string_view word_written) const {
  if (word_plain != plain) return false;
  // "Cổ" (a neck) is not "cỡ" (a size); who types no accents means either.
  return !is_short || word_written == word_plain || word_written == written;
}

// Without its accents a short word begins words of other languages: "väri" is not in "variant".
bool FeedWords::AxisWord::is_in(const std::string& word_plain, const std::string& word_written) const {
  if (!part) return false;
  if (is_unspaced(plain)) return word_plain.find(plain) != std::string::npos;
  return is_short ? word_written.starts_with(written) || word_written.ends_with(written)
                  : word_plain.starts_with(plain) || word_plain.ends_with(plain);
}

FeedWords::NamedAxis FeedWords::find_axis(std::string_view option_name) const {
  auto words = folded_words(option_name);
  const auto whole = [&](const std::vector<FoldedWord>& of) -> const AxisWord* {
    const FoldedWord all = joined(of);  // a phrase too: "tono di colore", "màu sắc"
    for (const auto& known : axes_)
      if (known.is(all.plain, all.written)) return &known;
    return nullptr;
  };
  if (const AxisWord* known = whole(words)) return {known->axis, true};
  auto core = words;
  std::erase_if(core, [](const FoldedWord& word) { return says_only_how(word.plain); });
  if (core.size() < words.size() && !core.empty())
    if (const AxisWord* known = whole(core)) return {known->axis, true};
  for (const auto& word : words)
    for (const auto& known : axes_) {
      if (known.alone || !(known.is(word.plain, word.written) || known.is_in(word.plain, word.written)))
        continue;
      // "Size guide", "Größentabelle", "Model size" are about sizes.
      if (known.axis == OptionAxis::kSize && is_about_size(option_name)) return {};
      return {known.axis, false};
    }
  return {};
}

bool FeedWords::is_about_size(std::string_view option_name) const {
  if (option_name.find_first_of("/|&+,") != std::string_view::npos) return false;  // "Model / Size"
  const auto& list = lists_[static_cast<size_t>(WordList::kBesideSize)];
  const auto ends_or_begins = [](const std::string& word, const std::string& known) {
    const int32_t letters = letters_in(known);
    if (is_unspaced(known)) return word.ends_with(known) || (letters > 1 && word.starts_with(known));
    return letters >= kPartMin && word.ends_with(known);
  };
  for (const auto& word : folded_words(option_name))
    if (list.contains(word.plain) || std::any_of(list.begin(), list.end(), [&](const std::string& known) {
          return ends_or_begins(word.plain, known);
        }))
      return true;
  return false;
}

// A feed has few options, and asks about each for every variant.
FeedWords::NamedAxis FeedWords::known_axis(std::string_view option_name) const {
  constexpr size_t kKnownMax = 1'024, kNameMax = 100;
  if (option_name.size() > kNameMax) return find_axis(option_name);
  thread_local std::unordered_map<std::string, NamedAxis> known;
  if (known.size() > kKnownMax) known.clear();
  const auto [found, is_new] = known.try_emplace(std::string(option_name));
  if (is_new) found->second = find_axis(option_name);
  return found->second;
}

OptionAxis FeedWords::axis_of(std::string_view option_name) const { return known_axis(option_name).axis; }

bool FeedWords::names_nothing_else(std::string_view option_name) const {
  return known_axis(option_name).is_whole;
}

std::optional<Availability> FeedWords::availability_of(std::string_view text) const {
  if (const auto whole = availability_of_phrase(schema_name(text))) return whole;
  // "In Stock - Ships in 2 days", "Auf Lager, Lieferzeit 2-3 Tage", "In stock (5)".
  for (const std::string_view mark : {" - ", " – ", " — ", ", ", ";", ":", "(", "|", "\n"})
    if (const size_t at = text.find(mark); at != std::string_view::npos && at > 0)
      if (const auto begins = availability_of_phrase(text.substr(0, at))) return begins;
  // "5 in stock", "0 auf Lager"
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return availability_before_number(text);
  if (digits == text.size() || text[digits] != ' ') return std::nullopt;
  const auto counted = availability_of_phrase(text.substr(digits));
  const bool is_nothing = text.substr(0, digits).find_first_not_of('0') == std::string_view::npos;
  return counted == Availability::kInStock && is_nothing ? Availability::kSoldOut : counted;
}

// "lieferbar in 2-3 Tagen", "Lieferzeit 1-3 Tage", "Only 2 left": a time or a number of pieces; no date.
std::optional<Availability> FeedWords::availability_before_number(std::string_view text) const {
  const size_t at = text.find_first_of("0123456789");
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view number = text.substr(at, std::min(text.find(' ', at), text.size()) - at);
  const std::string_view after = text.substr(at + number.size());
  if (number.find_first_of("./") != std::string_view::npos) return std::nullopt;
  const bool is_nothing = number.find_first_not_of('0') == std::string_view::npos;
  if (const auto around = availability_of_phrase(std::string(text.substr(0, at)) + std::string(after)))
    return is_nothing ? Availability::kSoldOut : around;
  for (std::string_view before = trim(text.substr(0, at)); !before.empty() && !is_nothing;) {
    if (const auto known = availability_of_phrase(before)) return known;
    const size_t space = before.rfind(' ');
    before = space == std::string_view::npos ? std::string_view() : trim(before.substr(0, space));
  }
  return std::nullopt;
}

std::optional<Availability> FeedWords::availability_of_phrase(std::string_view text) const {
  std::string key = fold_letters(text);
  if (key.starts_with("schema")) key.erase(0, std::string_view("schema").size());  // "schema:InStock"
  if (const auto found = availability_.find(key); found != availability_.end()) return found->second;
  if (lists_[static_cast<size_t>(WordList::kYes)].contains(key)) return Availability::kInStock;
  if (lists_[static_cast<size_t>(WordList::kNo)].contains(key)) return Availability::kSoldOut;
  return std::nullopt;
}

bool FeedWords::says(WordList list, std::string_view word) const {
  return lists_[static_cast<size_t>(list)].contains(fold_letters(word));
}

const std::unordered_map<std::string, std::string>& FeedWords::columns(std::string_view platform) const {
  const auto found = columns_.find(platform);
  CHECK(found != columns_.end());
  return found->second;
}

}  // namespace modiste
