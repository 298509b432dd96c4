#include "base/json_writer.h"

#include <fmt/format.h>

#include <iterator>

namespace modiste::json_detail {

void append_text(std::string& out, std::string_view text) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  if (!std::all_of(text.begin(), text.end(), is_plain)) {
    out += json::serialize(json::string_view(text));
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void append_number(std::string& out, double number) {
  if (std::isfinite(number))
    fmt::format_to(std::back_inserter(out), "{}", number);
  else
    out += "null";
}

}  // namespace modiste::json_detail
