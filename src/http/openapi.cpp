#include "http/openapi.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.h"
#include "http/problem.h"

namespace modiste::http {
namespace {

using Kind = Schema::Kind;

constexpr std::string_view kDescription =
    "Modiste records what shoppers do, keeps a style profile for each of them, and recommends garments that "
    "suit them. Every error is a problem document (RFC 9457) that says what is wrong, where, and what would "
    "be right. Every response carries X-Request-Id: the one that was sent, if any. An answer's own "
    "request_id, which "
    "events cite, is always the server's.";

constexpr std::pair<std::string_view, std::string_view> kTags[] = {
    {"Answers", "Recommendations, similar garments, search, outfits and looks"},
    {"Shoppers", "Events, the style quiz, profiles, identity and privacy"},
    {"Dead letters", "Events that were refused, kept so that they can be fixed and replayed"},
    {"Jobs", "Long work of the server: backups, daily features, the event log"},
    {"Catalog", "Garments, variants, photos and the shop's own outfits"},
    {"Shop", "The shop as a whole"},
    {"Server", "Health, metrics and this description"}};

constexpr ProblemKind kProblems[] = {
    {400, "BadRequest", "The request is malformed or contradicts itself; `pointer` says where."},
    {401, "Unauthorized", "A token or an API key is required, or the one sent is not valid."},
    {403, "Forbidden",
     "The token is for somebody else or does not allow this, the API key's scope is too small, or a page of "
     "another site tries to write."},
    {404, "NotFound", "There is nothing under this id or path."},
    {405, "MethodNotAllowed", "The path has other methods; `Allow` lists them."},
    {406, "NotAcceptable", "The response has no form that `Accept` admits."},
    {408, "RequestTimeout", "The request did not arrive in time."},
    {409, "Conflict", "The request conflicts with what has changed meanwhile."},
    {413, "ContentTooLarge", "The body is larger than the operation accepts; it was not read."},
    {414, "UriTooLong", "The address is too long."},
    {415, "UnsupportedMediaType", "The body's media type is not supported here."},
    {421, "MisdirectedRequest", "The server does not answer to this `Host`."},
    {429, "TooManyRequests", "Too many requests from this address; retry after `Retry-After` seconds."},
    {431, "HeaderFieldsTooLarge", "The request's header is too large."},
    {500, "InternalError", "The server failed. Its log says why, under `X-Request-Id`."},
    {501, "NotImplemented", "The method or the transfer coding is not supported."},
    {503, "Unavailable",
     "The server is overloaded, loading or stopping; retry after `Retry-After` seconds."}};

json::object reference(std::string_view section, std::string_view name) {
  return {{"$ref", fmt::format("#/components/{}/{}", section, name)}};
}

enum class Role : uint8_t { kSent, kAnswered };

// The component schemas of a route table, and references to them.
class Components {
 public:
  explicit Components(const Router& router) : book_(router.book()) {
    add(router.problem_schema(), Role::kAnswered);
    for (const auto& route : router.routes()) {
      if (route.body_kind == BodyKind::kJson) add(route.body, Role::kSent);
      if (route.answers_json) add(route.answer, Role::kAnswered);
      for (const auto* parameters : {route.path, route.query})
        for (const auto& field : parameters->fields) add(field.schema, Role::kSent);
    }
  }

  [[nodiscard]] json::object schema(const Schema& schema, Role role) const {
    if (schema.kind == Kind::kEnum) return reference("schemas", schema.enumeration);
    if (schema.kind == Kind::kObject) return reference("schemas", name(schema.object, role));
    auto out = json_schema(schema).as_object();
    if (schema.kind == Kind::kList) out["items"] = this->schema(*schema.element, role);
    if (schema.kind == Kind::kMap) out["additionalProperties"] = this->schema(*schema.element, role);
    return out;
  }

  [[nodiscard]] json::object all() const {
    json::object out;
    for (const auto& [name, values] : enums_)
      out[name] = json::object{{"type", "string"}, {"enum", json::array(values.begin(), values.end())}};
    for (const auto* object : book_.objects()) {
      const bool sent = sent_.contains(object->name), answered = answered_.contains(object->name);
      if (answered) out[name(object->name, Role::kAnswered)] = describe(*object, Role::kAnswered);
      if (sent && (!answered || name(object->name, Role::kSent) != object->name))
        out[name(object->name, Role::kSent)] = describe(*object, Role::kSent);
    }
    return out;
  }

 private:
  void add(const Schema& schema, Role role) {
    if (schema.kind == Kind::kEnum) enums_.emplace(schema.enumeration, schema.names);
    if (schema.element) return add(*schema.element, role);
    auto& names = role == Role::kSent ? sent_ : answered_;
    if (schema.kind != Kind::kObject || !names.insert(schema.object).second) return;
    for (const auto& field : book_.object(schema.object).fields) add(field.schema, role);
  }

  // Whether a reader accepts the object without a member that a writer always writes, here or below.
  bool differs(const std::string& object, std::set<std::string>& seen) const {
    if (!seen.insert(object).second) return false;
    for (const auto& field : book_.object(object).fields) {
      if (field.required == field.omittable) return true;
      const Schema* value = &field.schema;
      while (value->element) value = value->element.get();
      if (value->kind == Kind::kObject && differs(value->object, seen)) return true;
    }
    return false;
  }

  std::string name(const std::string& object, Role role) const {
    std::set<std::string> seen;
    const bool two = sent_.contains(object) && answered_.contains(object) && differs(object, seen);
    return two && role == Role::kSent ? object + "Input" : object;
  }

  json::object describe(const ObjectSchema& object, Role role) const {
    auto out = json_schema(object);
    json::array required;
    auto& properties = out["properties"].as_object();
    for (const auto& field : object.fields) {
      auto property = schema(field.schema, role);
      for (const auto* member : {"description", "default", "examples"})
        if (const auto* value = properties[field.name].as_object().if_contains(member))
          property[member] = *value;
      properties[field.name] = std::move(property);
      if (role == Role::kSent ? field.required : !field.omittable)
        required.push_back(json::value(field.name));
    }
    out.erase("required");
    if (!required.empty()) out["required"] = std::move(required);
    if (role == Role::kAnswered) out.erase("additionalProperties");  // later versions may answer more
    return out;
  }

  const SchemaBook& book_;
  std::set<std::string, std::less<>> sent_, answered_;
  std::map<std::string_view, std::vector<std::string_view>> enums_;
};

void add_parameters(json::array& out, const ObjectSchema& object, std::string_view in,
                    const Components& components) {
  for (const auto& field : object.fields) {
    auto schema = components.schema(field.schema, Role::kSent);
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

json::object request_body(const Route& route, const Router& router, const Components& components) {
  const auto size = fmt::format("at most {} MB", route.spec.body_bytes_max >> 20);
  json::object content;
  if (route.body_kind == BodyKind::kJson) {
    content["application/json"] = json::object{{"schema", components.schema(route.body, Role::kSent)},
                                               {"example", example_body(route, router.book())}};
    return {{"required", true}, {"description", "JSON, " + size}, {"content", std::move(content)}};
  }
  for (const auto* type : {"image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream"})
    content[type] = json::object();
  return {
      {"required", true}, {"description", "The bytes of a photo, " + size}, {"content", std::move(content)}};
}

// The problems that an operation can answer, besides those of every HTTP exchange.
std::vector<int> problems_of(const Route& route) {
  std::vector<int> out;
  const bool has_input =
      !route.path->fields.empty() || !route.query->fields.empty() || route.body_kind != BodyKind::kNone;
  if (has_input) out.push_back(400);
  if (route.spec.access->key != Scope::kPublic) out.insert(out.end(), {401, 403});
  if (!route.path->fields.empty()) out.push_back(404);
  if (route.spec.method != Method::kGet) out.push_back(409);
  if (route.body_kind != BodyKind::kNone) out.insert(out.end(), {413, 415});
  if (route.spec.limited) out.push_back(429);
  out.insert(out.end(), {500, 503});
  return out;
}

std::string_view problem_name(int status) {
  return std::find_if(std::begin(kProblems), std::end(kProblems),
                      [&](const auto& p) { return p.status == status; })
      ->name;
}

json::object responses(const Route& route, const Components& components) {
  json::object out;
  for (const int status : route.spec.statuses) {
    json::object response{{"description", reason_phrase(status)}};
    if (route.answers_json) {
      json::object media{{"schema", components.schema(route.answer, Role::kAnswered)}};
      response["content"] = json::object{{"application/json", std::move(media)}};
    } else if (status != 204) {
      const auto* type = route.spec.produces == "application/json" ? "object" : "string";
      response["content"] =
          json::object{{route.spec.produces, json::object{{"schema", json::object{{"type", type}}}}}};
    }
    out[std::to_string(status)] = std::move(response);
  }
  for (const int status : problems_of(route))
    out[std::to_string(status)] = reference("responses", problem_name(status));
  out["default"] = reference("responses", "Problem");
  return out;
}

json::array security(const AccessRule& rule) {
  const auto scheme = [](std::string_view name) { return json::object{{name, json::array()}}; };
  json::array out;
  if (rule.key == Scope::kPublic) return out;
  out.push_back(scheme("key"));
  if (rule.shopper != Right::kNone) out.push_back(scheme("shopperToken"));
  if (rule.device != Right::kNone) out.push_back(scheme("deviceToken"));
  if (rule.unknown != Right::kNone) out.push_back(json::object());
  return out;
}

json::object security_schemes() {
  const auto bearer = [](std::string_view description) {
    return json::object{{"type", "http"}, {"scheme", "bearer"}, {"description", description}};
  };
  auto shopper = bearer(
      "A JSON Web Token that the shop's backend signs with HS256: `sub` is the shopper id, `exp` is "
      "required, `device` may name the device. A device token may stand beside it in X-Device-Token.");
  shopper["bearerFormat"] = "JWT";
  return {{"key", bearer("An API key. A server on a loopback address without keys needs none.")},
          {"shopperToken", std::move(shopper)},
          {"deviceToken", bearer("The token of POST /v1/devices: allows what the device itself does.")}};
}

json::object operation(const Route& route, const Router& router, const Components& components) {
  json::object out{{"operationId", route.spec.name},
                   {"tags", json::array{json::value(route.spec.tag)}},
                   {"summary", route.spec.summary}};
  const auto& rule = *route.spec.access;
  out["security"] = security(rule);
  if (rule.key != Scope::kPublic) out["description"] = access_sentence(rule);
  json::array parameters;
  add_parameters(parameters, *route.path, "path", components);
  add_parameters(parameters, *route.query, "query", components);
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (route.body_kind != BodyKind::kNone) out["requestBody"] = request_body(route, router, components);
  out["responses"] = responses(route, components);
  return out;
}

json::array tags() {
  json::array out;
  for (const auto& [name, description] : kTags)
    out.push_back(json::object{{"name", name}, {"description", description}});
  return out;
}

json::object problem_responses(const Router& router, const Components& components) {
  const auto response = [&](std::string_view description) {
    json::object media{{"schema", components.schema(router.problem_schema(), Role::kAnswered)}};
    return json::object{{"description", description},
                        {"content", json::object{{kProblemType, std::move(media)}}}};
  };
  json::object out;
  for (const auto& [status, name, description] : kProblems) {
    out[name] = response(description);
    if (status == 503 || status == 429)
      out[name].as_object()["headers"] =
          json::object{{"Retry-After", json::object{{"description", "Seconds to wait"},
                                                    {"schema", json::object{{"type", "integer"}}}}}};
  }
  out["Problem"] = response("Any other refusal or failure");
  return out;
}

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kProblems; }

json::object openapi_document(const Router& router) {
  const Components components(router);
  json::object paths;
  for (const auto& route : router.routes()) {
    auto& path = paths[route.spec.path];
    if (!path.is_object()) path = json::object();
    path.as_object()[ascii_lower(name_of(route.spec.method))] = operation(route, router, components);
  }
  return {
      {"openapi", "3.1.0"},
      {"info", json::object{{"title", "Modiste"},
                            {"version", "1"},
                            {"summary", "Fashion personalisation"},
                            {"description", kDescription},
                            {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", json::array{json::object{{"url", "/"}}}},
      {"security", json::array{json::object{{"key", json::array()}}}},
      {"tags", tags()},
      {"paths", std::move(paths)},
      {"components", json::object{{"securitySchemes", security_schemes()},
                                  {"responses", problem_responses(router, components)},
                                  {"schemas", components.all()}}}};
}

std::string openapi_json(const Router& router) { return pretty_json(openapi_document(router)); }

}  // namespace modiste::http
