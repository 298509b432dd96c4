// Types of the HTTP API that every route needs: nothing, a problem, and health.
#pragma once

#include <string>

#include "base/json.h"

namespace modiste::http {

// A route without path parameters, without query, without body, or without an answer.
struct Nothing {};

// Problem details, RFC 9457.
struct Problem {
  std::string type, title;
  int status = 500;
  std::string detail;
  std::optional<std::string> instance, pointer, expected;
};

struct Health {
  std::string status = "ok";
};

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::Nothing> {
  static constexpr std::string_view kName = "Nothing";
  static constexpr std::string_view kDoc = "No parameters.";
  static constexpr Fields<> kFields{};
};

template <>
struct Contract<http::Problem> {
  static constexpr std::string_view kName = "Problem";
  static constexpr std::string_view kDoc = "Why a request was refused (RFC 9457).";
  static constexpr auto kFields =
      Fields{field("type", &http::Problem::type, {.doc = "URI of the kind of problem", .required = true}),
             field("title", &http::Problem::title, {.doc = "Title of the kind of problem", .required = true}),
             field("status", &http::Problem::status, {.doc = "HTTP status code", .required = true}),
             field("detail", &http::Problem::detail, {.doc = "What is wrong", .required = true}),
             field("instance", &http::Problem::instance, {.doc = "Id of the request in the server's log"}),
             field("pointer", &http::Problem::pointer,
                   {.doc = "JSON pointer into the body, or ?name of a member of the path or query"}),
             field("expected", &http::Problem::expected, {.doc = "What would be right"})};
};

template <>
struct Contract<http::Health> {
  static constexpr std::string_view kName = "Health";
  static constexpr std::string_view kDoc = "State of the process or of the shop in it.";
  static constexpr auto kFields =
      Fields{field("status", &http::Health::status, {.doc = "ok", .required = true})};
};

}  // namespace modiste
