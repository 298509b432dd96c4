#include "http/router.h"

#include "base/check.h"

namespace modiste::http {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

std::vector<std::string> split_template(std::string_view path) {
  CHECK(path.starts_with('/'));
  std::vector<std::string> out;
  for (size_t at = 1; at < path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    out.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool fits(const Route& route, const Target& target) {
  if (route.segments.size() != target.segments.size()) return false;
  for (size_t i = 0; i < route.segments.size(); ++i) {
    const bool same = route.segments[i] == target.segments[i];
    if (is_parameter(route.segments[i]) ? target.segments[i].empty() : !same) return false;
  }
  return true;
}

}  // namespace

json::value example_body(const Route& route, const SchemaBook& book) {
  if (route.spec.example.empty()) return example_of(route.body, book);
  auto parsed = parse_json(route.spec.example);
  CHECK(parsed.ok());
  return std::move(*parsed);
}

void Router::add(Route route) {
  route.segments = split_template(route.spec.path);
  size_t parameters = 0;
  for (const auto& segment : route.segments) parameters += is_parameter(segment);
  CHECK(parameters == route.path->fields.size());
  for (const auto& other : routes_)
    CHECK(other.spec.method != route.spec.method || other.segments != route.segments);
  routes_.push_back(std::move(route));
}

Router::Match Router::match(Method method, const Target& target) const {
  Match out;
  for (const auto& route : routes_) {
    if (!fits(route, target)) continue;
    out.allowed.push_back(name_of(route.spec.method));
    if (route.spec.method != method || out.route != nullptr) continue;
    out.route = &route;
    for (size_t i = 0; i < route.segments.size(); ++i)
      if (is_parameter(route.segments[i])) out.path_values.push_back(target.segments[i]);
  }
  return out;
}

namespace router_detail {

Response json_response(int status, std::string body) {
  return {.status = status,
          .content_type = "application/json",
          .fields = {},
          .body = std::move(body),
          .shared_body = {},
          .log = {}};
}

Response text_response(int status, std::string_view type, std::string body) {
  Response out;
  out.status = status;
  out.content_type = type;
  out.body = std::move(body);
  // Our own pages are static: inline style, no script, no external files.
  if (type.starts_with("text/html"))
    out.fields.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
  return out;
}

}  // namespace router_detail
}  // namespace modiste::http
