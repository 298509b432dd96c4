// From the word of a shop to sizes of the closed list.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/contains.h"
#include "base/text.h"
#include "vocabulary/size_children.h"
#include "vocabulary/size_text.h"

namespace modiste {
namespace {

using namespace size_text;  // NOLINT(google-build-using-namespace)
namespace tables = size_tables;
using Sizes = std::vector<SizeId>;

Sizes one(std::optional<SizeId> size) { return size ? Sizes{*size} : Sizes{}; }

struct Mark {
  std::string_view text;
  SizeSystem clothes, shoes;
};
constexpr Mark kMarks[] = {
    {"EUR", SizeSystem::kEu, SizeSystem::kShoeEu},   {"EU", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"DE", SizeSystem::kEu, SizeSystem::kShoeEu},    {"FR", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"ES", SizeSystem::kEu, SizeSystem::kShoeEu},    {"UK", SizeSystem::kUk, SizeSystem::kShoeUk},
    {"GB", SizeSystem::kUk, SizeSystem::kShoeUk},    {"AU", SizeSystem::kUk, SizeSystem::kShoeUk},
    {"USA", SizeSystem::kUs, SizeSystem::kShoeUs},   {"US", SizeSystem::kUs, SizeSystem::kShoeUs},
    {"IT", SizeSystem::kIt, SizeSystem::kShoeEu},    {"BR", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"MEX", SizeSystem::kUs, SizeSystem::kShoeCm},   {"MX", SizeSystem::kUs, SizeSystem::kShoeCm},
    {"JP", SizeSystem::kEu, SizeSystem::kShoeCm},    {"JPN", SizeSystem::kEu, SizeSystem::kShoeCm},
    {"CN", SizeSystem::kEu, SizeSystem::kShoeCm},    {"CHN", SizeSystem::kEu, SizeSystem::kShoeCm},
    {"KR", SizeSystem::kEu, SizeSystem::kShoeCm},    {"INTL", SizeSystem::kAlpha, SizeSystem::kShoeEu},
    {"INT", SizeSystem::kAlpha, SizeSystem::kShoeEu}};

// The foot's length in cm or, as Mondopoint, in mm.
std::optional<SizeId> foot_length(double value) {
  constexpr double kMillimetresFrom = 90;
  return find_number(SizeSystem::kShoeCm, value >= kMillimetresFrom ? value / 10 : value);
}

// Systems without rows of their own fall back to a neighbour: AU = UK, FR = EU + 2 for women, JP 9 = EU 38.
std::optional<SizeId> clothes_number(const Mark& mark, double value, SizeChart chart) {
  const bool women = chart == SizeChart::kWomen;
  if (mark.text == "FR" || mark.text == "ES") return find_number(SizeSystem::kEu, women ? value - 2 : value);
  if (mark.text == "JP" || mark.text == "JPN") {
    constexpr double kOfEu = 29;
    return women && value < 30 ? find_number(SizeSystem::kEu, value + kOfEu) : std::nullopt;
  }
  if (mark.text == "KR")  // 44, 55, 66 ... are EU 34, 36, 38 ...
    return women && std::fmod(value, 11) == 0 ? find_number(SizeSystem::kEu, 26 + 2 * value / 11)
                                              : std::nullopt;
  if ((mark.text == "MEX" || mark.text == "MX") && value >= 23)
    return find_number(SizeSystem::kWaistLength, value);
  if (mark.clothes == SizeSystem::kAlpha) return std::nullopt;
  return find_number(mark.clothes, value);
}

std::optional<SizeId> shoe_number(const Mark& mark, double value, SizeChart chart) {
  constexpr double kEuFrom = 34;
  if (mark.shoes == SizeSystem::kShoeCm) {
    if (value >= kEuFrom && value < 60) return find_number(SizeSystem::kShoeEu, value);
    return foot_length(value);
  }
  if (mark.text == "BR") return find_number(SizeSystem::kShoeEu, value + 2);
  if (chart == SizeChart::kShoesKids) return child_shoe(mark.shoes, value);
  // Australian women's shoes carry American numbers.
  if (mark.text == "AU" && chart == SizeChart::kShoesWomen) return find_number(SizeSystem::kShoeUs, value);
  return find_number(mark.shoes, value);
}

std::optional<SizeId> marked_number(const Mark& mark, std::string_view rest, SizeChart chart) {
  if (rest == "00" && mark.clothes == SizeSystem::kUs && !is_shoe_chart(chart))
    return charts().find(SizeSystem::kUs, rest);
  const auto value = number(rest);
  if (!value) return std::nullopt;
  if (chart == SizeChart::kKids) return child_number(*value);
  if (chart == SizeChart::kAccessories) return std::nullopt;
  return is_shoe_chart(chart) ? shoe_number(mark, *value, chart) : clothes_number(mark, *value, chart);
}

std::optional<SizeId> read_alpha(std::string_view word, SizeChart chart) {
  if (is_shoe_chart(chart)) {
    // Socks and slippers come in the usual letters only.
    return charts().find(SizeSystem::kAlpha, word);
  }
  if (const auto alpha = charts().find(SizeSystem::kAlpha, word)) return alpha;
  for (const auto& alias : tables::kAlphaAliases)
    if (alias.word == word) return charts().find(SizeSystem::kAlpha, alias.name);
  return std::nullopt;
}

// A number alone means what most labels of the chart mean by it.
std::optional<SizeId> read_bare_number(std::string_view word, SizeChart chart) {
  const auto value = number(word);
  if (!value || chart == SizeChart::kAccessories) return std::nullopt;
  if (chart == SizeChart::kKids) return child_number(*value);
  constexpr double kEuOfChildFrom = 15;
  if (chart == SizeChart::kShoesKids)
    return *value >= kEuOfChildFrom ? find_number(SizeSystem::kShoeEu, *value) : std::nullopt;
  constexpr double kFootFrom = 21, kShoeEuFrom = 33, kMillimetresFrom = 200;
  if (is_shoe_chart(chart)) {
    if (*value >= kMillimetresFrom || (*value >= kFootFrom && *value < kShoeEuFrom))
      return foot_length(*value);
    return find_number(*value >= kFootFrom ? SizeSystem::kShoeEu : SizeSystem::kShoeUs, *value);
  }
  if (chart == SizeChart::kWomen) {
    // Dresses run to US 22 and EU from 32 on; between them stand the waists of jeans.
    if (word == "00" || *value < 23)
      return charts().find(SizeSystem::kUs, word == "00" ? "00" : size_number(*value));
    return find_number(*value < 32 ? SizeSystem::kWaistLength : SizeSystem::kEu, *value);
  }
  return find_number(*value < 43 ? SizeSystem::kWaistLength : SizeSystem::kEu, *value);
}

// Letters behind a number: the width of a shoe ("10 W", "9 D"), the length of a suit ("40R"), a cut ("10
// PETITE"); a child's shoe keeps its letter.
std::optional<SizeId> read_with_letters(std::string_view word, SizeChart chart) {
  size_t end = 0;
  while (end < word.size() && (is_digit(word[end]) || word[end] == '.')) ++end;
  if (end == 0 || end == word.size()) return std::nullopt;
  const std::string_view digits = word.substr(0, end), letters = word.substr(end);
  const auto value = number(digits);
  if (!value) return std::nullopt;
  if (is_shoe_chart(chart) && (letters == "CM" || letters == "MM")) return foot_length(*value);
  if (chart == SizeChart::kKids)
    return letters == "CM" ? find_number(SizeSystem::kHeight, *value) : std::nullopt;
  if (chart == SizeChart::kShoesKids) {
    const SizeSystem system = letters == "K" ? SizeSystem::kShoeUk : SizeSystem::kShoeUs;
    return charts().find(system, size_number(*value) + std::string(letters));
  }
  static constexpr std::array<std::string_view, 14> kWidths{"M",   "W",  "N",  "B",  "D",  "E",    "EE",
                                                            "EEE", "2E", "4E", "XW", "WW", "WIDE", "NARROW"};
  if (is_shoe_chart(chart))
    return contains(kWidths, letters) ? read_bare_number(digits, chart) : std::nullopt;
  static constexpr std::array<std::string_view, 4> kSuitLengths{"R", "L", "S", "XL"};
  if (chart == SizeChart::kMen && *value >= 34 && *value <= 60 && contains(kSuitLengths, letters))
    return find_number(SizeSystem::kUs, *value);
  static constexpr std::array<std::string_view, 10> kCuts{"PETITE", "TALL", "REGULAR", "REG", "LONG",
                                                          "SHORT",  "PLUS", "P",       "T",   "W"};
  if (contains(kCuts, letters)) return read_bare_number(digits, chart);
  return std::nullopt;
}

// "EU38", "38EU", "MEXM": the rest after a system's mark. The longest mark wins.
std::optional<SizeId> read_marked(std::string_view word, SizeChart chart) {
  for (const auto& mark : kMarks) {
    if (word.size() <= mark.text.size()) continue;
    std::string_view rest;
    if (word.starts_with(mark.text))
      rest = word.substr(mark.text.size());
    else if (word.ends_with(mark.text))
      rest = word.substr(0, word.size() - mark.text.size());
    else
      continue;
    if (const auto size = marked_number(mark, rest, chart)) return size;
    if (chart == SizeChart::kShoesKids)
      if (const auto letters = read_with_letters(rest, chart)) return letters;
    if (!rest.empty() && !is_digit(rest[0]))
      if (const auto alpha = read_alpha(rest, chart)) return alpha;
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
  static constexpr std::array<std::string_view, 14> kWearers{
      "WOMEN'S", "WOMENS", "WOMEN",  "LADIES", "LADY",  "MEN'S",  "MENS",
      "MEN",     "YOUTH",  "UNISEX", "ADULT",  "DAMEN", "HERREN", "KIDS"};
  for (const auto wearer : kWearers)
    if (const size_t at = word.find(wearer); at != std::string::npos && word.size() > wearer.size()) {
      word.erase(at, wearer.size());
      break;
    }
  static constexpr std::string_view kSizeAfter = "サイズ", kNumberAfter = "号";
  if (word.size() > kSizeAfter.size() && word.ends_with(kSizeAfter))
    word.erase(word.size() - kSizeAfter.size());
  if (word.size() > kNumberAfter.size() && word.ends_with(kNumberAfter))
    word = "JP" + word.erase(word.size() - kNumberAfter.size());
  return word;
}

std::optional<SizeId> read_one(std::string word, SizeChart chart) {
  word = without_wearer(std::move(word));
  if (contains(tables::kOneSizeWords, word)) return charts().find(SizeSystem::kOneSize, "One size");
  if (const auto alpha = read_alpha(word, chart)) return alpha;  // before "GR" is taken for "Groesse"
  for (const auto before : tables::kSizeWords)
    if (word.starts_with(before) && word.size() > before.size()) {
      word.erase(0, before.size());
      break;
    }
  if (word.size() > 2 && word[0] == 'T' && is_digit(word[1])) word.erase(0, 1);  // French "T38"
  if (const auto alpha = read_alpha(word, chart)) return alpha;
  if (const auto marked = read_marked(word, chart)) return marked;
  if (const auto bare = read_bare_number(word, chart)) return bare;
  if (const auto bra = read_bra(word, chart)) return bra;
  if (const auto letters = read_with_letters(word, chart)) return letters;
  if (const auto chinese = read_chinese(word, chart)) return chinese;
  static constexpr std::array<std::string_view, 6> kCuts{"PETITE", "TALL", "REGULAR",
                                                         "LONG",   "PLUS", "SHORT"};
  for (const auto cut : kCuts) {
    if (word.size() <= cut.size() || !(word.ends_with(cut) || word.starts_with(cut))) continue;
    const std::string rest =
        word.ends_with(cut) ? word.substr(0, word.size() - cut.size()) : word.substr(cut.size());
    if (const auto alpha = read_alpha(rest, chart)) return alpha;
    if (word.starts_with(cut))
      if (const auto bare = read_bare_number(rest, chart)) return bare;
  }
  return chart == SizeChart::kWomen || chart == SizeChart::kMen ? read_waist_length(word) : std::nullopt;
}

// "EU 36/38", "S-M", "39 - 42": two parts of one kind.
std::optional<Pair> split_pair(std::string_view text) {
  Pair pair;
  const std::string whole = compact(text);
  for (const auto& mark : kMarks)
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

bool is_waist_and_length(const Pair& pair, double from, SizeChart chart) {
  constexpr double kDoubleSizeFrom = 34;  // women's 34/36 is a double size, 32/34 are jeans
  if (pair.between != '/' || !pair.mark.empty()) return false;
  if (chart == SizeChart::kWomen && from >= kDoubleSizeFrom) return false;
  return charts().find(SizeSystem::kWaistLength, pair.first + "/" + pair.second).has_value();
}

Sizes read_pair(std::string_view text, SizeChart chart) {
  const auto pair = split_pair(text);
  if (!pair) return {};
  const auto from = number(pair->first), to = number(pair->second);
  if (from && to) {
    if (chart == SizeChart::kKids) return child_pair(*pair, *from, *to);
    if (is_waist_and_length(*pair, *from, chart))
      return one(charts().find(SizeSystem::kWaistLength, pair->first + "/" + pair->second));
    const auto first = read_one(pair->mark + pair->first, chart);
    const auto last = read_one(pair->mark + pair->second, chart);
    if (!first || !last) return {};
    const Size &a = charts().sizes()[*first], &b = charts().sizes()[*last];
    const auto low = number(a.name), high = number(b.name);
    if (a.system != b.system || !low || !high) return {};
    return numbers_between(a.system, *low, *high);
  }
  const auto first = read_alpha(compact(pair->first), chart), last = read_alpha(compact(pair->second), chart);
  if (!first || !last) return {};
  const auto& sizes = charts().sizes();
  if (const auto both = charts().find(SizeSystem::kAlpha, sizes[*first].name + "/" + sizes[*last].name))
    return {*both};
  Sizes found;
  for (SizeId id = std::min(*first, *last); id <= std::max(*first, *last); ++id)
    if (sizes[id].name.find('/') == std::string::npos) found.push_back(id);
  return found;
}

Sizes read_piece(std::string_view text, SizeChart chart) {
  if (const auto age = read_age(text, chart); age && chart != SizeChart::kAccessories) return {*age};
  // "S-M" and "38-40" are two sizes, "X-Large" is one.
  const auto pair = split_pair(text);
  const bool two =
      pair &&
      ((number(pair->first) && number(pair->second)) ||
       (charts().find(SizeSystem::kAlpha, pair->first) && charts().find(SizeSystem::kAlpha, pair->second)));
  if (!two)
    if (const auto size = read_one(compact(text), chart)) return {*size};
  return read_pair(text, chart);
}

SizeSystem system_of(const Sizes& sizes) { return charts().sizes()[sizes.front()].system; }

}  // namespace

std::vector<SizeId> parse_sizes(std::string_view word, SizeChart chart) {
  constexpr size_t kWordMax = 60;
  if (word.size() > kWordMax || trim(word).starts_with('-')) return {};
  const std::string text = clean(word);
  const bool is_list = text.find_first_of(",;|\n") != std::string::npos;
  if (!is_list)
    if (auto whole = read_piece(text, chart); !whole.empty()) return whole;
  // "S, M, L", "M (US 8)", "US 8 / EU 40": sizes of the first part's system.
  for (const std::string_view separators : {",;|\n", "()", "/"}) {
    const auto parts = split_list(text, separators);
    if (parts.size() < 2 && separators != "()") continue;
    Sizes found;
    for (const auto& part : parts) {
      const auto sizes = read_piece(part, chart);
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
  const auto sizes = parse_sizes(word, chart);
  return sizes.empty() ? std::nullopt : std::optional(sizes.front());
}

std::string size_with_system(std::string_view size, std::string_view system) {
  const std::string text = clean(size), mark = compact(clean(system));
  const bool known =
      std::any_of(std::begin(kMarks), std::end(kMarks), [&](const Mark& m) { return m.text == mark; });
  const bool only_numbers =
      !text.empty() && is_digit(text[0]) && text.find_first_not_of("0123456789.,/- ") == std::string::npos;
  if (!known || !only_numbers) return std::string(size);
  // Waist and length are inches in every country that writes them.
  const auto pair = split_pair(text);
  if (pair && (mark == "US" || mark == "UK") &&
      charts().find(SizeSystem::kWaistLength, pair->first + "/" + pair->second))
    return std::string(size);
  return mark + " " + std::string(size);
}

}  // namespace modiste
