#include "serving/query/query_numbers.h"

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "feeds/money.h"
#include "serving/query/query_wearers.h"
#include "vocabulary/size.h"

namespace modiste {
namespace {

using Tokens = std::vector<QueryToken>;
using Kind = QueryToken::Kind;

// An amount of money that begins at a token. count 0: none does.
struct Amount {
  size_t count = 0;
  double value = 0;
  std::string currency;
};

bool is_size(std::string_view text) {
  for (const SizeChart chart : {SizeChart::kWomen, SizeChart::kMen, SizeChart::kShoesWomen,
                                SizeChart::kShoesMen, SizeChart::kKids, SizeChart::kShoesKids})
    if (!parse_sizes(text, chart).empty()) return true;
  return false;
}

// Tokens as written, with what stood between them in the common way.
std::string text_of(const Tokens& tokens, size_t at, size_t count) {
  std::string text;
  for (size_t i = at; i < at + count; ++i)
    text += (i == at || tokens[i].glued ? "" : tokens[i].hyphen ? "-" : " ") + tokens[i].raw;
  return text;
}

class PriceReader {
 public:
  PriceReader(const QueryWords& words, const Tokens& tokens, std::string_view home, std::vector<bool>& used)
      : words_(words), tokens_(tokens), home_(home), used_(used) {}

  QueryPrices read() {
    for (size_t at = 0; at < tokens_.size();) {
      size_t count = used_[at] ? 0 : range_at(at);
      if (count == 0 && !used_[at]) count = limit_at(at);
      if (count == 0 && !used_[at]) count = rough_at(at);
      for (size_t i = at; i < at + count; ++i) used_[i] = true;
      at += std::max<size_t>(1, count);
    }
    if (prices_.min && prices_.max && *prices_.min > *prices_.max) std::swap(prices_.min, prices_.max);
    return prices_;
  }

 private:
  [[nodiscard]] bool is_free(size_t at, size_t count) const {
    if (at + count > tokens_.size()) return false;
    for (size_t i = at; i < at + count; ++i)
      if (used_[i]) return false;
    return true;
  }
  [[nodiscard]] size_t role_at(QueryRole role, size_t at) const {
    return at < tokens_.size() && !used_[at] ? words_.match(role, tokens_, at) : 0;
  }
  [[nodiscard]] bool is_number(size_t at) const {
    return at < tokens_.size() && !used_[at] && tokens_[at].raw.front() >= '0' &&
           tokens_[at].raw.front() <= '9';
  }

  // A number of tokens read as money; count 0 when they are not money.
  [[nodiscard]] Amount money_in(size_t at, size_t count) const {
    if (!is_free(at, count)) return {};
    std::string text;
    double factor = 1;
    for (size_t i = at; i < at + count; ++i) {
      if (const double numeral = i > at ? numeral_factor(tokens_[i].key) : 0; numeral > 0)
        factor *= numeral;
      else
        text += (text.empty() ? "" : " ") + tokens_[i].raw;
    }
    const auto money = parse_money(text, home_);
    if (!money.ok()) return {};
    return {count, money->amount * factor, money->currency};
  }
  // The longest: with sign or code before or after, with a numeral, or the bare number.
  [[nodiscard]] Amount amount_at(size_t at) const {
    if (at >= tokens_.size() || used_[at]) return {};
    const bool bare = is_number(at);
    if ((!bare && !is_number(at + 1)) || is_feet(tokens_[at].raw)) return {};
    Amount best;
    for (size_t count = bare ? 1 : 2; count <= 3; ++count)
      if (Amount amount = money_in(at, count);
          amount.count > 0 &&
          (count == 1 || (count == 2 && !amount.currency.empty()) || has_numeral(at, count)))
        best = std::move(amount);
    if (best.count == 0 && bare) best = with_glued_numeral(at);
    const size_t behind = at + best.count;
    if (best.count == 0 || role_at(QueryRole::kUnit, behind) > 0) return {};
    if (behind < tokens_.size() && tokens_[behind].key == "%") return {};
    return best;
  }
  [[nodiscard]] bool has_numeral(size_t at, size_t count) const {
    for (size_t i = at + 1; i < at + count; ++i)
      if (numeral_factor(tokens_[i].key) > 0) return true;
    return false;
  }
  // "5만원", "2k".
  [[nodiscard]] Amount with_glued_numeral(size_t at) const {
    const std::string& key = tokens_[at].key;
    const size_t digits = key.find_first_not_of("0123456789");
    if (digits == std::string::npos) return {};
    for (size_t bytes = key.size() - digits; bytes > 0; --bytes) {
      const double factor = numeral_factor(key.substr(digits, bytes));
      if (factor == 0) continue;
      const auto money = parse_money(key.substr(0, digits) + " " + key.substr(digits + bytes), home_);
      if (money.ok()) return {1, money->amount * factor, money->currency};
    }
    return {};
  }

  // "5'4": feet and inches; "1'299" are thousands.
  [[nodiscard]] static bool is_feet(std::string_view raw) {
    constexpr size_t kThousands = 3;
    const size_t mark = raw.find('\'');
    return mark != std::string_view::npos && raw.size() - mark - 1 < kThousands;
  }

  // "For women over 50": behind who wears it, a number is an age unless a currency stands beside it. It
  // limits nothing.
  [[nodiscard]] bool is_age(const Amount& amount, size_t at) const {
    constexpr double kAgeMin = 18, kAgeMax = 99;
    if (!amount.currency.empty() || amount.value < kAgeMin || amount.value > kAgeMax) return false;
    return at > 0 && wearer_of_word(tokens_[at - 1].key) != Wearer::kNobody;
  }

  void note_currency(const Amount& amount) {
    if (prices_.currency.empty()) prices_.currency = amount.currency;
  }

  // "between 20 and 40", "20-40 €", "von 20 bis 40 Euro". Returns the number of tokens; 0: no range.
  size_t range_at(size_t at) {
    const size_t between = role_at(QueryRole::kBetween, at);
    const Amount low = amount_at(at + between);
    if (low.count == 0) return 0;
    const size_t behind = at + between + low.count;
    if (behind >= tokens_.size()) return 0;
    const size_t to = role_at(QueryRole::kTo, behind);
    if (to == 0 && !tokens_[behind].hyphen) return 0;
    const Amount high = amount_at(behind + to);
    if (high.count == 0) return 0;
    const size_t end = behind + to + high.count;
    const size_t after = role_at(QueryRole::kBetween, end);  // "20-40 arası"
    const bool says_money = between + after > 0 || !low.currency.empty() || !high.currency.empty();
    if (!says_money && (low.value >= high.value || may_be_a_size(at, end))) return 0;
    prices_.min = low.value;
    prices_.max = high.value;
    note_currency(high);
    note_currency(low);
    return end + after - at;
  }

  // "36-38", "32-34" and "5-6" may be sizes as well as prices; "30-60" cannot be one.
  [[nodiscard]] bool may_be_a_size(size_t at, size_t end) const {
    return (at > 0 && words_.match(QueryRole::kSize, tokens_, at - 1) > 0) ||
           is_size(text_of(tokens_, at, 1) + "-" + text_of(tokens_, end - 1, 1));
  }

  // "around 50", "~50", "50 or so", "50 euro". Returns the number of tokens; 0: no price that is meant
  // roughly.
  size_t rough_at(size_t at) {
    constexpr double kRoughly = 0.25;  // a choice: around 60 is from 45 to 75
    const size_t before = tokens_[at].key == kRoughlySign ? 1 : role_at(QueryRole::kAround, at);
    const Amount amount = amount_at(at + before);
    if (amount.count == 0 || (at > 0 && words_.match(QueryRole::kSize, tokens_, at - 1) > 0)) return 0;
    const size_t end = at + before + amount.count;
    const size_t after = role_at(QueryRole::kAroundAfter, end);
    if (before + after == 0 && amount.currency.empty()) return 0;  // "501" may be a name
    prices_.min = (1 - kRoughly) * amount.value;
    prices_.max = (1 + kRoughly) * amount.value;
    note_currency(amount);
    return end + after - at;
  }

  // "under 50", "50 € or less", "5000円以下", "< 50". Returns the number of tokens; 0: no limit.
  size_t limit_at(size_t at) {
    const auto is_sign = [&](std::string_view a, std::string_view b) {
      return tokens_[at].key == a || tokens_[at].key == b;
    };
    const size_t below = is_sign("<", "≤") ? 1 : role_at(QueryRole::kBelow, at);
    const size_t above = is_sign(">", "≥") ? 1 : role_at(QueryRole::kAbove, at);
    if (const size_t word = std::max(below, above); word > 0) {
      const Amount amount = amount_at(at + word);
      if (amount.count == 0) return 0;
      if (above > below && is_age(amount, at)) return word + amount.count;
      set(below >= above ? prices_.max : prices_.min, amount);
      const size_t end = at + word + amount.count;  // "ab 50 aufwärts"
      return end - at + std::max(role_at(QueryRole::kBelowAfter, end), role_at(QueryRole::kAboveAfter, end));
    }
    const Amount amount = amount_at(at);
    if (amount.count == 0) return 0;
    const size_t end = at + amount.count;
    const size_t below_after = role_at(QueryRole::kBelowAfter, end);
    size_t above_after = role_at(QueryRole::kAboveAfter, end);
    if (end < tokens_.size() && tokens_[end].key == "+" && !amount.currency.empty()) above_after = 1;
    if (below_after == 0 && above_after == 0) return 0;
    if (above_after > below_after && is_age(amount, at)) return amount.count + above_after;
    set(below_after > 0 ? prices_.max : prices_.min, amount);
    return amount.count + std::max(below_after, above_after);
  }
  void set(std::optional<double>& limit, const Amount& amount) {
    limit = amount.value;
    note_currency(amount);
  }

  const QueryWords& words_;
  const Tokens& tokens_;
  const std::string_view home_;
  std::vector<bool>& used_;
  QueryPrices prices_;
};

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

constexpr std::array<std::string_view, 6> kSizeCountries{"eu", "uk", "us", "fr", "jp", "au"};
// Letters that are nothing but a size. S, M and L alone may be initials: they need a word before them.
constexpr std::array<std::string_view, 17> kSizeLetters{"xxs", "xs",  "xl",  "xxl", "xxxl", "2xl",
                                                        "3xl", "4xl", "5xl", "2xs", "6xl",  "1x",
                                                        "2x",  "3x",  "4x",  "5x",  "6x"};
// Words for letters that may stand before "size". Other languages' mean something else there: a French
// "grande taille" does not mean L.
constexpr std::array<std::string_view, 5> kSizeAdjectives{"small", "medium", "large", "xsmall", "xlarge"};

constexpr std::array<std::string_view, 5> kPlusRange{"XL", "2XL", "3XL", "4XL", "5XL"};

bool is_one_of_system(std::string_view text, SizeChart chart, SizeSystem system) {
  const auto sizes = parse_sizes(text, chart);
  return !sizes.empty() && all_sizes()[sizes.front()].system == system;
}

// The sizes of a query, from left to right.
class SizeReader {
 public:
  SizeReader(const QueryWords& words, const Tokens& tokens, std::vector<bool>& used)
      : words_(words), tokens_(tokens), used_(used) {
    for (size_t at = 0; at < tokens.size(); ++at) {
      names_child_ = names_child_ || wearer_of_word(tokens[at].key) == Wearer::kChild;
      names_bra_ = names_bra_ || words.match(QueryRole::kBra, tokens, at) > 0;
    }
  }

  std::vector<std::string> read() {
    for (size_t at = 0; at < tokens_.size(); ++at)
      if (!used_[at] && !read_plus(at) && !read_beside_word(at)) read_form(at);
    return std::move(sizes_);
  }

 private:
  void use(size_t at, size_t count) {
    for (size_t i = at; i < at + count; ++i) used_[i] = true;
  }
  void take(size_t at, size_t count) {
    sizes_.push_back(text_of(tokens_, at, count));
    use(at, count);
  }
  // The longest size that begins here.
  [[nodiscard]] size_t size_at(size_t at) const {
    constexpr size_t kSizeTokensMax = 4;
    for (size_t count = std::min(kSizeTokensMax, tokens_.size() - std::min(at, tokens_.size())); count > 0;
         --count)
      if (is_size(text_of(tokens_, at, count))) return count;
    return 0;
  }

  // "plus size", "robe grande taille": all from XL on.
  bool read_plus(size_t at) {
    const size_t count = words_.match(QueryRole::kPlusSize, tokens_, at);
    const bool is_cut = at + count < tokens_.size() && tokens_[at + count].key == "fit";  // "curvy fit"
    if (count == 0 || is_cut) return false;
    sizes_.insert(sizes_.end(), kPlusRange.begin(), kPlusRange.end());
    use(at, count);
    return true;
  }

  // "size 38", "Mサイズ". True where the word stands, with or without a size.
  bool read_beside_word(size_t at) {
    const size_t word = words_.match(QueryRole::kSize, tokens_, at);
    if (word == 0) return false;
    size_t from = at + word;
    if (from < tokens_.size() && size_at(from) == 0 && words_.match(QueryRole::kFiller, tokens_, from) == 1)
      ++from;
    if (const size_t count = size_at(from); count > 0) {
      take(from, count);
      use(at, word);
    } else if (at > 0 && !used_[at - 1] && may_stand_before(tokens_[at - 1])) {
      take(at - 1, 1);
      use(at, word);
    }
    return true;
  }
  [[nodiscard]] static bool may_stand_before(const QueryToken& token) {
    constexpr size_t kLettersMax = 4;
    return is_size(token.raw) &&
           (has_digit(token.raw) || token.raw.size() <= kLettersMax || contains(kSizeAdjectives, token.key));
  }

  // What says by its form that it is a size.
  void read_form(size_t at) {
    const std::string& key = tokens_[at].key;
    if (contains(kSizeLetters, key)) {
      take(at, 1);
    } else if (contains(kSizeCountries, key) && at + 1 < tokens_.size() && has_digit(tokens_[at + 1].raw) &&
               is_size(text_of(tokens_, at, 2))) {
      take(at, 2);
    } else if ((key == "s" || key == "m" || key == "l") && at > 0 &&
               words_.match(QueryRole::kFiller, tokens_, at - 1) == 1 && !tokens_[at].glued) {
      take(at, 1);
    } else if (key.size() > 1 && key.front() == 'w' && has_digit(key) && is_size(text_of(tokens_, at, 1))) {
      take(at, size_at(at));
    } else if (const size_t count = child_size_at(at); count > 0) {
      take(at, count);
    } else if (is_waist_and_length(key) || is_bra(key)) {
      take(at, 1);
    } else if (at + 1 < tokens_.size() && !used_[at + 1] && tokens_[at + 1].slash &&
               is_waist_and_length(key + "x" + tokens_[at + 1].key)) {  // "32/34"
      sizes_.push_back(key + "/" + tokens_[at + 1].key);
      use(at, 2);
    }
  }

  // "5-6 years", "8 ans", "2T"; "104 cm" where a child is named. The number of tokens.
  [[nodiscard]] size_t child_size_at(size_t at) const {
    if (tokens_[at].key.empty() || !has_digit(tokens_[at].key.substr(0, 1)) || is_limited(at)) return 0;
    const auto is_child_size = [&](size_t count) {
      const std::string text = text_of(tokens_, at, count);
      return is_one_of_system(text, SizeChart::kKids, SizeSystem::kAge) ||
             (names_child_ && is_one_of_system(text, SizeChart::kKids, SizeSystem::kHeight));
    };
    if (tokens_[at].kind == Kind::kWord) {  // "2t", "18m", "104cm"
      const char last = tokens_[at].key.back();
      return (names_child_ || last == 't' || last == 'y') && is_child_size(1) ? 1 : 0;
    }
    for (const size_t unit_at : {at + 2, at + 1}) {
      if (unit_at >= tokens_.size() || words_.match(QueryRole::kUnit, tokens_, unit_at) == 0) continue;
      if (unit_at == at + 2 && !(tokens_[at + 1].hyphen && tokens_[at + 1].kind == Kind::kNumber)) continue;
      if (is_child_size(unit_at + 1 - at)) return unit_at + 1 - at;
    }
    return 0;
  }
  // "Under 8 years".
  [[nodiscard]] bool is_limited(size_t at) const {
    return at > 0 && (words_.match(QueryRole::kBelow, tokens_, at - 1) > 0 ||
                      words_.match(QueryRole::kAbove, tokens_, at - 1) > 0);
  }

  // "32x34".
  [[nodiscard]] static bool is_waist_and_length(const std::string& key) {
    constexpr size_t kBytes = 5, kCross = 2;
    return key.size() == kBytes && key[kCross] == 'x' && has_digit(key.substr(0, 1)) &&
           is_one_of_system(key, SizeChart::kMen, SizeSystem::kWaistLength);
  }
  // "75B", "34DD".
  [[nodiscard]] bool is_bra(const std::string& key) const {
    const size_t cup = key.find_first_not_of("0123456789");
    if (cup == std::string::npos || cup < 2 || !is_one_of_system(key, SizeChart::kWomen, SizeSystem::kBra))
      return false;
    const std::string_view letters = std::string_view(key).substr(cup);  // "40D" of tights, "50g"
    return names_bra_ || (letters != "d" && letters != "g" && letters != "k");
  }

  const QueryWords& words_;
  const Tokens& tokens_;
  std::vector<bool>& used_;
  std::vector<std::string> sizes_;
  bool names_child_ = false, names_bra_ = false;
};

}  // namespace

QueryPrices read_prices(const QueryWords& words, const std::vector<QueryToken>& tokens, std::string_view home,
                        std::vector<bool>& used) {
  return PriceReader(words, tokens, home, used).read();
}

std::vector<std::string> read_query_sizes(const QueryWords& words, const std::vector<QueryToken>& tokens,
                                          std::vector<bool>& used) {
  return SizeReader(words, tokens, used).read();
}

}  // namespace modiste
