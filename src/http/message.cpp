#include "http/message.h"

#include <simdjson.h>

#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace modiste::http {
namespace {

constexpr std::array<std::string_view, 5> kMethods{"GET", "PUT", "POST", "PATCH", "DELETE"};

constexpr size_t kQueryParametersMax = 64;

Error bad_target() {
  return {Code::kInvalid, "malformed request target", "",
          "a path such as /v1/shop with an optional query, percent-encoded UTF-8"};
}

bool is_text(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size()) && text.find('\0') == std::string_view::npos;
}

}  // namespace

std::string_view name_of(Method method) { return kMethods[static_cast<size_t>(method)]; }

std::optional<Method> method_from_name(std::string_view name) {
  if (name == "HEAD") return Method::kGet;
  for (size_t i = 0; i < kMethods.size(); ++i)
    if (kMethods[i] == name) return static_cast<Method>(i);
  return std::nullopt;
}

Result<Target> parse_target(std::string_view text) {
  namespace urls = boost::urls;
  const bool absolute = text.starts_with("http://") || text.starts_with("https://");
  if (!absolute && !text.starts_with('/')) return bad_target();
  const auto parsed = absolute ? urls::parse_uri(text) : urls::parse_origin_form(text);
  if (!parsed) return bad_target();
  Target out;
  out.path = parsed->encoded_path();
  for (const auto& segment : parsed->segments()) {
    if (!is_text(segment)) return bad_target();
    out.segments.push_back(segment);
  }
  // "/" has one empty segment in the library and no segments here.
  if (out.segments.size() == 1 && out.segments.front().empty()) out.segments.clear();
  for (const auto& parameter : parsed->params()) {
    if (out.query.size() == kQueryParametersMax || !is_text(parameter.key) || !is_text(parameter.value))
      return bad_target();
    out.query.emplace_back(parameter.key, parameter.value);
  }
  return out;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

}  // namespace modiste::http
