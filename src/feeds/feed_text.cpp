#include "feeds/feed_text.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/contains.h"
#include "base/json.h"
#include "catalog/garment_attributes.h"
#include "feeds/html_entities.h"

namespace modiste {
namespace {

constexpr std::string_view kCdata = "<![CDATA[", kCdataEnd = "]]>";
constexpr std::string_view kSpace = " \t\r\n\f\v";

constexpr int kEscapesMax = 4;  // how often a text may have been escaped

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

// HTML reads numbers 128 to 159 as the characters of windows-1252: "&#146;" is an apostrophe.
uint32_t of_windows_1252(uint32_t code) {
  static constexpr std::array<uint16_t, 32> kCharacters{
      0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
      0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  return code >= 0x80 && code < 0xA0 ? kCharacters[code - 0x80] : code;
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
    append_utf8(out, of_windows_1252(code));
    return true;
  }
  const auto* found = std::find_if(kHtmlEntities.begin(), kHtmlEntities.end(),
                                   [&](const HtmlEntity& entity) { return entity.name == name; });
  if (found == kHtmlEntities.end()) return false;
  out += found->text;
  return true;
}

bool ends_block(std::string_view tag) {
  static constexpr std::array<std::string_view, 18> kBlocks{
      "p",  "br", "li", "ul", "ol", "div", "tr", "table",      "dt",
      "dd", "h1", "h2", "h3", "h4", "h5",  "h6", "blockquote", "section"};
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

// Where the tag that begins at rest[0] ends, past its '>'; npos when it does not. A '>' within quotes is text
// of an attribute.
size_t tag_end(std::string_view rest) {
  char quote = 0;
  for (size_t i = 1; i < rest.size(); ++i) {
    if (quote != 0) {
      if (rest[i] == quote) quote = 0;
    } else if ((rest[i] == '"' || rest[i] == '\'') && rest[i - 1] == '=' &&
               rest.find(rest[i], i + 1) != std::string_view::npos) {
      quote = rest[i];
    } else if (rest[i] == '>') {
      return i + 1;
    } else if (rest[i] == '<') {
      return std::string_view::npos;
    }
  }
  return std::string_view::npos;
}

// What stands between "<" and ">" may also be text: "sizes <M and >XL".
bool is_tag(std::string_view name, std::string_view whole) {
  static constexpr std::string_view kNames =
      " a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas "
      "caption center cite code "
      "col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font "
      "footer form frame h1 h2 h3 h4 "
      "h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark meta nav "
      "noscript object ol option p "
      "param path picture pre q s samp script section select small source span strike strong style sub "
      "summary sup svg table tbody td "
      "template textarea tfoot th thead time title tr track tt u ul var video wbr ";
  if (kNames.find(" " + std::string(name) + " ") != std::string_view::npos) return true;
  if (whole.empty()) return false;  // it never ends
  const std::string_view inner = whole.substr(1, whole.size() - 2);
  if (inner.find_first_of("=:-") != std::string_view::npos || inner.starts_with('/')) return true;
  return inner.find(' ') == std::string_view::npos && ascii_lower(inner) == inner;
}

// Past the tag, comment, or script that begins at html[at] == '<'; at itself when it is text.
size_t skip_tag(std::string_view html, size_t at, std::string& out) {
  const std::string_view rest = html.substr(at);
  if (rest.starts_with("<!--")) {
    const size_t end = rest.find("-->");
    return end == std::string_view::npos ? html.size() : at + end + 3;
  }
  if (rest.starts_with(kCdata)) return at + kCdata.size();  // its text is shown
  if (rest.starts_with("<!") || rest.starts_with("<?")) {
    const size_t end = rest.find('>');
    return end == std::string_view::npos ? html.size() : at + end + 1;
  }
  const std::string name = tag_name(rest);
  if (name.empty()) return at;
  const size_t end = tag_end(rest);
  if (!is_tag(name, end == std::string_view::npos ? std::string_view() : rest.substr(0, end))) return at;
  if (ends_block(name)) out += '\n';
  if (name == "td" || name == "th") out += ' ';
  if (end == std::string_view::npos) return html.size();
  const bool opens_code = (name == "script" || name == "style") && rest[1] != '/';
  if (!opens_code) return at + end;
  for (size_t close = html.find("</", at); close != std::string_view::npos;
       close = html.find("</", close + 1))
    if (ascii_lower(html.substr(close + 2, name.size())) == name) return close;
  return html.size();
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

}  // namespace

namespace {

// Entities that HTML also reads without their semicolon, as far as shops leave it out.
size_t append_unended_entity(std::string& out, std::string_view after_ampersand) {
  static constexpr std::array<std::string_view, 6> kNames{"nbsp", "amp", "lt", "gt", "quot", "shy"};
  for (const auto name : kNames) {
    if (!after_ampersand.starts_with(name)) continue;
    const std::string_view rest = after_ampersand.substr(name.size());
    if (!rest.empty() && (is_letter(rest[0]) || is_digit(rest[0]) || rest[0] == '=')) continue;
    (void)append_entity(out, name);
    return name.size();
  }
  return 0;
}

}  // namespace

std::string resolve_entities(std::string_view text) {
  constexpr size_t kNameMax = 12;
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&') {
      const size_t length = text.substr(i + 1, kNameMax).find(';');
      if (length != std::string_view::npos && append_entity(out, text.substr(i + 1, length))) {
        i += length + 1;
        continue;
      }
      if (const size_t unended = append_unended_entity(out, text.substr(i + 1)); unended > 0) {
        i += unended;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

namespace {

bool has_tag(std::string_view html) {
  std::string ignored;
  for (size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1))
    if (skip_tag(html, at, ignored) > at) return true;
  return false;
}

// A line end of the source is a space in HTML, and a line end in plain text.
std::string markup_removed(std::string_view html, bool source_lines_end) {
  std::string out;
  const bool has_cdata = html.find(kCdata) != std::string_view::npos;
  for (size_t i = 0; i < html.size();) {
    size_t next = html[i] == '<' ? skip_tag(html, i, out) : i;
    if (has_cdata && html.substr(i).starts_with(kCdataEnd)) next = i + kCdataEnd.size();
    if (next > i) {
      i = next;
      continue;
    }
    const bool line_end = html[i] == '\n' || html[i] == '\r';
    out += line_end ? (source_lines_end ? '\n' : ' ') : html[i];
    ++i;
  }
  return collapse(resolve_entities(out));
}

// The name of the shortcode that begins at text[at] == '[', with its slash; empty when it is text in
// brackets.
std::string_view shortcode_at(std::string_view text, size_t at, size_t end) {
  constexpr size_t kNameMin = 3;
  const std::string_view whole = text.substr(at + 1, end - at - 1);
  const size_t slash = whole.starts_with('/') ? 1 : 0;
  size_t to = slash;
  while (to < whole.size() && ((whole[to] >= 'a' && whole[to] <= 'z') || whole[to] == '_' ||
                               whole[to] == '-' || (to > slash && whole[to] >= '0' && whole[to] <= '9')))
    ++to;
  if (to - slash < kNameMin || (to < whole.size() && whole[to] != ' ' && whole[to] != '/')) return {};
  return whole.substr(0, to);
}

// WordPress's "[vc_row css="..."]...[/vc_row]": known by an underscore, an attribute, or its closing twin.
std::string without_shortcodes(std::string text) {
  std::string out;
  size_t at = 0;
  for (size_t open = text.find('['); open != std::string::npos; open = text.find('[', open + 1)) {
    const size_t end = text.find(']', open);
    if (end == std::string::npos) break;
    const std::string_view name = shortcode_at(text, open, end);
    if (name.empty()) continue;
    const std::string_view whole = std::string_view(text).substr(open, end - open);
    const bool is_code = name.find('_') != std::string_view::npos ||
                         whole.find("=\"") != std::string_view::npos || name.starts_with('/') ||
                         text.find("[/" + std::string(name) + "]") != std::string::npos;
    if (!is_code) continue;
    out.append(text, at, open - at);
    out += ' ';
    at = end + 1;
    open = end;
  }
  return at == 0 ? text : collapse(out.append(text, at));
}

}  // namespace

bool has_markup(std::string_view text) {
  if (text.find_first_of("<&") != std::string_view::npos) return true;
  const size_t code = text.find("[/");  // the end of a shortcode: "[/caption]"
  return code != std::string_view::npos && code + 2 < text.size() && is_letter(text[code + 2]) &&
         text.find(']', code) != std::string_view::npos;
}

void remove_invisible(std::string& text) {
  static constexpr std::array<std::string_view, 5> kInvisible{"\u200B", "\u2060", "\uFEFF", "\u00AD",
                                                              "\u200E"};
  for (const std::string_view letter : kInvisible)
    for (size_t at = text.find(letter); at != std::string::npos; at = text.find(letter, at))
      text.erase(at, letter.size());
}

std::string_view trim_blanks(std::string_view text) {
  static constexpr std::array<std::string_view, 11> kBlanks{"\u00A0", "\u1680", "\u2007", "\u2009",
                                                            "\u200A", "\u200B", "\u200E", "\u202F",
                                                            "\u2060", "\u3000", "\uFEFF"};
  while (true) {
    text = trim(text);
    const auto begins = [&](std::string_view blank) { return text.starts_with(blank); };
    const auto ends = [&](std::string_view blank) { return text.ends_with(blank); };
    const auto* const ahead = std::find_if(kBlanks.begin(), kBlanks.end(), begins);
    if (ahead != kBlanks.end()) text.remove_prefix(ahead->size());
    const auto* const behind = std::find_if(kBlanks.begin(), kBlanks.end(), ends);
    if (behind != kBlanks.end()) text.remove_suffix(behind->size());
    if (ahead == kBlanks.end() && behind == kBlanks.end()) return text;
  }
}

std::string html_to_text(std::string_view html) {
  if (!has_markup(html)) return without_shortcodes(collapse(html));
  std::string text = markup_removed(html, !has_tag(html));
  // What was escaped more than once is markup again; line ends found by an earlier pass stay.
  for (int pass = 1; pass < kEscapesMax && has_markup(text); ++pass) {
    std::string again = markup_removed(text, true);
    if (again == text) break;
    text = std::move(again);
  }
  return without_shortcodes(std::move(text));
}

std::string plain_line(std::string_view text) {
  if (!has_markup(text)) return std::string(text);
  std::string line = html_to_text(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

namespace {

// Empty if the cell is not a JSON array.
std::vector<std::string> strings_of_json(std::string_view cell) {
  std::vector<std::string> all;
  if (!trim(cell).starts_with('[')) return all;
  const auto value = parse_json(cell);
  if (!value.ok() || !value->is_array()) return all;
  for (const auto& entry : value->get_array()) {
    if (!entry.is_string()) continue;
    const std::string address(entry.get_string());
    if (!trim(address).empty()) all.emplace_back(trim(address));
  }
  return all;
}

}  // namespace

std::vector<std::string> split_addresses(std::string_view cell, std::string_view separators) {
  static constexpr std::array<std::string_view, 9> kEndings{".jpg",  ".jpeg", ".png",  ".webp", ".gif",
                                                            ".avif", ".tif",  ".tiff", ".bmp"};
  const auto begins = [](std::string_view text) {
    const std::string start = ascii_lower(trim(text).substr(0, std::string_view("https://").size()));
    return start.starts_with("http://") || start.starts_with("https://") || start.starts_with("//");
  };
  if (!separators.empty())
    if (auto listed = strings_of_json(cell); !listed.empty()) return listed;
  const bool addresses = begins(cell);
  const auto parts = [&](std::string_view before, std::string_view after) {
    if (begins(after)) return true;
    if (addresses) return trim(after).starts_with('/');  // an address holds commas, a list of paths follows
    const std::string end = ascii_lower(trim(before.substr(0, before.find_first_of("?#"))));
    return trim(after).starts_with('/') ||
           std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return end.ends_with(ending); });
  };
  std::vector<std::string> all;
  size_t begin = 0;
  const auto take = [&](std::string_view address) {
    while (!address.empty() && separators.find(address.back()) != std::string_view::npos)
      address.remove_suffix(1);
    if (address = trim(address); !address.empty()) all.emplace_back(address);
  };
  for (size_t at = 0; at < cell.size() && !separators.empty(); ++at) {
    const std::string_view after = cell.substr(at + 1);
    const bool separated = separators.find(cell[at]) != std::string_view::npos
                               ? parts(cell.substr(begin, at - begin), after)
                               : (cell[at] == ' ' || cell[at] == '\n') && begins(after);
    if (!separated) continue;
    take(cell.substr(begin, at - begin));
    begin = at + 1;
  }
  take(cell.substr(begin));
  return all;
}

bool keep_links(Garment& garment) {
  std::vector<std::string> links;
  bool more = false;
  for (std::string& other : garment.goes_with) {
    if (other == garment.id || contains(links, other)) continue;
    more = links.size() == kGoesWithMax;
    if (more) break;
    links.push_back(std::move(other));
  }
  garment.goes_with = std::move(links);
  return more;
}

void add_image(Garment& garment, std::string_view written, std::string_view colour) {
  // An address that was escaped for HTML: no server knows a parameter "amp;h".
  std::string url(written);
  for (size_t at = url.find("&amp;"); at != std::string::npos; at = url.find("&amp;", at + 1))
    url.erase(at + 1, std::string_view("amp;").size());
  if (url.empty() || garment.images.size() >= kImagesMax) return;
  for (const auto& image : garment.images)
    if (image.url == url && image.colour == colour) return;
  garment.images.push_back({std::move(url), std::string(colour)});
}

void know_as(std::map<std::string, std::vector<std::string>>& attributes, std::string_view number,
             std::string_view id) {
  if (number.empty() || number == id) return;
  add_once(attributes[std::string(kPlatformIds)], std::string(number));
}

namespace {

// By GS1's check digit: the digits count three times and once in turn, from the right.
bool is_gtin(std::string_view digits) {
  static constexpr std::array<size_t, 4> kLengths{8, 12, 13, 14};
  if (!contains(kLengths, digits.size()) || !std::all_of(digits.begin(), digits.end(), is_digit))
    return false;
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i)
    sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0 && digits.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

void know_as_barcode(std::map<std::string, std::vector<std::string>>& attributes, std::string_view written,
                     std::string_view id) {
  std::string digits(trim_blanks(written));
  if (digits.starts_with('\'')) digits.erase(0, 1);  // a spreadsheet's mark of a text
  std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
  if (!is_gtin(digits)) return;
  const std::string bare = digits.substr(digits.find_first_not_of('0'));
  for (const size_t length : {8U, 12U, 13U, 14U})
    if (length >= bare.size()) know_as(attributes, std::string(length - bare.size(), '0') + bare, id);
}

void know_as_part_number(std::map<std::string, std::vector<std::string>>& attributes,
                         std::string_view written, std::string_view id) {
  constexpr size_t kShortest = 4, kLongest = 70;  // as Google bounds it
  const auto number = trim_blanks(written);
  if (number.size() < kShortest || number.size() > kLongest ||
      std::none_of(number.begin(), number.end(), is_digit))
    return;
  know_as(attributes, number, id);
}

void add_attribute(Garment& garment, const std::string& name, std::string_view value) {
  if (name.empty() || value.empty()) return;
  auto& values = garment.supplier_attributes[name];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.emplace_back(value);
}

}  // namespace modiste
