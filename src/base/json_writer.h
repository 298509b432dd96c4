// Writes a value as JSON text without building a document: byte for byte what to_json_text() writes.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace modiste {

// Which members of an object are written.
struct JsonMembers {
  bool empty_too = true;       // false: empty texts and lists are left out, and of the objects below it;
                               // inside lists everything is written
  std::string_view omit = {};  // this one is left out
};

namespace json_detail {

void append_text(std::string& out, std::string_view text);  // quoted and escaped
void append_number(std::string& out, double number);        // null when it is not finite

// Whether a member is left out when empty ones are.
template <class T>
bool is_empty_member(const T& in) {
  if constexpr (IsOptional<T>::value) {
    return in && is_empty_member(*in);
  } else if constexpr (std::is_same_v<T, std::string> || IsVector<T>::value) {
    return in.empty();
  } else {
    return false;
  }
}

}  // namespace json_detail

template <class T>
void append_json(std::string& out, const T& in, const JsonMembers& members = {}) {
  using namespace json_detail;
  if constexpr (std::is_same_v<T, json::value>) {
    out += serialize_json(in);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += in ? "true" : "false";
  } else if constexpr (std::is_same_v<T, float>) {
    append_number(out, std::round(static_cast<double>(in) * 1e6) / 1e6);  // as to_json()
  } else if constexpr (std::is_floating_point_v<T>) {
    append_number(out, in);
  } else if constexpr (std::is_integral_v<T>) {
    out += std::to_string(static_cast<int64_t>(in));
  } else if constexpr (std::is_same_v<T, std::string>) {
    append_text(out, in);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    append_text(out, to_rfc3339(in));
  } else if constexpr (NamedEnum<T>) {
    append_text(out, name_of(in));
  } else if constexpr (IsOptional<T>::value) {
    if (in)
      append_json(out, *in, members);
    else
      out += "null";
  } else if constexpr (IsVector<T>::value) {
    out += '[';
    for (size_t i = 0; i < in.size(); ++i) {
      if (i > 0) out += ',';
      append_json(out, in[i]);
    }
    out += ']';
  } else if constexpr (IsMap<T>::value) {
    out += '{';
    const char* separator = "";
    for (const auto& [key, value] : in) {
      if (!members.empty_too && is_empty_member(value)) continue;
      out += std::exchange(separator, ",");
      append_text(out, key);
      out += ':';
      append_json(out, value, {members.empty_too});
    }
    out += '}';
  } else {
    static_assert(Described<T>, "this type needs a Contract<T>");
    out += '{';
    const char* separator = "";
    const auto write = [&](const auto& f) {
      const auto& member = in.*(f.member);
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (IsOptional<Member>::value)
        if (!member) return;
      if (f.name == members.omit || (!members.empty_too && is_empty_member(member))) return;
      out += std::exchange(separator, ",");
      append_text(out, f.name);
      out += ':';
      append_json(out, member, {members.empty_too});
    };
    Contract<T>::kFields.all([&](const auto&... f) { (write(f), ...); });
    out += '}';
  }
}

template <class T>
std::string json_text(const T& in) {
  std::string out;
  append_json(out, in);
  return out;
}

}  // namespace modiste
