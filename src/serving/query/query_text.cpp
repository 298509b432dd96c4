#include "serving/query/query_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/contains.h"
#include "feeds/currency_signs.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

using Kind = QueryToken::Kind;

std::string key_of(std::string_view raw) {
  const auto words = words_of(raw);
  return words.empty() ? folded(raw) : join_words(words, 0, words.size());
}

// The character at `at`; moves `at` behind it. 0 for an invalid byte.
UChar32 next_of(std::string_view text, size_t& at) {
  UChar32 c = 0;
  auto i = static_cast<int32_t>(at);
  U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()),
          c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
  at = static_cast<size_t>(i);
  return c < 0 ? 0 : c;
}

bool is_apostrophe_sign(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x2BC; }
bool is_dash(UChar32 c) {
  return u_charType(c) == U_DASH_PUNCTUATION || c == '~' || c == 0x301C || c == 0xFF5E;
}
bool is_mark(UChar32 c) {
  return u_charType(c) == U_CURRENCY_SYMBOL || c == '<' || c == '>' || c == 0x2264 || c == 0x2265 ||
         c == '%' || c == '+' || c == '&';
}
// "~60" is roughly 60, "30~60" and "30 ~60" are ranges.
bool is_roughly(UChar32 c, std::string_view behind, const std::vector<QueryToken>& before) {
  if (c == 0x2248) return true;
  if (c != '~' && c != 0x301C && c != 0xFF5E) return false;
  size_t at = 0;
  const UChar32 next = behind.empty() ? 0 : next_of(behind, at);
  return (u_isdigit(next) != 0 || u_charType(next) == U_CURRENCY_SYMBOL) &&
         (before.empty() || before.back().kind != Kind::kNumber);
}
// What "-red" refuses: the sign stands behind a space and before a letter. "Damen-Kleid" and "red - blue"
// have another.
bool is_minus(UChar32 c, std::string_view before, std::string_view behind) {
  if (c != '-' && c != 0x2212 && c != 0x2013) return false;
  size_t at = 0;
  const UChar32 next = behind.empty() ? 0 : next_of(behind, at);
  return u_isalpha(next) != 0 && !before.empty() && before.back() == ' ';
}
bool is_letter(UChar32 c) {
  const auto type = u_charType(c);
  return u_isalpha(c) != 0 || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || c == 0x30FC;
}

// Scripts that set no spaces between words: kana, Han, Thai.
bool is_unspaced(UChar32 c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x0E00 && c <= 0x0E7F);
}

size_t letters_of(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0U) != 0x80U; }));
}

constexpr std::array<std::pair<std::string_view, double>, 6> kNumerals{
    {{"万", 1e4}, {"萬", 1e4}, {"만", 1e4}, {"千", 1e3}, {"천", 1e3}, {"k", 1e3}}};

// Digits with marks between them: "1.299,00", "49.99".
size_t number_end(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
    ++end;
    const bool more = end + 1 < text.size() && text[end + 1] >= '0' && text[end + 1] <= '9';
    if (more && (text[end] == '.' || text[end] == ',' || text[end] == '\'')) ++end;
  }
  return end;
}

// The end of a run of letters and digits, with apostrophes inside. ASCII and letters of unspaced scripts are
// not of one run: "Mサイズ", "5000円".
size_t run_end(std::string_view text, size_t at, bool& unspaced) {
  size_t end = at;
  unspaced = false;
  for (bool first = true; end < text.size(); first = false) {
    size_t next = end;
    const UChar32 c = next_of(text, next);
    if (is_apostrophe_sign(c) && !first && next < text.size()) {
      size_t behind = next;
      if (!is_letter(next_of(text, behind))) break;
    } else if (!is_letter(c) && u_isdigit(c) == 0) {
      break;
    }
    if (first) unspaced = is_unspaced(c);
    if (is_unspaced(c) != unspaced) break;
    end = next;
  }
  return end;
}

// Words of the other roles say what the garment is like, in whichever language stands around them.
bool tells_language(QueryRole role) {
  constexpr std::array kOfGarments{QueryRole::kCommon,   QueryRole::kUnit,  QueryRole::kWeather,
                                   QueryRole::kPlusSize, QueryRole::kBra,   QueryRole::kStone,
                                   QueryRole::kLong,     QueryRole::kShort, QueryRole::kOver};
  return !contains(kOfGarments, role);
}

}  // namespace

double numeral_factor(std::string_view key) {
  for (const auto& [letters, factor] : kNumerals)
    if (key == letters) return factor;
  return 0;
}

QueryWords::QueryWords() {
  for (size_t id = 0; id < languages().size(); ++id)
    for (size_t role = 0; role < kQueryRoles; ++role)
      for (const auto& phrase : languages()[id].query[role])
        add(static_cast<QueryRole>(role), static_cast<LanguageId>(id), phrase);
  for (size_t id = 0; id < languages().size(); ++id)
    for (const auto& person : languages()[id].persons) add_person(person, static_cast<LanguageId>(id));
}

void QueryWords::add_person(const LanguageWord& person, LanguageId language) {
  std::string joined;
  Person one{person.term, language};
  for (const auto& token : tokens_of(person.phrase)) {
    joined += (joined.empty() ? "" : " ") + token.key;
    single_[token.key] |= 1U << language;
    ++one.count;
  }
  if (languages()[language].unspaced)
    persons_inside_.emplace_back(key_of(person.phrase), one);
  else
    persons_.emplace(joined, one);
  phrase_tokens_max_ = std::max(phrase_tokens_max_, one.count);
}

// The languages in which the longest phrase from `at` has the role, and its tokens.
uint32_t QueryWords::languages_at(QueryRole role, const std::vector<QueryToken>& tokens, size_t at,
                                  size_t& count) const {
  count = match(role, tokens, at);
  std::string joined;
  for (size_t i = 0; i < count; ++i) joined += (i == 0 ? "" : " ") + tokens[at + i].key;
  return count == 0 ? 0 : languages_of(role, joined);
}

std::optional<QueryWords::Person> QueryWords::person_at(const std::vector<QueryToken>& tokens,
                                                        size_t at) const {
  size_t count = 0, end = at, words = 0;
  uint32_t speakers = languages_at(QueryRole::kFor, tokens, at, count);
  const bool self = count == 0;
  if (self) speakers = languages_at(QueryRole::kAm, tokens, at, count);
  end += count;
  std::optional<Person> longest;
  // The one that ends last; of these the longest phrase: "mia ragazza" is a girlfriend, "ragazza" a girl.
  const auto look = [&] {
    std::string joined;
    for (size_t n = 1; n <= phrase_tokens_max_ && end + n <= tokens.size(); ++n) {
      joined += (n == 1 ? "" : " ") + tokens[end + n - 1].key;
      const auto [first, last] = persons_.equal_range(joined);
      for (auto found = first; found != last; ++found) {
        const Person& person = found->second;
        const bool needs_for =
            !languages()[person.language].query[static_cast<size_t>(QueryRole::kFor)].empty();
        if (needs_for ? (speakers >> person.language & 1U) == 0 : end != at) continue;
        const size_t taken = end + n - at;
        if (longest && (taken < longest->count || (taken == longest->count && n < words))) continue;
        longest = Person{person.department, person.language, taken, self && count > 0};
        words = n;
      }
    }
  };
  look();
  while (end < tokens.size()) {  // "for my dear"
    size_t whose = 0;
    const uint32_t mask = languages_at(QueryRole::kWhose, tokens, end, whose);
    if (whose == 0) break;
    speakers = end == at ? mask : speakers & mask;
    end += whose;
    look();
  }
  return longest || end != at ? longest : person_inside(tokens[at]);
}

std::optional<QueryWords::Person> QueryWords::person_inside(const QueryToken& token) const {
  for (const auto& [letters, person] : persons_inside_)
    if (token.key.find(letters) != std::string::npos) return Person{person.department, person.language, 1};
  return std::nullopt;
}

void QueryWords::add(QueryRole role, LanguageId language, std::string_view phrase) {
  if (role == QueryRole::kNegationSuffix) {
    suffixes_.push_back({key_of(phrase), language});
    return;
  }
  if (role == QueryRole::kEnding && !languages()[language].unspaced) {
    endings_.push_back({key_of(phrase), language});
    return;
  }
  if (role == QueryRole::kNegationPrefix) prefixes_.push_back({key_of(phrase), language});
  std::string joined;
  size_t count = 0;
  for (const auto& token : tokens_of(phrase)) {
    joined += (joined.empty() ? "" : " ") + token.key;
    if (tells_language(role)) single_[token.key] |= 1U << language;
    ++count;
  }
  if (count == 0) return;
  phrase_tokens_max_ = std::max(phrase_tokens_max_, count);
  phrases_[joined][static_cast<size_t>(role)] |= 1U << language;
  // A stone is read in a word of the draft, which may go on behind it.
  if (count == 1 && languages()[language].unspaced && role != QueryRole::kStone) {
    const bool short_one = letters_of(joined) < (role == QueryRole::kFiller   ? 3U
                                                 : role == QueryRole::kEnding ? 1U
                                                                              : 2U);
    pieces_[joined] = pieces_[joined] || !short_one;
    piece_bytes_max_ = std::max(piece_bytes_max_, joined.size());
  }
}

// How many bytes from the begin of an unspaced run are a word of the lists or, behind a number, a currency.
size_t QueryWords::piece_at(std::string_view run, bool after_number) const {
  for (size_t bytes = std::min(piece_bytes_max_, run.size()); bytes > 0; --bytes) {
    const auto piece = pieces_.find(std::string(run.substr(0, bytes)));
    if (piece != pieces_.end() && (piece->second || after_number)) return bytes;
  }
  if (after_number)
    for (const auto& [letters, factor] : kNumerals)
      if (run.starts_with(letters)) return letters.size();
  if (after_number)
    for (const auto& sign : kCurrencySigns)
      if (static_cast<uint8_t>(sign.sign.front()) >= 0x80U && run.starts_with(sign.sign))
        return sign.sign.size();
  return 0;
}

void QueryWords::split_run(std::string_view run, bool after_number, std::vector<QueryToken>& tokens) const {
  const auto put = [&](std::string_view raw) {
    if (raw.empty()) return;
    QueryToken token{std::string(raw), key_of(raw)};
    token.glued = true;
    tokens.push_back(std::move(token));
  };
  size_t begin = 0;
  bool numeric = after_number;
  for (size_t at = 0; at < run.size();) {
    const size_t bytes = piece_at(run.substr(at), numeric);
    numeric = numeric && numeral_factor(run.substr(at, bytes)) > 0;
    if (bytes > 0) {
      put(run.substr(begin, at - begin));
      put(run.substr(at, bytes));
      begin = at = at + bytes;
    } else {
      next_of(run, at);
    }
  }
  put(run.substr(begin));
}

std::vector<QueryToken> QueryWords::tokens_of(std::string_view query) const {
  std::vector<QueryToken> tokens;
  bool glued = false, hyphen = false, comma = false, slash = false;
  for (size_t at = 0; at < query.size();) {
    size_t next = at;
    const UChar32 c = next_of(query, next);
    const size_t first = tokens.size();
    if (c < 0x80 && u_isdigit(c) != 0) {
      next = number_end(query, at);
      bool unspaced = false;
      const size_t end = run_end(query, at, unspaced);
      const bool is_word = end > next && query.substr(at, next - at).find_first_not_of("0123456789") ==
                                             std::string_view::npos;  // "2xl", "50eur"
      if (is_word) next = end;
      const auto raw = query.substr(at, next - at);
      tokens.push_back({std::string(raw), key_of(raw), is_word ? Kind::kWord : Kind::kNumber});
    } else if (is_letter(c)) {
      bool unspaced = false;
      next = std::max(next, run_end(query, at, unspaced));
      const auto raw = query.substr(at, next - at);
      if (unspaced)
        split_run(raw, glued && !tokens.empty() && tokens.back().kind == Kind::kNumber, tokens);
      else
        tokens.push_back({std::string(raw), key_of(raw)});
    } else if (is_roughly(c, query.substr(next), tokens)) {
      tokens.push_back({std::string(kRoughlySign), std::string(kRoughlySign), Kind::kSign});
    } else if (is_minus(c, query.substr(0, at), query.substr(next))) {
      tokens.push_back({std::string(kMinusSign), std::string(kMinusSign), Kind::kSign});
    } else if (is_mark(c)) {
      const auto raw = query.substr(at, next - at);
      tokens.push_back({std::string(raw), folded(raw), Kind::kSign});
    } else {
      hyphen = hyphen || is_dash(c);
      slash = c == '/' && glued;
      comma = comma || c == ',' || c == ';' || c == '/' || c == 0x3001 || c == 0xFF0C;
      glued = false;
    }
    if (tokens.size() > first) {
      tokens[first].glued = glued && first > 0;
      tokens[first].hyphen = hyphen && first > 0;
      tokens[first].comma = comma && first > 0;
      tokens[first].slash = slash && first > 0;
      glued = true;
      hyphen = comma = slash = false;
    }
    at = next;
  }
  return tokens;
}

size_t QueryWords::match(QueryRole role, const std::vector<QueryToken>& tokens, size_t at) const {
  size_t longest = 0;
  std::string joined;
  for (size_t count = 1; count <= phrase_tokens_max_ && at + count <= tokens.size(); ++count) {
    joined += (count == 1 ? "" : " ") + tokens[at + count - 1].key;
    const auto found = phrases_.find(joined);
    if (found != phrases_.end() && found->second[static_cast<size_t>(role)] != 0) longest = count;
  }
  return longest;
}

bool QueryWords::is_but(const std::vector<QueryToken>& tokens, size_t at,
                        const LanguageWeights& weights) const {
  const uint32_t speakers = languages_of(QueryRole::kBut, tokens[at].key);
  if (speakers == 0 || at == 0 || at + 1 == tokens.size()) return false;
  for (size_t begin = at - std::min(at, phrase_tokens_max_ - 1); begin < at; ++begin)  // "anything but black"
    if (begin + match(QueryRole::kNegation, tokens, begin) > at) return false;
  const float leading = *std::max_element(weights.begin(), weights.end());
  for (size_t id = 0; id < weights.size(); ++id)
    if ((speakers >> id & 1U) != 0 && weights[id] >= leading) return true;
  return false;
}

uint32_t QueryWords::languages_of(QueryRole role, const std::string& key) const {
  const auto found = phrases_.find(key);
  return found == phrases_.end() ? 0 : found->second[static_cast<size_t>(role)];
}

}  // namespace modiste
