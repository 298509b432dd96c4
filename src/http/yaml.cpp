#include "http/yaml.h"

#include <array>

namespace modiste::http {
namespace {

bool is_plain_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '/' || c == '.' ||
         c == ' ' || (c >= '0' && c <= '9');
}

// Plain only when no reader can take it for anything but a string; JSON's quoting is YAML's too.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords{"true", "false", "null", "yes", "no",
                                                   "on",   "off",   "y",    "n"};
  if (text.empty() || text.back() == ' ' || !std::all_of(text.begin(), text.end(), is_plain_char))
    return false;
  const char first = text.front();
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '/';
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return letter && std::find(kWords.begin(), kWords.end(), lower) == kWords.end();
}

std::string scalar(std::string_view text) {
  return is_plain(text) ? std::string(text) : json::serialize(json::string_view(text));
}

bool is_leaf(const json::value& value) {
  if (value.is_object()) return value.get_object().empty();
  if (value.is_array()) return value.get_array().empty();
  return true;
}

std::string leaf(const json::value& value) {
  return value.is_string() ? scalar(value.get_string()) : serialize_json(value);
}

void write(std::string& out, const json::value& value, size_t indent);

void write_object(std::string& out, const json::object& object, size_t indent) {
  bool first = true;
  for (const auto& [key, value] : object) {
    if (!first) out += std::string(indent, ' ');
    first = false;
    out += scalar(key) + ":";
    if (is_leaf(value)) {
      out += " " + leaf(value) + "\n";
    } else {
      out += "\n" + std::string(indent + 2, ' ');
      write(out, value, indent + 2);
    }
  }
}

// The caller has written the indentation of the first line.
void write(std::string& out, const json::value& value, size_t indent) {
  if (is_leaf(value)) {
    out += leaf(value) + "\n";
  } else if (value.is_object()) {
    write_object(out, value.get_object(), indent);
  } else {
    bool first = true;
    for (const auto& entry : value.get_array()) {
      if (!first) out += std::string(indent, ' ');
      first = false;
      out += "- ";
      write(out, entry, indent + 2);
    }
  }
}

}  // namespace

std::string to_yaml(const json::value& value) {
  std::string out;
  write(out, value, 0);
  return out;
}

}  // namespace modiste::http
