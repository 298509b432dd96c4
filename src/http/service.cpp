#include "http/service.h"

#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/text.h"
#include "http/docs_page.h"
#include "http/openapi.h"
#include "http/problem.h"
#include "http/system_routes.h"

namespace modiste::http {
namespace {

std::string media_type(std::string_view field) {
  std::string out(trim(field.substr(0, field.find(';'))));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool takes(BodyKind kind, const std::string& type) {
  if (kind == BodyKind::kJson) return type == "application/json" || type.ends_with("+json");
  return type == "image/jpeg" || type == "image/png" || type == "image/webp" || type == "image/gif" ||
         type == "application/octet-stream";
}

std::string_view taken_types(BodyKind kind) {
  return kind == BodyKind::kJson ? "application/json"
                                 : "image/jpeg, image/png, image/webp, image/gif, application/octet-stream";
}

// Whether an Accept field allows a media type. Preferences are ignored: each route has one media type.
bool accepts(std::string_view accept, const std::string& type) {
  if (trim(accept).empty()) return true;
  const std::string group = type.substr(0, type.find('/')) + "/*";
  for (size_t at = 0; at <= accept.size();) {
    const size_t end = std::min(accept.find(',', at), accept.size());
    const auto range = accept.substr(at, end - at);
    const auto name = media_type(range);
    const bool refused =
        range.find("q=0") != std::string_view::npos && range.find("q=0.") == std::string_view::npos;
    if (!refused && (name == "*/*" || name == group || name == type)) return true;
    at = end + 1;
  }
  return false;
}

std::string allow_field(const std::vector<std::string_view>& methods) {
  std::string out = fmt::format("{}", fmt::join(methods, ", "));
  if (std::find(methods.begin(), methods.end(), "GET") != methods.end()) out += ", HEAD";
  return out + ", OPTIONS";
}

Response method_answer(std::string_view method, const std::vector<std::string_view>& allowed) {
  Response out;
  if (method == "OPTIONS")
    out.status = 204;
  else
    out = problem(405, "the path does not support this method", allow_field(allowed));
  out.fields.emplace_back("Allow", allow_field(allowed));
  return out;
}

// Keeps the paths of version 0.1 working: garments were called products there.
void follow_rename(Target& target) {
  if (target.segments.size() > 1 && target.segments[0] == "v1" && target.segments[1] == "products")
    target.segments[1] = "garments";
}

}  // namespace

Result<std::unique_ptr<Service>> Service::make(Router router, ServiceOptions options) {
  TRY_ASSIGN(auto guard, Guard::make(options));
  TRY_ASSIGN(auto proxies, TrustedProxies::make(options.trusted_proxies));
  TRY_ASSIGN(auto web, WebFiles::load(options.web));
  return std::unique_ptr<Service>(new Service(std::move(router), std::move(options), std::move(guard),
                                              std::move(proxies), std::move(web)));
}

Service::Service(Router router, ServiceOptions options, Guard guard, TrustedProxies proxies, WebFiles web)
    : options_(std::move(options)),
      guard_(std::move(guard)),
      proxies_(std::move(proxies)),
      rate_limit_(options_.devices_per_minute),
      web_(std::move(web)),
      images_(options_.images),
      log_(options_.log ? options_.log : spdlog::default_logger()),
      router_(std::move(router)) {
  SystemPages pages{.ready = {},
                    .metrics =
                        [this] {
                          std::string text = metrics_->text();
                          if (options_.more_metrics) text += options_.more_metrics();
                          return text;
                        },
                    .openapi = [this] { return openapi_; },
                    .docs = [this] { return docs_; },
                    .device_tokens = &guard_.device_tokens()};
  pages.ready = options_.ready ? options_.ready : [] { return Result<Done>(kOk); };
  add_system_routes(router_, std::move(pages));
  openapi_ = openapi_json(router_);
  docs_ = docs_page(router_);
  for (const auto& route : router_.routes())
    labels_.push_back(fmt::format("{} {}", name_of(route.spec.method), route.spec.path));
  for (const auto* label : {"GET /images/{file}", "GET /*", "unmatched"}) labels_.emplace_back(label);
  metrics_ = std::make_unique<Metrics>(labels_);
}

std::optional<Response> Service::check_media(const Route& route, const RequestHead& head) const {
  if (route.body_kind != BodyKind::kNone) {
    if (!head.content_encoding.empty() && head.content_encoding != "identity")
      return problem(415, "compressed request bodies are not supported", "a body without Content-Encoding");
    if (!takes(route.body_kind, media_type(head.content_type)))
      return problem(
          415, head.content_type.empty() ? "the request has no Content-Type" : "unsupported Content-Type",
          std::string("Content-Type: ") + std::string(taken_types(route.body_kind)));
  }
  const auto produced =
      route.answers_json ? std::string("application/json") : media_type(route.spec.produces);
  if (route.spec.statuses.front() != 204 && !accepts(head.accept, produced))
    return problem(406, "none of the accepted media types is available", "Accept: " + produced);
  return std::nullopt;
}

Service::Verdict Service::admit_route(const RequestHead& head, Router::Match match, Target target) const {
  Verdict out;
  out.label = unmatched();
  if (match.route == nullptr) {
    out.answer = method_answer(head.method, match.allowed);
    return out;
  }
  out.label = static_cast<size_t>(match.route - router_.routes().data());
  auto admission = guard_.admit(head, *match.route->spec.access, SystemClock().now());
  out.answer = std::move(admission.refused);
  if (!out.answer && match.route->spec.limited && !admission.caller.trusted) out.answer = too_often(head);
  if (!out.answer) out.answer = check_media(*match.route, head);
  out.call = {match.route, std::move(target), std::move(match.path_values), std::move(admission.caller)};
  return out;
}

std::optional<Response> Service::too_often(const RequestHead& head) const {
  const auto wait_s =
      rate_limit_.take(proxies_.client_of(head.peer, head.forwarded_for), std::chrono::steady_clock::now());
  if (!wait_s) return std::nullopt;
  Response out = problem(429, "too many requests from this address",
                         fmt::format("at most {} requests a minute", options_.devices_per_minute));
  for (auto& [name, value] : out.fields)
    if (name == "Retry-After") value = std::to_string(*wait_s);
  return out;
}

Service::Verdict Service::admit_file(const RequestHead& head, const Target& target) const {
  Verdict out;
  out.label = unmatched();
  const auto first = target.segments.empty() ? std::string_view() : std::string_view(target.segments.front());
  if (first == "v1") {
    out.answer = problem(404, "path not found", "a path of /docs");
  } else if (!method_from_name(head.method) && head.method != "OPTIONS") {
    out.answer = problem(501, "unknown HTTP method");
  } else if (head.method != "GET" && head.method != "HEAD") {
    out.answer = method_answer(head.method, {"GET"});
  } else if (first == "images") {
    out.label = labels_.size() - 3;
    out.answer = images_.answer(target, head);
    if (guard_.shares()) out.answer->fields.emplace_back(kEmbedding, "cross-origin");
  } else {
    out.label = labels_.size() - 2;
    out.answer = web_.answer(target, head);
  }
  return out;
}

Service::Verdict Service::admit(const RequestHead& head) const {
  Verdict refused;
  refused.label = unmatched();
  refused.answer = guard_.check_origin(head);
  if (refused.answer) return refused;
  auto target = parse_target(head.target);
  if (!target.ok()) {
    refused.answer = problem(target.error());
    return refused;
  }
  follow_rename(*target);
  const auto method = method_from_name(head.method);
  auto match = router_.match(method.value_or(Method::kGet), *target);
  if (!method) match.route = nullptr;
  return match.allowed.empty() ? admit_file(head, *target)
                               : admit_route(head, std::move(match), std::move(*target));
}

Response Service::handle(const Call& call, std::string_view body, const Ids& ids) const {
  try {
    auto result = call.route->handle({call.path_values, call.target.query, body, ids.answer, call.caller});
    if (result.ok()) return std::move(*result);
    if (status_of(result.error().code) == 500)
      log_->error("request failed id={} route={} error=\"{}\"", ids.request, call.route->spec.path,
                  result.error().message());
    return problem(result.error());
  } catch (const std::exception& error) {
    log_->error("request failed id={} route={} exception=\"{}\"", ids.request, call.route->spec.path,
                error.what());
  } catch (...) {
    log_->error("request failed id={} route={} exception=unknown", ids.request, call.route->spec.path);
  }
  return problem(Error{Code::kInternal, "", "", ""});
}

void Service::record(const Exchange& exchange) {
  metrics_->record({exchange.label, exchange.status, exchange.took, exchange.bytes_in, exchange.bytes_out});
  const bool known = method_from_name(exchange.method).has_value() || exchange.method == "OPTIONS";
  const bool answers = !exchange.detail.empty();
  const bool named = answers && exchange.answer_id != exchange.request_id;
  log_->info("request id={} method={} route=\"{}\" status={} micros={} in={} out={}{}{}{}{}",
             exchange.request_id, known ? exchange.method : "-", labels_[exchange.label], exchange.status,
             exchange.took.count(), exchange.bytes_in, exchange.bytes_out, named ? " answer=" : "",
             named ? exchange.answer_id : "", answers ? " " : "", exchange.detail);
}

}  // namespace modiste::http
