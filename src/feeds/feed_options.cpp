#include "feeds/feed_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "vocabulary/phrase_index.h"
#include "vocabulary/size_context.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// Between the values of one option, the surest first. A comma or a dash may also be part of a value.
constexpr std::array<std::string_view, 14> kSeparators{" / ", "/", "|",   ";",  " - ", " – ", " — ",
                                                       "·",   "•", " x ", ", ", ",",   "_",   "-"};
constexpr std::array<std::string_view, 6> kBetweenNames{"/", "|", "&", "+", ",", "-"};

std::vector<std::string_view> split_by(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(trim(text.substr(0, at)));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + separator.size());
  }
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  return parts;
}

const PhraseIndex& colour_words() {
  static const PhraseIndex kWords(Vocabulary::standard());
  return kWords;
}

// With what the letters say of the language: Chinese puts no spaces around its colours ("墨绿色").
std::vector<PhraseMatch> colours_in(std::string_view text, const std::vector<std::string>& words) {
  LanguageWeights weights = kNoLanguageKnown;
  colour_words().add_evidence_of_letters(text, 1, weights);
  return colour_words().find_inside(Facet::kColour, words, weights);
}

bool has_colour(std::string_view text) { return !colours_in(text, words_of(text)).empty(); }

// Before a colour: "dark blue", "washed black".
bool is_shade(std::string_view word) {
  static constexpr std::array<std::string_view, 13> kShades{"dark",   "light",  "pale",  "deep",  "off",
                                                            "bright", "soft",   "dusty", "faded", "washed",
                                                            "medium", "dunkel", "hell"};
  return std::find(kShades.begin(), kShades.end(), word) != kShades.end();
}

// Whether the text begins with a colour, and whether it holds nothing else: "Black Dots" begins with one.
struct ColourWords {
  bool begins = false, is_all = false;
};
ColourWords colour_words_in(std::string_view text) {
  const auto words = words_of(text);
  std::vector<bool> taken(words.size(), false);
  for (const auto& part : colours_in(text, words))
    std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(part.from), part.count, true);
  const bool any = std::find(taken.begin(), taken.end(), true) != taken.end();
  for (size_t i = 0; i < words.size(); ++i) taken[i] = taken[i] || is_shade(words[i]);
  return {any && taken.front(), any && std::find(taken.begin(), taken.end(), false) == taken.end()};
}

// Letters and "One Size" are sizes whatever stands beside them; a number may be something else ("Pack of 2").
enum class SizeLikeness { kNone, kNumber, kSure };

SizeLikeness read_likeness(std::string_view text) {
  // "001" is a colour's number; the American 00 is a size, and a baby's "0-3 Months".
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9' && text != "00")
    return SizeLikeness::kNone;
  auto likeness = SizeLikeness::kNone;
  for (const SizeChart chart :
       {SizeChart::kWomen, SizeChart::kMen, SizeChart::kKids, SizeChart::kShoesWomen, SizeChart::kShoesMen})
    for (const SizeId id : parse_sizes(text, chart)) {
      const SizeSystem system = all_sizes()[id].system;
      if (system == SizeSystem::kAlpha || system == SizeSystem::kOneSize) return SizeLikeness::kSure;
      likeness = SizeLikeness::kNumber;
    }
  return likeness;
}

// A feed has few sizes, and asks about each for every variant.
SizeLikeness size_likeness(std::string_view text) {
  constexpr size_t kLongest = 24, kKnownMax = 4'096;
  if (text.empty() || text.size() > kLongest) return SizeLikeness::kNone;
  thread_local std::unordered_map<std::string, SizeLikeness> known;
  if (known.size() > kKnownMax) known.clear();
  const auto [found, is_new] = known.try_emplace(std::string(text), SizeLikeness::kNone);
  if (is_new) found->second = read_likeness(text);
  return found->second;
}

// "110", "98/104 cm": what is told apart by a child's height. From 170 on it may be a woman's, whose size
// stands elsewhere.
bool is_height_of_child(std::string_view text) {
  constexpr double kFrom = 44, kTo = 164;
  const auto sizes = parse_sizes(text, SizeChart::kKids);
  return !sizes.empty() && std::all_of(sizes.begin(), sizes.end(), [](SizeId id) {
    const Size& size = all_sizes()[id];
    const double height = size.system == SizeSystem::kHeight ? std::stod(size.name) : 0;
    return height >= kFrom && height <= kTo;
  });
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "W32", "32W", "32 in", "32\"" -> "32"; empty where anything else stands there.
std::string inches_of(std::string_view text, char letter) {
  std::string digits, rest;
  for (const char c : fold_case(text))
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ' ' && c != '.')
      rest += c;
  static constexpr std::array<std::string_view, 7> kInches{"", "in", "inch", "inches", "\"", "''", "′′"};
  const bool is_inches =
      std::find(kInches.begin(), kInches.end(), rest) != kInches.end() || rest == std::string(1, letter);
  return is_inches ? digits : std::string();
}

// A girth or a hat's number may be none that clothes have.
bool looks_like_size(std::string_view value) {
  return is_digits(value) || size_likeness(value) != SizeLikeness::kNone;
}

// "Waist": "High".
bool is_cut_of(std::string_view name, std::string_view value) {
  return value.find_first_of("0123456789") == std::string_view::npos &&
         FeedWords::standard().says(WordList::kGirth, name);
}

// Whether the option says the variant's size, so that what others say is not a second one.
bool names_size(std::string_view name, std::string_view value) {
  const FeedWords& words = FeedWords::standard();
  switch (words.axis_of(name)) {
    case OptionAxis::kSize:
      return looks_like_size(value) || (words.names_nothing_else(name) && !is_cut_of(name, value));
    case OptionAxis::kAge:
      return true;
    case OptionAxis::kHeight:
      return is_height_of_child(value);
    default:
      return false;
  }
}

struct SizeAndRest {
  std::string_view size, rest;
};

// A dash may be part of a word: "U-Neck", "One-Piece", "G-String" begin with a size too.
bool may_be_within_a_word(std::string_view separator) { return separator == "-" || separator == "_"; }

// "M / Black", "Dark Blue - 38", "Black M": the size is first or last, the rest cannot be read as one.
std::optional<SizeAndRest> split_size(std::string_view value, std::string_view separator) {
  const size_t first = value.find(separator), last = value.rfind(separator);
  if (first == std::string_view::npos || first == 0) return std::nullopt;
  const SizeAndRest ahead{trim(value.substr(0, first)), trim(value.substr(first + separator.size()))},
      behind{trim(value.substr(last + separator.size())), trim(value.substr(0, last))};
  for (const auto& split : {ahead, behind}) {
    const auto likeness = size_likeness(split.size);
    if (split.rest.empty() || likeness == SizeLikeness::kNone ||
        size_likeness(split.rest) != SizeLikeness::kNone)
      continue;
    const bool is_ahead = split.size.data() == value.data();
    if (may_be_within_a_word(separator)
            ? (is_ahead ? colour_words_in(split.rest).begins : has_colour(split.rest))
            : likeness == SizeLikeness::kSure || has_colour(split.rest))
      return split;
  }
  return std::nullopt;
}

}  // namespace

bool is_all_colour(std::string_view text) { return colour_words_in(text).is_all; }

void VariantOptions::add(std::string_view name, std::string_view value) {
  name = trim(name), value = trim(value);
  if (value.empty()) return;
  given_.emplace_back(name, value);
  const bool was_named = is_size_named_;
  is_size_named_ = was_named || names_size(name, value);
  if (is_size_named_ && !was_named && is_size_borrowed_) return read_again();
  read(name, value);
}

void VariantOptions::read(std::string_view name, std::string_view value) {
  if (add_named(name, value) || add_labelled(value) || add_size_and_rest(name, value)) return;
  add_one(name, value);
}

// "10 - Black" was taken apart before the option of the size came.
void VariantOptions::read_again() {
  for (auto* text : {&size_, &age_, &height_, &length_, &cup_, &colour_, &path_}) text->clear();
  for (auto* list : {&loose_, &others_}) list->clear();
  for (size_t i = 0; i < given_.size(); ++i) {
    is_quiet_ = i + 1 < given_.size();
    read(given_[i].first, given_[i].second);
  }
}

// "Size / Colour": "M / Red".
bool VariantOptions::add_named(std::string_view name, std::string_view value) {
  const FeedWords& words = FeedWords::standard();
  for (const auto between : kBetweenNames) {
    const auto names = split_by(name, between);
    if (names.size() != 2) continue;
    const OptionAxis first = words.axis_of(names[0]), second = words.axis_of(names[1]);
    if (first == second || first == OptionAxis::kOther || second == OptionAxis::kOther) continue;
    for (const auto separator : kSeparators) {
      const auto values = split_by(value, separator);
      if (values.size() != 2) continue;
      // Some write the values in the other order than the names.
      const bool size_first =
          first == OptionAxis::kSize || first == OptionAxis::kAge || first == OptionAxis::kHeight;
      const bool crossed = size_first == (size_likeness(values[0]) == SizeLikeness::kNone) &&
                           size_first == (size_likeness(values[1]) != SizeLikeness::kNone);
      add_one(names[0], values[crossed ? 1 : 0]);
      add_one(names[1], values[crossed ? 0 : 1]);
      return true;
    }
  }
  return false;
}

// "Size: M, Colour: Red".
bool VariantOptions::add_labelled(std::string_view value) {
  const FeedWords& words = FeedWords::standard();
  for (const auto separator : kSeparators) {
    const auto parts = split_by(value, separator);
    const bool all = parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
                       const size_t colon = part.find_first_of(":=");
                       return colon != std::string_view::npos && colon > 0 && colon + 1 < part.size();
                     });
    if (!all) continue;
    const bool known = std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return words.axis_of(part.substr(0, part.find_first_of(":="))) != OptionAxis::kOther;
    });
    if (!known) return false;
    for (const auto part : parts) {
      const size_t colon = part.find_first_of(":=");
      add_one(trim(part.substr(0, colon)), trim(part.substr(colon + 1)));
    }
    return true;
  }
  return false;
}

// "Style": "M / Black / Cotton". An option named for its size or its colour holds the other one only where
// both are certain: "M/L" is one size, "Black/White" one colour.
bool VariantOptions::add_size_and_rest(std::string_view name, std::string_view value) {
  const OptionAxis axis = FeedWords::standard().axis_of(name);
  if (axis != OptionAxis::kSize && axis != OptionAxis::kColour && axis != OptionAxis::kOther) return false;
  const bool is_of_size = axis == OptionAxis::kSize;
  if (!is_of_size && is_size_named_) return false;  // "10 - Black" is a colour's number there
  const auto take = [&](const SizeAndRest& split, std::string_view separator) {
    is_size_borrowed_ = is_size_borrowed_ || !is_of_size;
    add_one(is_of_size ? name : "size", split.size);
    const bool is_dash = may_be_within_a_word(separator);  // "Off-White-S"
    for (const auto part : is_dash ? std::vector{split.rest} : split_by(split.rest, separator))
      if (axis == OptionAxis::kColour || has_colour(part))
        add_one("colour", part);
      else
        add_one(name, part);
  };
  for (const auto separator : kSeparators) {
    const auto split = split_size(value, separator);
    if (!split || (is_of_size && !has_colour(split->rest))) continue;
    take(*split, separator);
    return true;
  }
  // Without a separator only what is all size and colour.
  const bool is_colour = colour_words_in(value).is_all;  // "Medium Blue"
  const auto split = axis == OptionAxis::kOther && !is_colour ? split_size(value, " ") : std::nullopt;
  if (!split || size_likeness(split->size) != SizeLikeness::kSure || !colour_words_in(split->rest).is_all)
    return false;
  take(*split, "/");
  return true;
}

void VariantOptions::add_one(std::string_view name, std::string_view value) {
  path_ += "/" + std::string(value);
  switch (FeedWords::standard().axis_of(name)) {
    case OptionAxis::kSize:
      add_size(name, value);
      break;
    case OptionAxis::kAge:
      if (age_.empty() && size_likeness(value) != SizeLikeness::kNone)
        age_ = value;
      else  // "Adult"
        others_.emplace_back(fold_case(name), value);
      break;
    case OptionAxis::kHeight:
      if (height_.empty() && is_height_of_child(value))
        height_ = value;
      else
        others_.emplace_back(fold_case(name), value);
      break;
    case OptionAxis::kColour:
      colour_ += (colour_.empty() ? "" : "/") + std::string(value);
      break;
    case OptionAxis::kLength:
      length_ = value;
      break;
    case OptionAxis::kCup:
      cup_ = value;
      break;
    case OptionAxis::kOther:
      others_.emplace_back(fold_case(name), value);
      if (is_quiet_ || FeedWords::standard().says(WordList::kAttribute, name)) return;
      run_.note(line_,
                fmt::format("the option '{}' is not understood: kept as an attribute", name.substr(0, 60)));
  }
}

// What does not look like a size is one only where nothing else is ("Mini"), and a girth without a number
// never ("Waist": "High").
void VariantOptions::add_size(std::string_view name, std::string_view value) {
  if (looks_like_size(value))
    size_ += (size_.empty() ? "" : "/") + size_with_system(value, system_in_name(name));
  else if (is_cut_of(name, value))
    others_.emplace_back(fold_case(name), value);
  else
    loose_.emplace_back(fold_case(name), value);
}

bool VariantOptions::is_loose() const {
  return size_.empty() && cup_.empty() && age_.empty() && height_.empty();
}

std::string VariantOptions::size() const {
  if (is_loose()) {
    std::string all;
    for (const auto& [name, value] : loose_)
      all += (all.empty() ? "" : "/") + size_with_system(value, system_in_name(name));
    return all;
  }
  if (size_.empty() && cup_.empty()) return age_.empty() ? height_ : age_;
  if (!sized_by_length()) return size_ + cup_;
  return is_digits(size_) ? size_ + cup_ + "/" + length_
                          : inches_of(size_, 'w') + "/" + inches_of(length_, 'l');
}

std::vector<std::pair<std::string, std::string>> VariantOptions::others() const {
  auto all = others_;
  if (!is_loose()) all.insert(all.end(), loose_.begin(), loose_.end());
  if (!length_.empty() && !sized_by_length()) all.emplace_back("length", length_);
  if (!age_.empty() && size() != age_) all.emplace_back("age", age_);
  if (!height_.empty() && size() != height_) all.emplace_back("height", height_);
  return all;
}

void VariantOptions::put_others_into(Variant& variant) const {
  for (const auto& [name, value] : others()) variant.supplier_attributes[name].push_back(value);
}

// "32" and "34", "W32" and "L34", "32 in" and "34 in".
bool VariantOptions::sized_by_length() const {
  if (is_digits(size_) && is_digits(length_)) return true;
  const std::string both = inches_of(size_, 'w') + "/" + inches_of(length_, 'l');
  const auto size =
      parse_size(both, SizeContext{.chart = SizeChart::kMen, .mens_number = MensNumber::kWaist});
  return size && all_sizes()[*size].name == both;
}

}  // namespace modiste
