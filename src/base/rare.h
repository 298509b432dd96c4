// An optional member that few objects have: a value in memory of its own, a pointer wide where it is absent.
// For members that would make every object large, such as the answers of a quiz among events.
//
// As std::optional, copies included: a copy has its own value. Contract<T> reads and writes it as an
// optional.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/json.h"

namespace modiste {

template <class T>
class Rare {
 public:
  using value_type = T;

  Rare() = default;
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(std::optional<T> value) : value_(value ? std::make_unique<T>(std::move(*value)) : nullptr) {}
  ~Rare() = default;
  Rare& operator=(const Rare& other) {
    if (this != &other) value_ = other ? std::make_unique<T>(*other) : nullptr;
    return *this;
  }
  Rare& operator=(Rare&&) noexcept = default;

  template <class... Args>
  T& emplace(Args&&... args) {
    value_ = std::make_unique<T>(std::forward<Args>(args)...);
    return *value_;
  }
  void reset() { value_.reset(); }

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  // Of one that is there.
  [[nodiscard]] T& operator*() { return value(); }
  [[nodiscard]] const T& operator*() const { return value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }
  [[nodiscard]] T& value() {
    CHECK(has_value());
    return *value_;
  }
  [[nodiscard]] const T& value() const {
    CHECK(has_value());
    return *value_;
  }
  [[nodiscard]] T value_or(T other) const { return has_value() ? *value_ : std::move(other); }

  friend bool operator==(const Rare& a, const Rare& b) {
    return a.has_value() == b.has_value() && (!a.has_value() || *a == *b);
  }
  friend bool operator==(const Rare& a, const T& b) { return a.has_value() && *a == b; }

 private:
  std::unique_ptr<T> value_;
};

namespace json_detail {
template <class T>
struct IsOptional<Rare<T>> : std::true_type {};
}  // namespace json_detail

}  // namespace modiste
