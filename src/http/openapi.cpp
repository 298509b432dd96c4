#include "http/openapi.h"

#include <fmt/format.h>

#include "base/text.h"
#include "http/problem.h"
#include "http/yaml.h"

namespace modiste::http {
namespace {

constexpr std::string_view kDescription =
    "Modiste hears what shoppers do, keeps a style for each of them, and answers with garments that suit "
    "them. Every refusal is a problem (RFC 9457) that says what is wrong, where, and what would be right: "
    "400 for anything in the request that is malformed or means nothing, 404 and 409 as usual, 503 with "
    "Retry-After when the server sheds load. Every answer carries X-Request-Id.";

void add_parameters(json::array& out, const ObjectSchema& object, std::string_view in) {
  for (const auto& field : object.fields) {
    auto schema = json_schema(field.schema).as_object();
    if (in == "query" && !field.default_value.is_null() && field.default_value != json::value(""))
      schema["default"] = field.default_value;
    json::object parameter{{"name", field.name},
                           {"in", in},
                           {"required", in == "path" || field.required},
                           {"description", field.doc}};
    parameter["schema"] = std::move(schema);
    if (!field.example.empty()) parameter["example"] = value_from_text(field.schema, field.example);
    out.push_back(std::move(parameter));
  }
}

json::object json_content(const Schema& schema) {
  return {{"application/json", json::object{{"schema", json_schema(schema)}}}};
}

json::object request_body(const Route& route, const SchemaBook& book) {
  if (route.body_kind == BodyKind::kJson) {
    json::object content = json_content(route.body);
    content["application/json"].as_object()["example"] = example_body(route, book);
    return {{"required", true}, {"content", std::move(content)}};
  }
  json::object content;
  for (const auto* type : {"image/jpeg", "image/png", "image/webp", "application/octet-stream"})
    content[type] = json::object();
  return {
      {"required", true},
      {"description", fmt::format("The bytes of a photo, at most {} MB", route.spec.body_bytes_max >> 20)},
      {"content", std::move(content)}};
}

json::object problem_response(std::string_view description, const Router& router) {
  json::object media{{"schema", json_schema(router.problem_schema())}};
  return {{"description", description}, {"content", json::object{{kProblemType, std::move(media)}}}};
}

json::object responses(const Route& route, const Router& router) {
  json::object out;
  for (const int status : route.spec.statuses) {
    json::object response{{"description", reason_phrase(status)}};
    if (route.answers_json)
      response["content"] = json_content(route.answer);
    else if (status != 204)
      response["content"] =
          json::object{{route.spec.produces, json::object{{"schema", json::object{{"type", "string"}}}}}};
    out[std::to_string(status)] = std::move(response);
  }
  if (route.body_kind != BodyKind::kNone) {
    out["400"] = problem_response("The request is malformed or means nothing", router);
    out["413"] = problem_response(
        fmt::format("The body is larger than {} MB", route.spec.body_bytes_max >> 20), router);
    out["415"] = problem_response("The body's type is not read here", router);
  }
  out["default"] = problem_response("Refused or failed", router);
  return out;
}

json::object operation(const Route& route, const Router& router) {
  json::object out{{"operationId", route.spec.name},
                   {"tags", json::array{json::value(route.spec.tag)}},
                   {"summary", route.spec.summary}};
  json::array parameters;
  add_parameters(parameters, *route.path, "path");
  add_parameters(parameters, *route.query, "query");
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (route.body_kind != BodyKind::kNone) out["requestBody"] = request_body(route, router.book());
  out["responses"] = responses(route, router);
  if (route.spec.scope == Scope::kPublic)
    out["security"] = json::array();
  else
    out["description"] = fmt::format("Scope: {}.", name_of(route.spec.scope));
  return out;
}

json::array tags(const Router& router) {
  json::array out;
  std::vector<std::string_view> seen;
  for (const auto& route : router.routes()) {
    if (std::find(seen.begin(), seen.end(), route.spec.tag) != seen.end()) continue;
    seen.push_back(route.spec.tag);
    out.push_back(json::object{{"name", route.spec.tag}});
  }
  return out;
}

}  // namespace

json::object openapi_document(const Router& router) {
  json::object paths;
  for (const auto& route : router.routes()) {
    auto& path = paths[route.spec.path];
    if (!path.is_object()) path = json::object();
    path.as_object()[ascii_lower(name_of(route.spec.method))] = operation(route, router);
  }
  json::object schemas;
  for (const auto* object : router.book().objects()) schemas[object->name] = json_schema(*object);
  json::object bearer{{"type", "http"},
                      {"scheme", "bearer"},
                      {"description", "An API key. None is needed on a loopback address without keys."}};
  return {
      {"openapi", "3.1.0"},
      {"info", json::object{{"title", "Modiste"},
                            {"version", "1"},
                            {"summary", "Fashion personalisation"},
                            {"description", kDescription},
                            {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", json::array{json::object{{"url", "/"}}}},
      {"security", json::array{json::object{{"key", json::array()}}}},
      {"tags", tags(router)},
      {"paths", std::move(paths)},
      {"components", json::object{{"securitySchemes", json::object{{"key", std::move(bearer)}}},
                                  {"schemas", std::move(schemas)}}}};
}

std::string openapi_yaml(const Router& router) {
  return "# generated: do not edit. Printed from the route table of src/http.\n" +
         to_yaml(openapi_document(router));
}

}  // namespace modiste::http
