#include "ingest/sent_members.h"

#include <charconv>

#include "base/text.h"

namespace modiste {

bool is_absent(const json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return value.is_null();
  const auto said = trim(*text);
  return said.empty() || said == "(not set)" || said == "(not provided)";  // as Google's exports write it
}

const json::value& unwrapped(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr || object->size() != 1) return value;
  const std::string_view kind = object->begin()->key();
  const bool wraps = kind == "$date" || kind == "$oid" || kind.starts_with("$number");
  return wraps ? unwrapped(object->begin()->value()) : value;
}

const json::value* find_path(const json::object& object, std::string_view path) {
  const json::object* at = &object;
  while (true) {
    const size_t dot = path.find('.');
    const auto* found = at->if_contains(path.substr(0, dot));
    if (found == nullptr || dot == std::string_view::npos) return found;
    at = found->if_object();
    if (at == nullptr) return nullptr;
    path.remove_prefix(dot + 1);
  }
}

std::string_view text_at(const json::object& object, std::string_view path) {
  const auto* found = find_path(object, path);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

std::string snake_case(std::string_view name) {
  std::string out;
  bool after_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word || (upper && after_lower)) {
      if (!out.empty() && out.back() != '_') out += '_';
    }
    if (word) out += upper ? static_cast<char>(c + 32) : c;
    after_lower = word && !upper;
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* digits = text.data() + i + 1;
    const bool coded = text[i] == '%' && i + 2 < text.size() &&
                       std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    out += coded ? static_cast<char>(byte) : text[i];
    if (coded) i += 2;
  }
  return is_utf8(out) ? out : std::string(text);
}

std::string_view echo(std::string_view text, size_t bytes_max) {
  constexpr size_t kCharacterMax = 4;
  std::string_view said = text.substr(0, bytes_max);
  for (size_t cut = 0; cut < kCharacterMax && !is_utf8(said); ++cut) said.remove_suffix(1);
  return said;
}

}  // namespace modiste
