#include "feeds/money.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "base/contains.h"
#include "base/text.h"
#include "feeds/currency_signs.h"
#include "feeds/feed_words.h"

namespace modiste {
namespace {

constexpr std::string_view kExpected = "one price such as 12.00 USD";

Error money_error(std::string what, std::string_view expected = kExpected) {
  return {Code::kInvalid, std::move(what), "", std::string(expected)};
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Part of a letter or sign of another script, or an ASCII letter.
bool is_letter_byte(char c) { return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

bool is_any_letter(UChar32 c) { return c > 0 && (u_isalpha(c) != 0 || u_charType(c) == U_NON_SPACING_MARK); }

bool letter_begins(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  auto next = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(text.data(), next, static_cast<int32_t>(text.size()), c);
  return is_any_letter(c);
}

bool letter_ends(std::string_view text, size_t at) {
  if (at == 0) return false;
  auto before = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_PREV(text.data(), 0, before, c);
  return is_any_letter(c);
}

// Characters that mean the same everywhere become one: dashes, apostrophes, Arabic marks.
std::string plain_marks(std::string text) {
  static constexpr std::pair<std::string_view, std::string_view> kSame[] = {
      {"’", "'"}, {"‘", "'"}, {"ʼ", "'"},     {"´", "'"},     {"`", "'"}, {"′", "'"},  {"–", "-"},
      {"—", "-"}, {"―", "-"}, {"−", "-"},     {"‐", "-"},     {"‑", "-"}, {"～", "~"}, {"٫", "."},
      {"٬", "'"}, {"،", ","}, {"\u200E", ""}, {"\u200F", ""}, {"·", "."}};
  for (const auto& [from, to] : kSame)
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

int decimals_of(std::string_view code) {
  if (code.size() != 3) return -1;
  const UChar wide[] = {static_cast<UChar>(code[0]), static_cast<UChar>(code[1]), static_cast<UChar>(code[2]),
                        0};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t digits = ucurr_getDefaultFractionDigits(wide, &status);
  return U_FAILURE(status) != 0 ? -1 : digits;
}

bool is_currency_code(std::string_view word) {
  if (word.size() != 3 || !std::all_of(word.begin(), word.end(), is_ascii_letter)) return false;
  UChar wide[4] = {};
  for (size_t i = 0; i < 3; ++i) wide[i] = static_cast<UChar>(word[i] & ~0x20);
  UErrorCode status = U_ZERO_ERROR;
  return ucurr_isAvailable(wide, U_DATE_MIN, U_DATE_MAX, &status) != 0 && U_FAILURE(status) == 0;
}

std::string upper(std::string_view word) {
  std::string code(word);
  for (char& c : code) c = static_cast<char>(c & ~0x20);
  return code;
}

// "49€90": two digits after the sign and no others.
bool parts_the_cents(std::string_view text, size_t at, size_t end) {
  const auto digit = [&](size_t i) { return i < text.size() && is_ascii_digit(text[i]); };
  return at > 0 && digit(at - 1) && digit(end) && digit(end + 1) && !digit(end + 2) &&
         text.find_first_of(".,") == std::string_view::npos;
}

// The letters of a sign stand apart from others: not the "kr" within a word. Those of East Asia follow the
// number without a space, and a word follows them ("12,800円税込").
bool stands_apart(std::string_view text, size_t at, std::string_view sign) {
  static constexpr std::array<std::string_view, 4> kBehindNumbers{"円", "元", "원", "บาท"};
  const size_t end = at + sign.size();
  if (at > 0 && is_ascii_digit(text[at - 1]) &&
      std::find(kBehindNumbers.begin(), kBehindNumbers.end(), sign) != kBehindNumbers.end())
    return true;
  return !(letter_begins(sign, 0) && letter_ends(text, at)) &&
         !(letter_ends(sign, sign.size()) && letter_begins(text, end));
}

// Takes the currency out of the folded text. False when nothing names one.
bool take_sign(std::string& text, std::string_view home, Money& money, std::string_view* meanings = nullptr) {
  for (const auto& [sign, codes] : kCurrencySigns) {
    for (size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
      const size_t end = at + sign.size();
      if (!stands_apart(text, at, sign)) continue;
      if (meanings != nullptr) *meanings = codes;
      const auto all = split_list(codes, " ");
      const bool of_home = std::find(all.begin(), all.end(), home) != all.end();
      money.currency = of_home ? std::string(home) : all.front();
      if (!of_home && all.size() > 1) money.assumed_sign = sign;
      text.replace(at, sign.size(), parts_the_cents(text, at, end) ? "." : " ");
      return true;
    }
  }
  return false;
}

// A code of three letters that stands apart; "12.00EUR" too.
bool take_code(std::string& text, Money& money) {
  for (size_t at = 0; at < text.size();) {
    if (!letter_begins(text, at)) {
      ++at;
      continue;
    }
    size_t end = at + 1;
    while (end < text.size() && (letter_begins(text, end) || (text[end] & 0xC0) == 0x80)) ++end;
    if (is_currency_code(std::string_view(text).substr(at, end - at))) {
      money.currency = upper(std::string_view(text).substr(at, end - at));
      text.replace(at, end - at, " ");
      return true;
    }
    at = end;
  }
  return false;
}

// Splits what is left into the number's characters and words.
struct Parts {
  std::string number;
  std::vector<std::string> words;
};

Parts parts_of(std::string_view text) {
  Parts parts;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) parts.words.push_back(std::exchange(word, {}));
  };
  for (const char c : text) {
    if (is_letter_byte(c) || c == '/' || c == '*' || c == '(' || c == ')' || (c == '.' && !word.empty())) {
      if (c != '(' && c != ')' && c != '*') word += c;
      continue;
    }
    const bool is_after_word = !word.empty() || (!parts.words.empty() && trim(parts.number).empty());
    if (c == ':' && is_after_word) {  // "Preis: 12,00", "Prix : 12,00"
      end_word();
      continue;
    }
    end_word();
    parts.number += c;
  }
  end_word();
  return parts;
}

// "1,29,999" (lakh) and "1.299.000": whether the digits between thousands marks are grouped as people do.
bool grouped(const std::vector<std::string_view>& groups, char mark) {
  if (groups.front().empty() || groups.front().size() > 3 || groups.back().size() != 3) return false;
  const auto middle = [&](size_t size) {
    return std::all_of(groups.begin() + 1, groups.end() - 1,
                       [&](auto group) { return group.size() == size; });
  };
  return middle(3) || (mark == ',' && groups.front().size() <= 2 && middle(2));
}

std::vector<std::string_view> pieces(std::string_view text, std::string_view marks) {
  std::vector<std::string_view> all;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find_first_of(marks, at), text.size());
    all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

std::string without(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text)
    if (marks.find(c) == std::string_view::npos) out += c;
  return out;
}

// Whether the one mark in "1.299" separates thousands. Nothing: it cannot be known.
std::optional<bool> separates_thousands(std::string_view before, std::string_view after, int decimals) {
  if (after.size() != 3 || before.empty() || before.size() > 3 || before == "0") return false;
  if (decimals == 3) return false;
  if (decimals < 0) return std::nullopt;
  return true;
}

// "1.299,00", "1 299.00", "1'299", "19,-" -> "1299.00", ...
Result<std::string> plain_number(std::string_view text, int decimals, std::string_view written) {
  const auto ambiguous = [&](std::string_view why) {
    return money_error(fmt::format("'{}' can be read in two ways: {}", written.substr(0, 40), why),
                       "a price with its currency and two decimals, such as 1299.00 EUR");
  };
  const auto no_price = [&] {
    return money_error(fmt::format("'{}' is not a price", written.substr(0, 40)));
  };
  std::string number(trim(text));
  // "19,-", "19.–", "199:-", "19.-", "19,=": no cents.
  if (number.ends_with('-') || number.ends_with('=')) {
    while (!number.empty() && (number.back() == '-' || number.back() == '=')) number.pop_back();
    if (!number.empty() && (number.back() == ',' || number.back() == '.' || number.back() == ':'))
      number.pop_back();
  }
  number = trim(number);
  while (number.ends_with('.') || number.ends_with(',')) {  // "299 TL.": of the currency's word
    number.pop_back();
    number = trim(number);
  }
  if (number.empty() || !std::all_of(number.begin(), number.end(), [](char c) {
        return is_ascii_digit(c) || c == '.' || c == ',' || c == '\'' || c == ' ';
      }))
    return no_price();

  // The decimals are after the last mark, unless it is a space or an apostrophe.
  const size_t last = number.find_last_of(".,");
  std::string whole = number, cents;
  if (last != std::string::npos) {
    const char mark = number[last];
    const bool once = std::count(number.begin(), number.end(), mark) == 1;
    const bool others = number.find_first_of(mark == '.' ? ", '" : ". '") != std::string::npos;
    std::optional<bool> thousands = !once;
    if (once && !others)
      thousands = separates_thousands(std::string_view(number).substr(0, last),
                                      std::string_view(number).substr(last + 1), decimals);
    if (!thousands) return ambiguous("the mark before three digits may separate thousands or decimals");
    if (!*thousands) {
      whole = number.substr(0, last);
      cents = number.substr(last + 1);
    }
  }
  if (!std::all_of(cents.begin(), cents.end(), is_ascii_digit)) return no_price();
  constexpr std::string_view kThousandsMarks = "., '";
  const size_t first_mark = whole.find_first_of(kThousandsMarks);
  if (first_mark != std::string::npos) {
    const char mark = whole[first_mark];
    if (whole.find_first_of(without(kThousandsMarks, std::string_view(&mark, 1))) != std::string::npos)
      return no_price();
    if (!grouped(pieces(whole, kThousandsMarks), mark)) return no_price();
    whole = without(whole, kThousandsMarks);
  }
  if (whole.empty() && cents.empty()) return no_price();
  return whole + (cents.empty() ? "" : "." + cents);
}

// "zzgl. MwSt.", "plus VAT", "+ IVA": tax comes on top. "zzgl. Versand" is a price with its tax.
bool adds_tax(const std::vector<std::string>& words, std::string_view written) {
  constexpr std::array<std::string_view, 4> kOnTop{"zzgl", "zuzüglich", "plus", "més"};
  constexpr std::array<std::string_view, 16> kTax{"mwst", "ust", "steuer", "vat", "tax", "taxes",
                                                  "gst",  "hst", "sales",  "iva", "tva", "btw",
                                                  "moms", "mva", "dph",    "ндс"};
  const auto bare = [](std::string_view word) {
    while (word.ends_with('.')) word.remove_suffix(1);
    return word;
  };
  for (size_t i = 0; i + 1 < words.size(); ++i)
    if (contains(kOnTop, bare(words[i])) && contains(kTax, bare(words[i + 1]))) return true;
  const size_t plus = written.find('+');
  if (plus == std::string_view::npos || written.find_first_of("0123456789") > plus) return false;
  std::string behind = ascii_lower(written.substr(plus + 1));
  behind.erase(0, behind.find_first_not_of(" 0123456789%.,"));
  return std::any_of(kTax.begin(), kTax.end(), [&](std::string_view tax) { return behind.starts_with(tax); });
}

// Only words that say nothing about which price it is may stand beside it.
Result<Done> check_words(const std::vector<std::string>& words, std::string_view written) {
  if (adds_tax(words, written))
    return money_error(fmt::format("'{}' is a price without tax", written.substr(0, 40)),
                       "the price that the shopper pays");
  for (const auto& word : words) {
    if (const auto parts = split_list(word, "."); parts.size() > 1) {  // "inkl.MwSt."
      if (!check_words(parts, written).ok() && !FeedWords::standard().says(WordList::kPriceNoise, word))
        return check_words(parts, written);
      continue;
    }
    if (FeedWords::standard().says(WordList::kPriceNet, word))
      return money_error(fmt::format("'{}' is a price without tax", written.substr(0, 40)),
                         "the price that the shopper pays");
    if (FeedWords::standard().says(WordList::kPriceFrom, word))
      return money_error(fmt::format("'{}' is the lowest of several prices", written.substr(0, 40)),
                         "the price of this variant");
    if (!FeedWords::standard().says(WordList::kPriceNoise, word))
      return money_error(fmt::format("'{}' is not a price", written.substr(0, 40)));
  }
  return kOk;
}

// A sign that nobody knows may not be passed over: "৳1,299" is not 1,299 of the shop's currency.
Result<Done> check_signs(std::string_view text, std::string_view written) {
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    UChar32 c = 0;
    // NOLINTNEXTLINE(bugprone-inc-dec-in-conditions): a macro of ICU
    U8_NEXT(text.data(), at, static_cast<int32_t>(text.size()), c);
    if (c >= 0 && u_charType(c) == U_CURRENCY_SYMBOL)
      return money_error(fmt::format("the currency's sign in '{}' is not known", written.substr(0, 40)));
  }
  return kOk;
}

// "inkl. 19 % MwSt." -> "inkl. MwSt.": a rate of tax does not belong to the price.
void drop_percentages(std::string& text) {
  for (size_t at = text.find('%'); at != std::string::npos; at = text.find('%')) {
    size_t begin = at;
    while (begin > 0 && text[begin - 1] == ' ') --begin;
    while (begin > 0 && (is_ascii_digit(text[begin - 1]) || text[begin - 1] == ',' || text[begin - 1] == '.'))
      --begin;
    text.erase(begin, at + 1 - begin);
  }
}

// Where a second price begins: "19.90 - 29.90"; npos when there is one price.
size_t range_mark(std::string_view text) {
  for (size_t at = text.find_first_of("-~"); at != std::string_view::npos;
       at = text.find_first_of("-~", at + 1)) {
    const auto digit_in = [](std::string_view part) {
      return std::any_of(part.begin(), part.end(), is_ascii_digit);
    };
    if (digit_in(text.substr(0, at)) && digit_in(text.substr(at + 1))) return at;
  }
  return std::string_view::npos;
}

// "35,74 € (69,90 лв.)": one price in two currencies, as laws ask while one replaces the other. Only
// where one is the shop's own.
std::optional<Money> own_of_two(std::string_view text, std::string_view home) {
  for (const char mark : {'(', '/', '|'}) {
    const size_t at = text.find(mark);
    if (at == std::string_view::npos || at == 0 || at + 1 >= text.size()) continue;
    std::string_view rest = trim(text.substr(at + 1));
    if (mark == '(' && !rest.ends_with(')')) continue;
    if (mark == '(') rest.remove_suffix(1);
    if (rest.find_first_of("(/|") != std::string_view::npos) continue;
    const auto first = parse_money(text.substr(0, at), home), second = parse_money(rest, home);
    if (!first.ok() || !second.ok() || first->currency.empty() || second->currency.empty() ||
        first->currency == second->currency)
      continue;
    for (const auto& money : {*first, *second})
      if (money.currency == home && money.assumed_sign.empty()) return money;
  }
  return std::nullopt;
}

// Adds what a second sign says. "¥299元" names one currency, which both may mean.
Result<Done> agree(Money& money, std::string_view meanings, const Money& again, std::string_view written) {
  if (again.currency == money.currency) return kOk;
  const auto all = split_list(meanings, " ");
  if (std::find(all.begin(), all.end(), again.currency) == all.end())
    return money_error(fmt::format("'{}' names two currencies", written.substr(0, 40)));
  money.currency = again.currency;
  money.assumed_sign.clear();
  return kOk;
}

}  // namespace

double rounded_to_currency(double amount, std::string_view currency) {
  constexpr int kUsual = 2;
  const int decimals = decimals_of(currency);
  const double units = std::pow(10, decimals < 0 ? kUsual : decimals);
  return std::round(amount * units) / units;
}

Result<Money> parse_money(std::string_view written, std::string_view home) {
  written = trim(written);
  std::string text = plain_marks(fold_case(written));
  if (const size_t at = range_mark(text); at != std::string::npos) {
    auto low = parse_money(text.substr(0, at), home), high = parse_money(text.substr(at + 1), home);
    if (!low.ok() || !high.ok() || low->amount != high->amount)
      return money_error(fmt::format("'{}' is a range of prices", written.substr(0, 40)),
                         "the price of this variant");
    return low->currency.empty() ? high : low;
  }
  drop_percentages(text);
  if (auto own = own_of_two(text, home)) return *own;
  Money money;
  const bool by_code = take_code(text, money);
  Money signed_too;  // "US$ 12 USD": the code decides
  std::string_view meanings;
  if (take_sign(text, by_code ? std::string_view(money.currency) : home, signed_too, &meanings) && !by_code)
    money = std::move(signed_too);
  // "₺ 1.299,90 TL" says it twice.
  for (Money again; take_sign(text, money.currency, again);)
    if (!by_code) TRY(agree(money, meanings, again, written));
  TRY(check_signs(text, written));
  const Parts parts = parts_of(text);
  TRY(check_words(parts.words, written));
  const int decimals = decimals_of(money.currency.empty() ? home : std::string_view(money.currency));
  std::string_view number = trim(parts.number);
  const bool negative =
      number.starts_with('-') && number.find_first_of("0123456789") != std::string_view::npos;
  if (negative) return money_error(fmt::format("the price '{}' is negative", written.substr(0, 40)));
  if (number.starts_with('+')) number.remove_prefix(1);
  TRY_ASSIGN(const std::string plain, plain_number(number, decimals, written));
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), money.amount);
  if (error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(money.amount))
    return money_error(fmt::format("'{}' is not a price", written.substr(0, 40)));
  return money;
}

}  // namespace modiste
