// Values as bytes and back, by one description for both ways: a function template visits every member in
// order, and the `io` it is given, a BinaryWriter or a BinaryReader, writes it or reads it.
//
//   template <class Io, class T>
//   void row(Io& io, T& value) { io.number(value.count); io.text(value.name); io.list(value.parts, part); }
//
// Numbers are little-endian, counts 4 bytes. Maps and sets are written in the order of their keys: equal
// values give equal bytes. A reader never reads beyond its input, and believes no count that the input cannot
// hold; after the first fault ok() is false and what was read means nothing.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/clock.h"
#include "base/result.h"

namespace modiste {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

class BinaryWriter {
 public:
  static constexpr bool kReads = false;
  explicit BinaryWriter(std::string& out) : out_(out) {}

  template <class T>
  void number(const T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void size(size_t value) {
    CHECK(value <= kCountMax);
    number(static_cast<uint32_t>(value));
  }
  void text(std::string_view value) {
    size(value.size());
    out_ += value;
  }
  // What append(std::string& out) appends, as text() would write it, without a copy.
  template <class Append>
  void text_by(const Append& append) {
    const size_t at = out_.size();
    size(0);
    append(out_);
    const size_t length = out_.size() - at - sizeof(uint32_t);
    CHECK(length <= kCountMax);
    const auto count = static_cast<uint32_t>(length);
    std::memcpy(out_.data() + at, &count, sizeof count);
  }
  template <size_t N>
  void bytes(const std::array<std::byte, N>& value) {
    out_.append(reinterpret_cast<const char*>(value.data()), N);
  }
  void flag(bool value) { number(static_cast<uint8_t>(value ? 1 : 0)); }
  void time(TimePoint value) { number(static_cast<int64_t>(value.time_since_epoch().count())); }
  // Of a vector or a deque.
  template <class List, class Each>
  void list(const List& values, const Each& each) {
    size(values.size());
    for (const auto& value : values) each(*this, value);
  }
  template <class T>
  void numbers(const std::vector<T>& values) {
    static_assert(std::is_arithmetic_v<T>);
    size(values.size());
    out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  template <class Map, class Key, class Value>
  void map(const Map& entries, const Key& key, const Value& value) {
    for (const auto* entry : sorted(
             entries, [](const auto& one) -> const auto& { return one.first; })) {
      key(*this, entry->first);
      value(*this, entry->second);
    }
  }
  template <class Set, class Each>
  void set(const Set& values, const Each& each) {
    for (const auto* value : sorted(
             values, [](const auto& one) -> const auto& { return one; }))
      each(*this, *value);
  }
  template <class T, class Each>
  void optional(const T& value, const Each& each) {
    flag(value.has_value());
    if (value.has_value()) each(*this, *value);
  }
  void require(bool /*holds*/) {}

 private:
  static constexpr size_t kCountMax = ~uint32_t{0};

  // Writes the count.
  template <class Entries, class KeyOf>
  auto sorted(const Entries& entries, const KeyOf& key_of) {
    std::vector<const typename Entries::value_type*> in_order;
    in_order.reserve(entries.size());
    for (const auto& entry : entries) in_order.push_back(&entry);
    std::sort(in_order.begin(), in_order.end(),
              [&](const auto* a, const auto* b) { return key_of(*a) < key_of(*b); });
    size(in_order.size());
    return in_order;
  }

  std::string& out_;
};

class BinaryReader {
 public:
  static constexpr bool kReads = true;
  explicit BinaryReader(std::string_view left) : left_(left) {}

  template <class T>
  void number(T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    if (take(sizeof(T))) std::memcpy(&value, taken_.data(), sizeof(T));
  }
  // A count of things that take at least so many bytes each; 0 when they cannot all be there.
  size_t size(size_t bytes_each) {
    uint32_t count = 0;
    number(count);
    if (count > left_.size() / bytes_each) ok_ = false;
    return ok_ ? count : 0;
  }
  void text(std::string& value) {
    const size_t length = size(1);
    if (take(length)) value.assign(taken_);
  }
  // A text that is used in place.
  void view(std::string_view& value) {
    const size_t length = size(1);
    if (take(length)) value = taken_;
  }
  template <size_t N>
  void bytes(std::array<std::byte, N>& value) {
    if (take(N)) std::memcpy(value.data(), taken_.data(), N);
  }
  void flag(bool& value) {
    uint8_t byte = 0;
    number(byte);
    require(byte <= 1);
    value = byte == 1;
  }
  void time(TimePoint& value) {
    int64_t micros = 0;
    number(micros);
    value = TimePoint(Micros(micros));
  }
  template <class List, class Each>
  void list(List& values, const Each& each) {
    values.clear();
    values.resize(size(1));
    for (auto& value : values) each(*this, value);
  }
  template <class T>
  void numbers(std::vector<T>& values) {
    static_assert(std::is_arithmetic_v<T>);
    values.resize(size(sizeof(T)));
    if (take(values.size() * sizeof(T))) std::memcpy(values.data(), taken_.data(), taken_.size());
  }
  template <class Map, class Key, class Value>
  void map(Map& entries, const Key& key, const Value& value) {
    entries.clear();
    for (size_t left = size(1); left > 0 && ok_; --left) {
      typename Map::key_type name{};
      key(*this, name);
      value(*this, entries[name]);
    }
  }
  template <class Set, class Each>
  void set(Set& values, const Each& each) {
    values.clear();
    for (size_t left = size(1); left > 0 && ok_; --left) {
      typename Set::value_type value{};
      each(*this, value);
      values.insert(std::move(value));
    }
  }
  template <class T, class Each>
  void optional(T& value, const Each& each) {
    bool is_given = false;
    flag(is_given);
    value.reset();
    if (is_given) each(*this, value.emplace());
  }
  void require(bool holds) { ok_ = ok_ && holds; }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  [[nodiscard]] size_t left() const { return left_.size(); }  // bytes

 private:
  bool take(size_t bytes) {
    ok_ = ok_ && bytes <= left_.size();
    if (!ok_) return false;
    taken_ = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return true;
  }

  std::string_view left_, taken_;
  bool ok_ = true;
};

// For list(), map() and set().
inline constexpr auto kNumberField = [](auto& io, auto& value) { io.number(value); };
inline constexpr auto kTextField = [](auto& io, auto& value) { io.text(value); };
inline constexpr auto kTimeField = [](auto& io, auto& value) { io.time(value); };

// All of the bytes, by such a description. kCorrupt: cut short, too long, or not what was written.
template <class Describe>
Result<Done> load_fields(std::string_view bytes, std::string_view what, const Describe& describe) {
  BinaryReader reader(bytes);
  describe(reader);
  if (reader.ok() && reader.at_end()) return kOk;
  return Error{Code::kCorrupt, std::string("damaged in a snapshot: ") += what, "",
               "the bytes that save() wrote"};
}

}  // namespace modiste
