// Contract<T> describes a type once and gives its JSON reader, writer, validation and schema.
//
//   struct Price { double amount = 0; std::string currency; };
//   template <> struct Contract<Price> {
//     static constexpr std::string_view kName = "Price";
//     static constexpr std::string_view kDoc = "The price of a variant.";
//     static constexpr auto kFields = Fields{
//         field("amount", &Price::amount, {.doc = "in the shop's currency", .required = true, .min = 0}),
//         field("currency", &Price::currency, {.doc = "ISO 4217", .length_max = 3})};
//   };
//
// Reading refuses unknown fields, wrong types and values outside the limits, and names the place by JSON
// pointer. A field that is absent and not required keeps the member's default. Writing leaves out empty
// optionals. Enums list their names in EnumNames<E>, in the order of values counted from 0.
#pragma once

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/field_list.h"
#include "base/result.h"

namespace modiste {

namespace json = boost::json;

struct FieldSpec {
  std::string_view doc;
  bool required = false;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  size_t length_max = 10'000;  // bytes of a string, or of each string in a list
  size_t items_max = 1'000;    // entries of a list or a map
  std::string_view example = {};
};

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
  FieldSpec spec;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member, FieldSpec spec = {}) {
  return {name, member, spec};
}

template <class T>
struct Contract;
template <class E>
struct EnumNames;

template <class T>
concept Described = requires {
  Contract<T>::kFields;
};
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires {
  EnumNames<T>::kNames;
};

template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
  return EnumNames<E>::kNames[static_cast<size_t>(value)];
}

template <NamedEnum E>
[[nodiscard]] std::optional<E> enum_from_name(std::string_view name) {
  const auto& names = EnumNames<E>::kNames;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<E>(found - names.begin());
}

// Parses text with limits that suit untrusted input: nesting <= 32, valid UTF-8, no NaN, no trailing text.
Result<json::value> parse_json(std::string_view text);

// Plain numbers (45.5, not Boost's 4.55E1), keys in the order they were written.
[[nodiscard]] std::string serialize_json(const json::value& value);

namespace json_detail {

// Errors are created out of line to keep the templates small.
Error wrong_type(const json::value& got, std::string_view expected);
Error out_of_range(double value, const FieldSpec& spec);
Error too_long(size_t size, size_t limit, std::string_view unit);
Error unknown_name(std::string_view got, const std::string_view* names, size_t count, std::string_view kind);
Error missing(std::string_view field);
// Index of `name` among the names, searched from `hint` on and then from the beginning; `count`
// if it is missing.
size_t find_name(std::string_view name, const std::string_view* names, size_t count, size_t hint);
Error at(Error error, std::string_view step);  // prefixes the JSON pointer with one step
Error at(Error error, size_t index);

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class T>
Result<Done> read(const json::value& in, T& out, const FieldSpec& spec);

template <class T>
Result<Done> read_number(const json::value& in, T& out, const FieldSpec& spec) {
  if (!in.is_number()) return wrong_type(in, std::is_integral_v<T> ? "an integer" : "a number");
  const double value = in.to_number<double>();
  if constexpr (std::is_integral_v<T>) {
    if (in.is_double() && value != std::floor(value)) return wrong_type(in, "an integer");
    if (value < static_cast<double>(std::numeric_limits<T>::min()) || value > 9.007199254740992e15 ||
        value > static_cast<double>(std::numeric_limits<T>::max()))
      return out_of_range(value, spec);
  }
  if (!(value >= spec.min && value <= spec.max)) return out_of_range(value, spec);
  out = static_cast<T>(value);
  return kOk;
}

template <class T>
Result<Done> read_list(const json::value& in, std::vector<T>& out, const FieldSpec& spec) {
  if (!in.is_array()) return wrong_type(in, "a list");
  const auto& list = in.get_array();
  if (list.size() > spec.items_max) return too_long(list.size(), spec.items_max, "entries");
  out.clear();
  out.reserve(list.size());
  for (size_t i = 0; i < list.size(); ++i) {
    T entry{};
    if (auto result = read(list[i], entry, spec); !result.ok()) return at(std::move(result).error(), i);
    out.push_back(std::move(entry));
  }
  return kOk;
}

template <class T>
Result<Done> read_map(const json::value& in, std::map<std::string, T>& out, const FieldSpec& spec) {
  if (!in.is_object()) return wrong_type(in, "an object");
  if (in.get_object().size() > spec.items_max)
    return too_long(in.get_object().size(), spec.items_max, "entries");
  out.clear();
  for (const auto& [key, value] : in.get_object()) {
    if (key.size() > spec.length_max) return too_long(key.size(), spec.length_max, "bytes");
    T entry{};
    if (auto result = read(value, entry, spec); !result.ok()) return at(std::move(result).error(), key);
    out.emplace(key, std::move(entry));
  }
  return kOk;
}

template <Described T>
constexpr auto field_names() {
  return Contract<T>::kFields.all(
      [](const auto&... f) { return std::array<std::string_view, sizeof...(f)>{f.name...}; });
}

template <Described T, size_t I>
Result<Done> read_field(const json::value& in, T& out) {
  constexpr auto& kField = Contract<T>::kFields.template at<I>();
  if (!in.is_null()) return read(in, out.*(kField.member), kField.spec);
  if (kField.spec.required) return missing(kField.name);
  return kOk;
}

// One reader per field, so that a member found by name is read at its place in the contract.
template <Described T>
constexpr auto field_readers() {
  return []<size_t... I>(std::index_sequence<I...>) {
    return std::array<Result<Done> (*)(const json::value&, T&), sizeof...(I)>{&read_field<T, I>...};
  }
  (std::make_index_sequence<Contract<T>::kFields.kCount>());
}

template <Described T>
constexpr auto required_fields() {
  return Contract<T>::kFields.all(
      [](const auto&... f) { return std::array<bool, sizeof...(f)>{f.spec.required...}; });
}

// Reads members in the order of the document. Senders mostly keep the contract's order, in which each name is
// found right after the one before.
template <Described T>
Result<Done> read_object(const json::value& in, T& out) {
  if (!in.is_object()) return wrong_type(in, "an object");
  static constexpr auto kNames = field_names<T>();
  static constexpr auto kReaders = field_readers<T>();
  static constexpr auto kRequired = required_fields<T>();
  std::array<bool, kNames.size()> seen{};
  size_t place = 0;
  for (const auto& entry : in.get_object()) {
    place = find_name(entry.key(), kNames.data(), kNames.size(), place);
    if (place == kNames.size())
      return at(unknown_name(entry.key(), kNames.data(), kNames.size(), "field"), entry.key());
    if (auto result = kReaders[place](entry.value(), out); !result.ok())
      return at(std::move(result).error(), entry.key());
    seen[place++] = true;
  }
  for (size_t i = 0; i < kNames.size(); ++i)
    if (kRequired[i] && !seen[i]) return at(missing(kNames[i]), kNames[i]);
  return kOk;
}

template <class T>
Result<Done> read(const json::value& in, T& out, const FieldSpec& spec) {
  if constexpr (std::is_same_v<T, json::value>) {
    out = in;
    return kOk;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!in.is_bool()) return wrong_type(in, "true or false");
    out = in.get_bool();
    return kOk;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return read_number(in, out, spec);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!in.is_string()) return wrong_type(in, "a string");
    if (in.get_string().size() > spec.length_max)
      return too_long(in.get_string().size(), spec.length_max, "bytes");
    out.assign(in.get_string().data(), in.get_string().size());
    return kOk;
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    if (!in.is_string()) return wrong_type(in, "a time such as 2026-11-21T09:30:00Z");
    TRY_ASSIGN(out, parse_rfc3339(in.get_string()));
    return kOk;
  } else if constexpr (NamedEnum<T>) {
    const auto& names = EnumNames<T>::kNames;
    if (!in.is_string()) return wrong_type(in, "a string");
    const auto value = enum_from_name<T>(in.get_string());
    if (!value) return unknown_name(in.get_string(), names.data(), names.size(), "value");
    out = *value;
    return kOk;
  } else if constexpr (IsOptional<T>::value) {
    return read(in, out.emplace(), spec);
  } else if constexpr (IsVector<T>::value) {
    return read_list(in, out, spec);
  } else if constexpr (IsMap<T>::value) {
    return read_map(in, out, spec);
  } else {
    static_assert(Described<T>, "this type needs a Contract<T>");
    return read_object(in, out);
  }
}

}  // namespace json_detail

template <class T>
Result<T> from_json(const json::value& in) {
  T out{};
  TRY(json_detail::read(in, out, FieldSpec{}));
  return out;
}

template <class T>
Result<T> from_json_text(std::string_view text) {
  TRY_ASSIGN(const auto value, parse_json(text));
  return from_json<T>(value);
}

template <class T>
json::value to_json(const T& in) {
  using namespace json_detail;
  if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, bool>) {
    return in;
  } else if constexpr (std::is_floating_point_v<T>) {
    // Floats are written with the digits of a float, not those of the double with the same value.
    if constexpr (std::is_same_v<T, float>)
      return std::isfinite(in) ? json::value(std::round(static_cast<double>(in) * 1e6) / 1e6) : json::value();
    else
      return std::isfinite(in) ? json::value(in) : json::value();
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<int64_t>(in);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return json::string(in);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return json::string(to_rfc3339(in));
  } else if constexpr (NamedEnum<T>) {
    return json::string(name_of(in));
  } else if constexpr (IsOptional<T>::value) {
    return in ? to_json(*in) : json::value();
  } else if constexpr (IsVector<T>::value) {
    json::array list;
    list.reserve(in.size());
    for (const auto& entry : in) list.push_back(to_json(entry));
    return list;
  } else if constexpr (IsMap<T>::value) {
    json::object object;
    for (const auto& [key, value] : in) object.emplace(key, to_json(value));
    return object;
  } else {
    static_assert(Described<T>, "this type needs a Contract<T>");
    json::object object;
    const auto write = [&](const auto& f) {
      using Member = std::remove_cvref_t<decltype(in.*(f.member))>;
      if constexpr (IsOptional<Member>::value)
        if (!(in.*(f.member))) return;
      object.emplace(f.name, to_json(in.*(f.member)));
    };
    Contract<T>::kFields.all([&](const auto&... f) { (write(f), ...); });
    return object;
  }
}

template <class T>
std::string to_json_text(const T& in) {
  return serialize_json(to_json(in));
}

}  // namespace modiste
