#include "ingest/dead_letters.h"

#include <algorithm>

#include "base/text.h"

namespace modiste {

namespace {

// As those of e-mail addresses, which are kept in lower case however they were sent.
bool is_hash(std::string_view text) {
  constexpr size_t kHashDigits = 32;  // of MD5; of SHA-256 more
  return text.size() >= kHashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

bool letter_mentions(std::string_view body_text, std::string_view identifier) {
  if (is_hash(identifier)) return ascii_lower(body_text).find(identifier) != std::string::npos;
  constexpr size_t kTellingBytes = 6;  // shorter ones would be found in words that mean something else
  if (identifier.empty()) return false;
  const auto quoted = serialize_json(json::value(identifier));
  const auto inside = std::string_view(quoted).substr(1, quoted.size() - 2);
  if (identifier.size() >= kTellingBytes) return body_text.find(inside) != std::string_view::npos;
  if (body_text.find(quoted) != std::string_view::npos) return true;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(identifier.begin(), identifier.end(), is_digit)) return false;
  for (size_t at = 0; (at = body_text.find(identifier, at)) != std::string_view::npos; ++at) {
    const size_t end = at + identifier.size();
    const bool begins =
        at > 0 && (body_text[at - 1] == ':' || body_text[at - 1] == '[' || body_text[at - 1] == ',');
    if (begins && end < body_text.size() &&
        (body_text[end] == ',' || body_text[end] == '}' || body_text[end] == ']'))
      return true;
  }
  return false;
}

}  // namespace modiste
