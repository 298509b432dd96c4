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

namespace modiste {
namespace {

constexpr std::array<std::string_view, 5> kAxisNames{"size", "colour", "length", "cup", "age"};
constexpr std::array<std::string_view, 3> kAvailabilityNames{"in_stock", "orderable", "sold_out"};
constexpr std::array<std::string_view, kWordListCount> kListNames{
    "hidden", "shown",     "price_noise", "price_net", "price_from", "yes",
    "no",     "attribute", "gift_card",   "brand",     "maker"};
constexpr size_t kPartMin = 4;  // letters of a word that may be part of a longer one

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

// Words of folded letters: "Größe (EU)" -> "grosse", "eu".
std::vector<std::string> folded_words(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const kFold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  static const icu::Normalizer2* const kDecompose = icu::Normalizer2::getNFDInstance(status);
  std::vector<std::string> words;
  icu::UnicodeString word;
  const auto end_word = [&] {
    if (word.isEmpty()) return;
    words.emplace_back();
    word.toUTF8String(words.back());
    word.remove();
  };
  const auto folded =
      normalised(kDecompose, normalised(kFold, icu::UnicodeString::fromUTF8(icu::StringPiece(
                                                   text.data(), static_cast<int32_t>(text.size())))));
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (u_isalnum(c) || u_charType(c) == U_MODIFIER_LETTER || u_charType(c) == U_COMBINING_SPACING_MARK)
      word.append(base_letter(c));
    else
      end_word();
  }
  end_word();
  return words;
}

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
  for (const auto& word : folded_words(text)) out += word;
  return out;
}

FeedWords::FeedWords() {
  const toml::parse_result parsed = toml::parse(feed_words_toml(), std::string_view("feed_words.toml"));
  CHECK(static_cast<bool>(parsed));
  const toml::table& file = parsed.table();
  const toml::node_view<const toml::node> root(file);
  for (size_t i = 0; i < kAxisNames.size(); ++i)
    for_each_word(root["option"][kAxisNames[i]], [&](const std::string& word) {
      std::string folded = fold_letters(word);
      const bool is_age = static_cast<OptionAxis>(i) == OptionAxis::kAge;  // not the "alter" of "alternative"
      const bool part = is_unspaced(folded) || (folded.size() >= kPartMin && !is_age);
      axes_.push_back({std::move(folded), static_cast<OptionAxis>(i), part});
    });
  std::stable_sort(axes_.begin(), axes_.end(),
                   [](const auto& a, const auto& b) { return a.word.size() > b.word.size(); });
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
}

const FeedWords& FeedWords::standard() {
  static const FeedWords kWords;
  return kWords;
}

OptionAxis FeedWords::axis_of(std::string_view option_name) const {
  const auto words = folded_words(option_name);
  for (const auto& word : words)
    for (const auto& known : axes_) {
      if (word == known.word) return known.axis;
      if (!known.part) continue;
      const bool within = is_unspaced(known.word)
                              ? word.find(known.word) != std::string::npos
                              : word.starts_with(known.word) || word.ends_with(known.word);
      if (within) return known.axis;
    }
  const std::string all = fold_letters(option_name);  // a phrase: "tono di colore", "màu sắc"
  for (const auto& known : axes_)
    if (all == known.word) return known.axis;
  return OptionAxis::kOther;
}

std::optional<Availability> FeedWords::availability_of(std::string_view text) const {
  std::string key = fold_letters(schema_name(text));
  if (key.starts_with("schema")) key.erase(0, std::string_view("schema").size());  // "schema:InStock"
  const auto found = availability_.find(key);
  if (found == availability_.end()) return std::nullopt;
  return found->second;
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
