#include "feeds/feed_text.h"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "feeds/html_entities.h"

namespace modiste {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void append_utf8(std::string& out, uint32_t code) {
  constexpr uint32_t kReplacement = 0xFFFD;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  char bytes[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code);
  out.append(bytes, static_cast<size_t>(length));
}

// name: between "&" and ";". False when it is not an entity.
bool append_entity(std::string& out, std::string_view name) {
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return false;
    append_utf8(out, code);
    return true;
  }
  const auto* found = std::find_if(kHtmlEntities.begin(), kHtmlEntities.end(),
                                   [&](const HtmlEntity& entity) { return entity.name == name; });
  if (found == kHtmlEntities.end()) return false;
  out += found->text;
  return true;
}

bool ends_block(std::string_view tag) {
  static constexpr std::array<std::string_view, 16> kBlocks{
      "p",  "br", "li", "ul", "ol", "div", "tr",         "table",
      "h1", "h2", "h3", "h4", "h5", "h6",  "blockquote", "section"};
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

// "<br />" -> "br"; empty when it is not a tag but a lone "<".
std::string tag_name(std::string_view from_bracket) {
  size_t at = 1;
  if (at < from_bracket.size() && from_bracket[at] == '/') ++at;
  size_t end = at;
  while (end < from_bracket.size() && (is_letter(from_bracket[end]) || is_digit(from_bracket[end]))) ++end;
  if (end == at || !is_letter(from_bracket[at])) return "";
  return ascii_lower(from_bracket.substr(at, end - at));
}

// Past the tag, comment, or script that begins at html[at] == '<'; at itself when it is text.
size_t skip_tag(std::string_view html, size_t at, std::string& out) {
  const std::string_view rest = html.substr(at);
  if (rest.starts_with("<!--")) {
    const size_t end = rest.find("-->");
    return end == std::string_view::npos ? html.size() : at + end + 3;
  }
  if (rest.starts_with("<!") || rest.starts_with("<?")) {
    const size_t end = rest.find('>');
    return end == std::string_view::npos ? html.size() : at + end + 1;
  }
  const std::string name = tag_name(rest);
  if (name.empty()) return at;
  if (ends_block(name)) out += '\n';
  const size_t end = rest.find('>');
  if (end == std::string_view::npos) return html.size();
  const bool opens_code = (name == "script" || name == "style") && rest[1] != '/';
  if (!opens_code) return at + end + 1;
  const size_t close = html.find("</" + name, at);
  return close == std::string_view::npos ? html.size() : close;
}

// Runs of spaces become one, runs of line ends one, none at the ends.
std::string collapse(std::string_view text) {
  std::string out;
  bool space = false, line = false;
  for (const char c : text) {
    if (kSpace.find(c) != std::string_view::npos) {
      (c == '\n' ? line : space) = true;
      continue;
    }
    if (!out.empty() && (line || space)) out += line ? '\n' : ' ';
    space = line = false;
    out += c;
  }
  return out;
}

struct CurrencySign {
  std::string_view sign, code;
};
constexpr std::array kCurrencySigns{CurrencySign{"US$", "USD"}, CurrencySign{"$", "USD"},
                                    CurrencySign{"€", "EUR"},   CurrencySign{"£", "GBP"},
                                    CurrencySign{"¥", "JPY"},   CurrencySign{"₹", "INR"},
                                    CurrencySign{"zł", "PLN"},  CurrencySign{"kr", "SEK"}};

// "1.299,00" and "1,299.00" -> "1299.00"; a single comma before other than three digits is a decimal point.
std::string plain_number(std::string_view text) {
  const size_t comma = text.rfind(','), point = text.rfind('.');
  char decimal = '.';
  if (comma != std::string_view::npos &&
      (point == std::string_view::npos ? text.size() - comma != 4 : comma > point))
    decimal = ',';
  std::string out;
  for (const char c : text) {
    if (c == decimal)
      out += '.';
    else if (c != ',' && c != '.' && c != ' ' && c != '\'')
      out += c;
  }
  return out;
}

}  // namespace

std::string resolve_entities(std::string_view text) {
  constexpr size_t kNameMax = 10;
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&') {
      const size_t length = text.substr(i + 1, kNameMax).find(';');
      if (length != std::string_view::npos && append_entity(out, text.substr(i + 1, length))) {
        i += length + 1;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string html_to_text(std::string_view html) {
  std::string out;
  for (size_t i = 0; i < html.size();) {
    const size_t next = html[i] == '<' ? skip_tag(html, i, out) : i;
    if (next > i) {
      i = next;
      continue;
    }
    // A line end in the source is a space in HTML.
    out += html[i] == '\n' || html[i] == '\r' ? ' ' : html[i];
    ++i;
  }
  return collapse(resolve_entities(out));
}

Result<Money> parse_money(std::string_view text) {
  const auto wrong = [&](std::string what) {
    return Error{Code::kInvalid, std::move(what), "", "a price such as 12.00 USD"};
  };
  std::string rest(trim(text));
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  for (size_t at = rest.find(kNoBreakSpace); at != std::string::npos; at = rest.find(kNoBreakSpace))
    rest.erase(at, kNoBreakSpace.size());
  Money money;
  for (const auto& [sign, code] : kCurrencySigns)
    if (const size_t at = rest.find(sign); at != std::string::npos && money.currency.empty()) {
      money.currency = code;
      rest.erase(at, sign.size());
    }
  std::string letters, digits;
  for (const char c : rest) (is_letter(c) ? letters : digits) += c;
  if (!letters.empty()) {
    if (letters.size() != 3 || letters == "NaN" || ascii_lower(letters) == "nan" ||
        ascii_lower(letters) == "inf")
      return wrong(fmt::format("'{}' is not a price", text.substr(0, 40)));
    money.currency = letters;
    std::transform(letters.begin(), letters.end(), money.currency.begin(),
                   [](char c) { return static_cast<char>(c & ~0x20); });
  }
  const std::string number = plain_number(trim(digits));
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), money.amount);
  if (number.empty() || error != std::errc() || end != number.data() + number.size() ||
      !std::isfinite(money.amount))
    return wrong(fmt::format("'{}' is not a price", text.substr(0, 40)));
  if (money.amount < 0) return wrong(fmt::format("the price {} is negative", money.amount));
  return money;
}

Result<std::optional<int>> parse_stock(std::string_view text) {
  if (trim(text).empty()) return std::optional<int>();
  const std::string number(trim(text));
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  constexpr double kStockMax = 1e9;
  if (error != std::errc() || end != number.data() + number.size() || !(value <= kStockMax))
    return Error{Code::kInvalid, fmt::format("'{}' is not a stock", number.substr(0, 40)), "",
                 "a number of pieces up to 1e9"};
  return std::optional<int>(value < 0 ? 0 : static_cast<int>(value));
}

void add_image(Garment& garment, std::string_view url, std::string_view colour) {
  if (url.empty() || garment.images.size() >= kImagesMax) return;
  for (const auto& image : garment.images)
    if (image.url == url && image.colour == colour) return;
  garment.images.push_back({std::string(url), std::string(colour)});
}

void add_attribute(Garment& garment, const std::string& name, std::string_view value) {
  if (name.empty() || value.empty()) return;
  auto& values = garment.supplier_attributes[name];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.emplace_back(value);
}

}  // namespace modiste
