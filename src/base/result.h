// Failures of the outside world, as values.
//
// Three kinds of failure: the outside world gives a Result<T>; our own bug is a CHECK (also in release
// builds); exceptions of libraries end at the adapter that calls the library.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"

namespace modiste {

// kInvalid, kNotFound and kConflict are the caller's fault: the caller has to change something. kUnavailable:
// try again. kCorrupt and kInternal are ours to repair.
enum class Code { kInvalid, kNotFound, kConflict, kUnavailable, kCorrupt, kInternal };

[[nodiscard]] std::string_view to_string(Code code);

// what: one sentence. where: a JSON pointer, "line 12, column price" or a file name; may be empty. expected:
// a correct value or action; may be empty.
struct Error {
  Code code = Code::kInternal;
  std::string what;
  std::string where;
  std::string expected;

  // "price is negative (line 12, column price); expected a number >= 0"
  [[nodiscard]] std::string message() const;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & { return CHECK(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& { return CHECK(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return CHECK(ok()), std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] const Error& error() const& { return CHECK(!ok()), *std::get_if<1>(&state_); }
  [[nodiscard]] Error&& error() && { return CHECK(!ok()), std::move(*std::get_if<1>(&state_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

// The value of a success that returns nothing: return kOk.
using Done = std::monostate;
inline constexpr Done kOk{};

}  // namespace modiste

// Evaluates a Result and returns its error from the enclosing function, which must return a Result too.
#define MODISTE_CONCAT_INNER(a, b) a##b
#define MODISTE_CONCAT(a, b) MODISTE_CONCAT_INNER(a, b)
#define TRY(expression)                                                                         \
  do {                                                                                          \
    if (auto try_result = (expression); !try_result.ok()) return std::move(try_result).error(); \
  } while (false)
// TRY_ASSIGN(auto garment, parse(text));
#define TRY_ASSIGN(declaration, expression) \
  TRY_ASSIGN_INNER(MODISTE_CONCAT(try_result_, __LINE__), declaration, expression)
#define TRY_ASSIGN_INNER(result, declaration, expression) \
  auto result = (expression);                             \
  if (!result.ok()) return std::move(result).error();     \
  declaration = std::move(result).value()
