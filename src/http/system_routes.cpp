#include "http/system_routes.h"

#include "http/job_routes.h"
#include "http/openapi.h"
#include "http/shop_routes.h"
#include "http/shopper_contracts.h"

namespace modiste::http {
namespace {

using Page = std::function<std::string()>;

void add_page(Router& router, RouteSpec spec, Page page) {
  spec.tag = "Server";
  router.route<Request<>, Text>(
      spec, [page = std::move(page)](const auto&) -> Result<Text> { return Text{page()}; });
}

// A new device for a browser. The shop's own servers may name one that they know, such as an analytics id.
Result<NewDevice> issue_device(const DeviceTokens* tokens, const Request<Nothing, DeviceQuery>& request) {
  if (tokens == nullptr) return Error{Code::kUnavailable, "the shop is not open yet", "", "try again"};
  NewDevice out;
  out.device_id = request.query.id.empty() ? DeviceTokens::new_device_id() : request.query.id;
  out.token = tokens->token_of(out.device_id);
  return out;
}

void add_devices(Router& router, const DeviceTokens* tokens) {
  router.route<Request<Nothing, DeviceQuery>, NewDevice>(
      {.method = Method::kPost,
       .path = "/v1/devices",
       .name = "newDevice",
       .tag = "Shoppers",
       .summary = "Issue a device token: a browser asks once, keeps it, and sends it as "
                  "`Authorization: Bearer` with events and requests, which are then about this device.",
       .access = access::kStorefront,
       .limited = true,
       .statuses = {201}},
      [tokens](const auto& request) -> Result<Response> {
        if (!request.query.id.empty() && !request.caller.trusted)
          return refusal(request.caller, {Code::kInvalid, "a page may not choose its device id", "?id",
                                          "no id, or an API key of scope shopper"});
        TRY_ASSIGN(const auto device, issue_device(tokens, request));
        return router_detail::json_response(201, to_json_text(device));
      });
}

}  // namespace

void add_system_routes(Router& router, SystemPages pages) {
  add_devices(router, pages.device_tokens);
  router.route<Request<>, Health>({.path = "/healthz",
                                   .name = "health",
                                   .tag = "Server",
                                   .summary = "Liveness: the process runs.",
                                   .access = access::kPublic},
                                  [](const auto&) -> Result<Health> { return Health{}; });
  router.route<Request<>, Health>(
      {.path = "/readyz",
       .name = "ready",
       .tag = "Server",
       .summary = "Readiness: 200 when requests may be sent. The port is closed until the shop is loaded.",
       .access = access::kPublic},
      [ready = std::move(pages.ready)](const auto&) -> Result<Health> {
        TRY(ready());
        return Health{};
      });
  add_page(router,
           {.path = "/metrics",
            .name = "metrics",
            .summary = "Metrics, in the text format of Prometheus.",
            .access = access::kAdmin,
            .produces = "text/plain; version=0.0.4; charset=utf-8"},
           std::move(pages.metrics));
  add_page(router,
           {.path = "/openapi.json",
            .name = "openapi",
            .summary = "Description of the API, as OpenAPI 3.1 in JSON.",
            .access = access::kPublic},
           pages.openapi);
  // JSON is YAML 1.2, so the same bytes serve readers that ask for YAML.
  add_page(router,
           {.path = "/openapi.yaml",
            .name = "openapiYaml",
            .summary = "The same description, with the media type of YAML.",
            .access = access::kPublic,
            .produces = "application/yaml"},
           std::move(pages.openapi));
  add_page(router,
           {.path = "/docs",
            .name = "docs",
            .summary = "Documentation of the API as a page.",
            .access = access::kPublic,
            .produces = "text/html; charset=utf-8"},
           std::move(pages.docs));
}

std::string openapi_file() {
  Router router = shop_router(nullptr);
  add_job_routes(router, nullptr);
  add_system_routes(router, {});
  return openapi_json(router);
}

}  // namespace modiste::http
