#include "base/text.h"

#include <simdjson.h>

#include <algorithm>

namespace modiste {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

// Number of bytes at the end that begin a character whose other bytes are missing.
size_t incomplete_tail(std::string_view text) {
  for (size_t length = 1; length <= std::min<size_t>(3, text.size()); ++length) {
    const auto byte = static_cast<unsigned char>(text[text.size() - length]);
    if ((byte & 0xC0) == 0x80) continue;
    const size_t wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return wanted > length ? length : 0;
  }
  return 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::vector<std::string> split_list(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find_first_of(separators, from), text.size());
    if (const auto part = trim(text.substr(from, to - from)); !part.empty()) parts.emplace_back(part);
    from = to + 1;
  }
  return parts;
}

bool is_yes(std::string_view text) {
  const std::string word = ascii_lower(trim(text));
  return word == "1" || word == "yes" || word == "true" || word == "y" || word == "on";
}

bool is_utf8(std::string_view text, bool may_be_cut) {
  if (may_be_cut) text.remove_suffix(incomplete_tail(text));
  return simdjson::validate_utf8(text.data(), text.size());
}

std::string with_article(std::string_view word) {
  const bool sounds_like_a_vowel = !word.empty() &&
                                   std::string_view("aeiou").find(word.front()) != std::string_view::npos &&
                                   !word.starts_with("one") && !word.starts_with("uni");
  return (sounds_like_a_vowel ? "an " : "a ") + std::string(word);
}

std::string to_hex(std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    out += kDigits[std::to_integer<size_t>(byte >> 4)];
    out += kDigits[std::to_integer<size_t>(byte & std::byte{15})];
  }
  return out;
}

}  // namespace modiste
