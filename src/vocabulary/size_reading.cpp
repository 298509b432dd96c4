// From the word of a shop to sizes of the closed list.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/contains.h"
#include "base/text.h"
#include "vocabulary/size_children.h"
#include "vocabulary/size_context.h"
#include "vocabulary/size_marks.h"
#include "vocabulary/size_numbers.h"
#include "vocabulary/size_text.h"

namespace modiste {
namespace {

using namespace size_text;  // NOLINT(google-build-using-namespace)
namespace tables = size_tables;
using Sizes = std::vector<SizeId>;

Sizes one(std::optional<SizeId> size) { return size ? Sizes{*size} : Sizes{}; }

std::optional<SizeId> read_alpha(std::string_view word, SizeChart chart) {
  if (is_shoe_chart(chart)) {
    // Socks and slippers come in the usual letters only.
    return charts().find(SizeSystem::kAlpha, word);
  }
  if (const auto alpha = charts().find(SizeSystem::kAlpha, word)) return alpha;
  for (const auto& alias : tables::kAlphaAliases)
    if (alias.word == word) return charts().find(SizeSystem::kAlpha, alias.name);
  if (chart == SizeChart::kWomen || chart == SizeChart::kMen)
    for (const auto& alias : tables::kJapaneseLetters)
      if (alias.word == word) return charts().find(SizeSystem::kAlpha, alias.name);
  if (chart == SizeChart::kKids && word.size() > 1 && word[0] == 'Y')  // youth: "YM"
    return charts().find(SizeSystem::kAlpha, word.substr(1));
  if (word.size() > 1 && word[0] == 'T' && !is_digit(word[1]))  // French "TM"
    return charts().find(SizeSystem::kAlpha, word.substr(1));
  return std::nullopt;
}

// A cut says nothing about the number that it stands beside.
constexpr std::array<std::string_view, 8> kCuts{"PETITE", "TALL",  "REGULAR", "LONG",
                                                "PLUS",   "SHORT", "SLIM",    "HUSKY"};
constexpr std::array<std::string_view, 4> kShortCuts{"REG", "P", "T", "W"};

bool is_cut(std::string_view letters) { return contains(kCuts, letters) || contains(kShortCuts, letters); }

// "10PETITE" -> "10", "TALLM" -> "M"; as it is when no cut stands there.
std::string_view without_cut(std::string_view word) {
  for (const auto cut : kCuts) {
    if (word.size() <= cut.size()) continue;
    if (word.ends_with(cut)) return word.substr(0, word.size() - cut.size());
    if (word.starts_with(cut)) return word.substr(cut.size());
  }
  return word;
}

constexpr std::array<std::string_view, 14> kShoeWidths{"M",   "W",  "N",  "B",  "D",  "E",    "EE",
                                                       "EEE", "2E", "4E", "XW", "WW", "WIDE", "NARROW"};
constexpr std::array<std::string_view, 4> kSuitLengths{"R", "L", "S", "XL"};
constexpr double kSuitMin = 34, kSuitMax = 60;
// Behind a smaller number the length of a woman's or a child's leg: "10R". Japan's "3L" is a size itself.
bool is_leg_length(double value, std::string_view letters) {
  constexpr double kLongFrom = 6;
  if (letters == "L") return value >= kLongFrom && value < kSuitMin;
  return value < kSuitMin && (letters == "R" || letters == "S");
}

struct NumberAndLetters {
  std::string_view digits, letters;
};
std::optional<NumberAndLetters> split_letters(std::string_view word) {
  size_t end = 0;
  while (end < word.size() && (is_digit(word[end]) || word[end] == '.')) ++end;
  if (end == 0 || end == word.size() || !number(word.substr(0, end))) return std::nullopt;
  return NumberAndLetters{word.substr(0, end), word.substr(end)};
}

// Letters behind a number: the width of a shoe ("10 W", "9 D"), the length of a suit ("40R"), a cut ("10
// PETITE"); a child's shoe keeps its letter. mark: of the number's system; null: none is written.
std::optional<SizeId> read_with_letters(std::string_view word, const SizeContext& of,
                                        const SizeMark* mark = nullptr) {
  const auto split = split_letters(word);
  if (!split) return std::nullopt;
  const std::string_view digits = split->digits, letters = split->letters;
  const double value = *number(digits);
  const auto as_number = [&] {
    return mark != nullptr ? marked_number(*mark, digits, of.chart) : read_bare_number(digits, of);
  };
  if (is_shoe_chart(of.chart) && (letters == "CM" || letters == "MM")) return foot_length(value);
  if (of.chart == SizeChart::kKids) {
    if (letters == "CM") return find_number(SizeSystem::kHeight, value);
    return contains(kCuts, letters) || letters == "REG" || is_leg_length(value, letters) ? as_number()
                                                                                         : std::nullopt;
  }
  if (of.chart == SizeChart::kShoesKids) {
    const SizeSystem system = letters == "K" ? SizeSystem::kShoeUk : SizeSystem::kShoeUs;
    return charts().find(system, size_number(value) + std::string(letters));
  }
  if (is_shoe_chart(of.chart)) return contains(kShoeWidths, letters) ? as_number() : std::nullopt;
  if (of.chart == SizeChart::kMen && value >= kSuitMin && value <= kSuitMax &&
      contains(kSuitLengths, letters))
    return mark != nullptr ? as_number() : find_number(SizeSystem::kUs, value);
  if (of.chart == SizeChart::kWomen && is_leg_length(value, letters)) return as_number();
  return is_cut(letters) ? as_number() : std::nullopt;
}

// Whether the mark is of a country whose clothes have European numbers or ones derived from them.
bool is_european(const SizeMark& mark) {
  return mark.clothes == SizeSystem::kEu || mark.clothes == SizeSystem::kIt;
}

// "EU 27": no woman's size is so small.
bool is_womans_waist(const SizeMark& mark, double value) {
  const bool of_asia = mark.shoes != SizeSystem::kShoeEu;  // "JP 23" is a size
  return is_european(mark) && !of_asia && value >= kWomensWaistFrom && value < kWomensEuFrom;
}

// "EU 32" of men's jeans: a feed whose every size has the mark. No man's size of such a system is so small,
// and waists are inches in every country. "US 32" of trousers is a waist too.
bool is_waist_with_mark(const SizeMark& mark, std::string_view rest, const SizeContext& of) {
  constexpr double kWaistBelow = 34;  // from there on it may be a woman's size of a unisex garment
  constexpr double kEuFrom = 43;
  const auto value = number(rest);
  if (value && of.chart == SizeChart::kWomen) return is_womans_waist(mark, *value);
  const bool of_trousers = of.chart == SizeChart::kMen && of.mens_number == MensNumber::kWaist;
  if (!of_trousers || !value || *value < tables::kWaistMin || mark.clothes == SizeSystem::kAlpha)
    return false;
  if (mark.text == "DE" && *value < kGermanShortBelow) return false;
  return *value < (is_european(mark) ? kWaistBelow : kEuFrom);
}

// "EU38", "38EU", "MEXM": the rest after a system's mark. The longest mark wins.
std::optional<SizeId> read_marked(std::string_view word, const SizeContext& of) {
  for (const auto& mark : kSizeMarks) {
    if (word.size() <= mark.text.size()) continue;
    std::string_view rest;
    if (word.starts_with(mark.text))
      rest = word.substr(mark.text.size());
    else if (word.ends_with(mark.text))
      rest = word.substr(0, word.size() - mark.text.size());
    else
      continue;
    if (is_waist_with_mark(mark, rest, of)) return read_bare_number(rest, of);
    for (const std::string_view size_word : {rest, without_cut(rest)}) {
      if (const auto size = marked_number(mark, size_word, of.chart)) return size;
      if (const auto letters = read_with_letters(size_word, of, &mark)) return letters;
      if (!size_word.empty() && !is_digit(size_word[0]))
        if (const auto alpha = read_alpha(size_word, of.chart)) return alpha;
    }
  }
  return std::nullopt;
}

// "75B", "B75", "34DD": German numbers stand for the girth in cm, American and British ones for inches.
std::optional<SizeId> read_bra(std::string word, SizeChart chart) {
  if (chart != SizeChart::kWomen && chart != SizeChart::kMen) return std::nullopt;
  const bool french = word.starts_with("FR") || word.starts_with("ES");
  for (const std::string_view mark : {"EU", "DE", "FR", "ES", "UK", "US"})
    if (word.starts_with(mark)) word.erase(0, mark.size());
  if (word.size() > 2 && !is_digit(word[0])) std::rotate(word.begin(), word.begin() + 1, word.end());
  size_t digits = 0;
  while (digits < word.size() && is_digit(word[digits])) ++digits;
  const auto girth = number(std::string_view(word).substr(0, digits));
  std::string cup = word.substr(digits);
  if (!girth || digits < 2 || cup.empty()) return std::nullopt;
  constexpr double kInchesMax = 58;
  double cm = *girth - (french ? 15 : 0);
  if (cm <= kInchesMax) {
    if (cup == "DDD") cup = "E";  // American DDD is British E
    const auto place = std::find(tables::kCupsUk.begin(), tables::kCupsUk.end(), cup);
    if (place == tables::kCupsUk.end()) return std::nullopt;
    cup = tables::kCups[static_cast<size_t>(place - tables::kCupsUk.begin())];
    cm = (cm - 4) * 2.5;  // 34 inches are 75 cm
  } else if (cup == "DD") {
    cup = "E";
  }
  return charts().find(SizeSystem::kBra, size_number(cm) + cup);
}

// "W32L34", "32WX34L", "32/34", "32X34", "W32", "32IN".
std::optional<SizeId> read_waist_length(std::string_view word) {
  std::vector<std::string> numbers;
  bool marked = false;
  for (size_t i = 0; i < word.size();) {
    size_t end = i;
    while (end < word.size() && is_digit(word[end])) ++end;
    if (end > i) {
      numbers.emplace_back(word.substr(i, end - i));
      i = end;
      continue;
    }
    static constexpr std::string_view kAllowed = "WLX/\"IN";
    if (kAllowed.find(word[i]) == std::string_view::npos) return std::nullopt;
    marked = true;
    ++i;
  }
  if (!marked || numbers.empty() || numbers.size() > 2) return std::nullopt;
  if (numbers.size() == 1) return charts().find(SizeSystem::kWaistLength, numbers[0]);
  return charts().find(SizeSystem::kWaistLength, numbers[0] + "/" + numbers[1]);
}

// "165/88A", as Chinese labels write body height and girth: one letter per step of 5 cm.
std::optional<SizeId> read_chinese(std::string_view word, SizeChart chart) {
  for (const std::string_view mark : {"CHN", "CN"})
    if (word.starts_with(mark)) word.remove_prefix(mark.size());
  const size_t slash = word.find('/');
  if (slash != 3 || word.size() < 6 || (chart != SizeChart::kWomen && chart != SizeChart::kMen))
    return std::nullopt;
  std::string_view girth = word.substr(slash + 1);
  if (!girth.empty() && girth.back() >= 'A' && girth.back() <= 'C') girth.remove_suffix(1);
  const auto height = number(word.substr(0, slash));
  if (!height || !number(girth)) return std::nullopt;
  static constexpr std::array<std::string_view, 7> kLetters{"XS", "S", "M", "L", "XL", "XXL", "3XL"};
  const double step = (*height - (chart == SizeChart::kWomen ? 155 : 160)) / 5;
  if (step < 0 || step >= kLetters.size() || step != std::floor(step)) return std::nullopt;
  return charts().find(SizeSystem::kAlpha, kLetters[static_cast<size_t>(step)]);
}

// Who wears it is not the size: "US Women's 8", "Youth L". Japanese sizes are followed by a word for it.
std::string without_wearer(std::string word) {
  static constexpr auto kWearers = std::to_array<std::string_view>(
      {"WOMEN'S", "WOMENS", "WOMEN", "LADIES", "LADY", "MEN'S", "MENS", "MEN", "YOUTH", "UNISEX", "ADULT",
       "DAMEN", "HERREN", "LITTLEKIDS", "LITTLEKID", "BIGKIDS", "BIGKID", "TODDLER", "KIDS"});
  for (const auto wearer : kWearers)
    if (const size_t at = word.find(wearer); at != std::string::npos && word.size() > wearer.size()) {
      word.erase(at, wearer.size());
      break;
    }
  static constexpr std::string_view kSizeAfter = "サイズ", kNumberAfter = "号", kOfKorea = "호";
  if (word.size() > kSizeAfter.size() && word.ends_with(kSizeAfter))
    word.erase(word.size() - kSizeAfter.size());
  if (word.size() > kOfKorea.size() && word.ends_with(kOfKorea))  // "110호" of a child is its height
    word.erase(word.size() - kOfKorea.size());
  for (const std::string_view after : {"码", "碼"})  // "XL码"; 均码 is a word
    if (word.size() > after.size() && word.ends_with(after) &&
        static_cast<unsigned char>(word[word.size() - after.size() - 1]) < 0x80)
      word.erase(word.size() - after.size());
  if (word.size() > kNumberAfter.size() && word.ends_with(kNumberAfter))
    word = "JP" + word.erase(word.size() - kNumberAfter.size());
  return word;
}

// Unisex shoes say both, in American numbers: "M9/W11", "M7 W9". Nothing: another wearer's, or no such text.
std::optional<SizeId> read_of_wearers(std::string_view word, SizeChart chart) {
  if (chart != SizeChart::kShoesMen && chart != SizeChart::kShoesWomen) return std::nullopt;
  if (word.starts_with("US")) word.remove_prefix(2);
  const char own = chart == SizeChart::kShoesMen ? 'M' : 'W';
  std::optional<SizeId> found;
  while (!word.empty()) {
    if (word[0] != 'M' && word[0] != 'W') return std::nullopt;
    size_t end = 1;
    while (end < word.size() && (is_digit(word[end]) || word[end] == '.')) ++end;
    const auto value = number(word.substr(1, end - 1));
    if (!value) return std::nullopt;
    if (word[0] == own) found = find_number(SizeSystem::kShoeUs, *value);
    word.remove_prefix(end < word.size() && word[end] == '/' ? end + 1 : end);
  }
  return found;
}

// "D38", "F40", "I42" and "E40": labels name the country by one letter. "EURO38" is EU 38.
std::string with_country(std::string word, SizeChart chart) {
  constexpr std::string_view kEuro = "EURO";
  if (word.starts_with(kEuro) && word.size() > kEuro.size() && is_digit(word[kEuro.size()]))
    return "EU" + word.substr(kEuro.size());
  if ((chart != SizeChart::kWomen && chart != SizeChart::kMen) || word.size() != 3) return word;
  if (!is_digit(word[1]) || !is_digit(word[2])) return word;
  static constexpr std::array<std::pair<char, std::string_view>, 4> kCountries{
      {{'D', "DE"}, {'F', "FR"}, {'I', "IT"}, {'E', "ES"}}};
  for (const auto& [letter, mark] : kCountries)
    if (word[0] == letter) return std::string(mark) + word.substr(1);
  return word;
}

std::optional<SizeId> read_one(std::string word, const SizeContext& of) {
  const SizeChart chart = of.chart;
  if (const auto own = read_of_wearers(word, chart)) return own;
  word = without_wearer(std::move(word));
  if (contains(tables::kOneSizeWords, word)) return charts().find(SizeSystem::kOneSize, "One size");
  if (const auto alpha = read_alpha(word, chart)) return alpha;  // before "GR" is taken for "Groesse"
  for (const auto before : tables::kSizeWords)
    if (word.starts_with(before) && word.size() > before.size()) {
      word.erase(0, before.size());
      break;
    }
  if (word.size() > 2 && word[0] == 'T' && is_digit(word[1])) word.erase(0, 1);  // French "T38"
  word = with_country(std::move(word), chart);
  if (const auto alpha = read_alpha(word, chart)) return alpha;
  if (const auto marked = read_marked(word, of)) return marked;
  if (const auto bare = read_bare_number(word, of)) return bare;
  if (const auto bra = read_bra(word, chart)) return bra;
  if (const auto letters = read_with_letters(word, of)) return letters;
  if (const auto chinese = read_chinese(word, chart)) return chinese;
  if (const std::string_view rest = without_cut(word); rest != word) {
    if (const auto alpha = read_alpha(rest, chart)) return alpha;
    if (const auto bare = read_bare_number(rest, of)) return bare;
  }
  return chart == SizeChart::kWomen || chart == SizeChart::kMen ? read_waist_length(word) : std::nullopt;
}

// "EU 36/38", "S-M", "39 - 42": two parts of one kind.
std::optional<Pair> split_pair(std::string_view text) {
  Pair pair;
  const std::string whole = compact(text);
  for (const auto& mark : kSizeMarks)
    if (pair.mark.size() < mark.text.size() && whole.starts_with(mark.text)) pair.mark = mark.text;
  std::string word;
  for (const char c : text)
    if (c != ' ') word += c;
  word.erase(0, pair.mark.size());
  const size_t at = word.find_first_of("-/");
  if (at == std::string::npos || at == 0 || word.find_first_of("-/", at + 1) != std::string::npos)
    return std::nullopt;
  pair.between = word[at];
  pair.first = word.substr(0, at);
  pair.second = word.substr(at + 1);
  if (pair.second.starts_with(pair.mark)) pair.second.erase(0, pair.mark.size());
  return pair.second.empty() ? std::nullopt : std::optional(pair);
}

// "15.5/34": the collar and the sleeve of an American shirt, in inches.
bool is_collar_and_sleeve(double first, double second, const SizeContext& of) {
  constexpr double kCollarMin = 14, kCollarMax = 18.5, kSleeveMin = 30, kSleeveMax = 38;
  return of.chart == SizeChart::kMen && of.mens_number == MensNumber::kCollar && first >= kCollarMin &&
         first <= kCollarMax && second >= kSleeveMin && second <= kSleeveMax;
}

bool is_waist_and_length(const Pair& pair, double from, double to, const SizeContext& of) {
  constexpr double kDoubleSizeFrom = 34;  // women's 34/36 is a double size, 32/34 are jeans
  const bool of_men = of.chart == SizeChart::kMen && of.mens_number == MensNumber::kWaist;
  const bool of_adults = of.chart == SizeChart::kWomen || of.chart == SizeChart::kMen;  // not shoes "35/36"
  if (pair.between != '/' || !of_adults) return false;
  if (of.chart == SizeChart::kWomen) {
    if (from >= (pair.mark.empty() ? kDoubleSizeFrom : kWomensEuFrom) && to >= from) return false;
  } else if (!pair.mark.empty() && (!of_men || from >= kDoubleSizeFrom)) {
    return false;
  }
  return charts().find(SizeSystem::kWaistLength, pair.first + "/" + pair.second).has_value();
}

Sizes letters_between(SizeId a, SizeId b) {
  Sizes found;
  for (SizeId id = std::min(a, b); id <= std::max(a, b); ++id)
    if (charts().sizes()[id].name.find('/') == std::string::npos) found.push_back(id);
  return found;
}

// "39/40": what lies between two numbers of one kind.
Sizes read_between(const Pair& pair, const SizeContext& of) {
  const auto first = read_one(pair.mark + pair.first, of);
  const auto last = read_one(pair.mark + pair.second, of);
  if (!first || !last) return {};
  const Size &a = charts().sizes()[*first], &b = charts().sizes()[*last];
  if (a.system != b.system) return {};
  if (a.system == SizeSystem::kAlpha) return letters_between(*first, *last);  // collars
  const auto low = number(a.name), high = number(b.name);
  return low && high ? numbers_between(a.system, *low, *high) : Sizes{};
}

Sizes read_pair(std::string_view text, const SizeContext& of) {
  const SizeChart chart = of.chart;
  const auto pair = split_pair(text);
  if (!pair) return {};
  const auto from = number(pair->first), to = number(pair->second);
  if (from && to) {
    if (chart == SizeChart::kKids) return child_pair(*pair, *from, *to);
    if (is_waist_and_length(*pair, *from, *to, of))
      return one(charts().find(SizeSystem::kWaistLength, pair->first + "/" + pair->second));
    if (is_collar_and_sleeve(*from, *to, of)) return one(collar_number(*from));
    return read_between(*pair, of);
  }
  const auto first = read_alpha(compact(pair->first), chart), last = read_alpha(compact(pair->second), chart);
  if (!first || !last) return {};
  const auto& sizes = charts().sizes();
  if (const auto both = charts().find(SizeSystem::kAlpha, sizes[*first].name + "/" + sizes[*last].name))
    return {*both};
  return letters_between(*first, *last);
}

Sizes read_piece(std::string_view text, const SizeContext& of) {
  if (const std::string rest = without_height(text); !rest.empty()) return read_piece(rest, of);
  if (const auto age = read_age(text, of.chart); age && of.chart != SizeChart::kAccessories) return {*age};
  // "S-M" and "38-40" are two sizes, "X-Large" is one.
  const auto pair = split_pair(text);
  const bool two =
      pair &&
      ((number(pair->first) && number(pair->second)) ||
       (charts().find(SizeSystem::kAlpha, pair->first) && charts().find(SizeSystem::kAlpha, pair->second)));
  if (!two)
    if (const auto size = read_one(compact(text), of)) return {*size};
  return read_pair(text, of);
}

// "Men's 9 / Women's 11" of a unisex shoe.
void put_own_first(std::vector<std::string>& parts, SizeChart chart) {
  if (chart != SizeChart::kShoesMen && chart != SizeChart::kShoesWomen) return;
  std::stable_partition(parts.begin(), parts.end(), [&](const std::string& part) {
    return (part.find("WOMEN") != std::string::npos) == (chart == SizeChart::kShoesWomen);
  });
}

SizeSystem system_of(const Sizes& sizes) { return charts().sizes()[sizes.front()].system; }

}  // namespace

std::vector<SizeId> parse_sizes(std::string_view word, SizeChart chart) {
  return parse_sizes(word, SizeContext{.chart = chart});
}

std::vector<SizeId> parse_sizes(std::string_view word, const SizeContext& context) {
  constexpr size_t kWordMax = 60;
  if (word.size() > kWordMax || trim(word).starts_with('-')) return {};
  const std::string text = clean(word);
  const bool is_list = text.find_first_of(",;|\n") != std::string::npos;
  if (!is_list)
    if (auto whole = read_piece(text, context); !whole.empty()) return whole;
  // "S, M, L", "M (US 8)", "US 8 / EU 40": sizes of the first part's system.
  for (const std::string_view separators : {",;|\n", "()", "/"}) {
    auto parts = split_list(text, separators);
    if (separators == "/") put_own_first(parts, context.chart);
    if (parts.size() < 2 && separators != "()") continue;
    Sizes found;
    for (const auto& part : parts) {
      const auto sizes = read_piece(part, context);
      if (sizes.empty() || (!found.empty() && system_of(sizes) != system_of(found))) continue;
      for (const SizeId size : sizes)
        if (std::find(found.begin(), found.end(), size) == found.end()) found.push_back(size);
      if (separators != ",;|\n") break;
    }
    if (!found.empty()) return found;
  }
  return {};
}

std::optional<SizeId> parse_size(std::string_view word, SizeChart chart) {
  return parse_size(word, SizeContext{.chart = chart});
}

std::optional<SizeId> parse_size(std::string_view word, const SizeContext& context) {
  const auto sizes = parse_sizes(word, context);
  return sizes.empty() ? std::nullopt : std::optional(sizes.front());
}

namespace {

// "8", "36/38", and with what says nothing about the system: "10 Petite", "40R", "9 D". Ages, months and cups
// ("3-6M", "2T", "75B") have letters too.
bool is_number_of_a_system(std::string_view text) {
  if (text.empty() || !is_digit(text[0])) return false;
  if (text.find_first_not_of("0123456789.,/- ") == std::string_view::npos) return true;
  const std::string word = compact(text);
  const auto split = split_letters(word);
  if (!split) return false;
  const double value = *number(split->digits);
  constexpr double kTallFrom = 8;  // "2T" to "7T" are small children's
  if (split->letters == "T") return value >= kTallFrom;
  if (split->letters == "M" || split->letters == "XL") return false;
  if (is_cut(split->letters)) return true;
  if (contains(kSuitLengths, split->letters))
    return (value >= kSuitMin && value <= kSuitMax) || is_leg_length(value, split->letters);
  constexpr double kShoeMax = 20;
  return value < kShoeMax && contains(kShoeWidths, split->letters);
}

// Waist and length, and a body's height and girth, are the same in every country that writes them. chart:
// none: not known.
bool has_no_system(std::string_view text, const SizeMark& mark, std::optional<SizeChart> chart) {
  constexpr double kDoubleSizeFrom = 34, kHeightFrom = 140, kMensFrom = 42;
  const bool of_men = chart == SizeChart::kMen;
  const auto pair = split_pair(text);
  const auto first = number(pair ? std::string_view(pair->first) : text);
  if (!first) return false;
  if (!pair) {
    if (chart == SizeChart::kWomen) return mark.text != "BR" && is_womans_waist(mark, *first);
    // "BR" shoes are counted from another number.
    const double from = mark.text == "DE" ? kGermanShortBelow : tables::kWaistMin;
    return of_men && is_european(mark) && mark.text != "BR" && *first >= from && *first < kMensFrom;
  }
  if (*first >= kHeightFrom) return true;
  if (!charts().find(SizeSystem::kWaistLength, pair->first + "/" + pair->second)) return false;
  if (!is_european(mark) || of_men) return true;
  const auto second = number(pair->second);
  const double double_from = chart == SizeChart::kWomen ? kWomensEuFrom : kDoubleSizeFrom;
  return *first < double_from || (second && *second < *first);
}

std::string with_system(std::string_view size, std::string_view system, std::optional<SizeChart> chart) {
  const std::string text = clean(size);
  const SizeMark* mark = find_size_mark(compact(clean(system)));
  if (mark == nullptr || !is_number_of_a_system(text) || has_no_system(text, *mark, chart))
    return std::string(size);
  return std::string(mark->text) + " " + std::string(size);
}

}  // namespace

std::string size_with_system(std::string_view size, std::string_view system) {
  return with_system(size, system, std::nullopt);
}

std::string size_with_system(std::string_view size, std::string_view system, SizeChart chart) {
  return with_system(size, system, chart);
}

}  // namespace modiste
