#include "http/system_routes.h"

#include "http/openapi.h"
#include "http/shop_routes.h"

namespace modiste::http {
namespace {

using Page = std::function<std::string()>;

void add_page(Router& router, RouteSpec spec, Page page) {
  spec.tag = "Server";
  router.route<Request<>, Text>(
      spec, [page = std::move(page)](const auto&) -> Result<Text> { return Text{page()}; });
}

}  // namespace

void add_system_routes(Router& router, SystemPages pages) {
  router.route<Request<>, Health>({.path = "/healthz",
                                   .name = "health",
                                   .tag = "Server",
                                   .summary = "Liveness: the process runs.",
                                   .scope = Scope::kPublic},
                                  [](const auto&) -> Result<Health> { return Health{}; });
  router.route<Request<>, Health>(
      {.path = "/readyz",
       .name = "ready",
       .tag = "Server",
       .summary = "Readiness: 200 when requests may be sent; 503 while the shop loads or cannot serve.",
       .scope = Scope::kPublic},
      [ready = std::move(pages.ready)](const auto&) -> Result<Health> {
        TRY(ready());
        return Health{};
      });
  add_page(router,
           {.path = "/metrics",
            .name = "metrics",
            .summary = "Metrics, in the text format of Prometheus.",
            .scope = Scope::kAdmin,
            .produces = "text/plain; version=0.0.4; charset=utf-8"},
           std::move(pages.metrics));
  add_page(router,
           {.path = "/openapi.json",
            .name = "openapi",
            .summary = "Description of the API, as OpenAPI 3.1 in JSON.",
            .scope = Scope::kPublic},
           pages.openapi);
  // JSON is YAML 1.2, so the same bytes serve readers that ask for YAML.
  add_page(router,
           {.path = "/openapi.yaml",
            .name = "openapiYaml",
            .summary = "The same description, with the media type of YAML.",
            .scope = Scope::kPublic,
            .produces = "application/yaml"},
           std::move(pages.openapi));
  add_page(router,
           {.path = "/docs",
            .name = "docs",
            .summary = "Documentation of the API as a page.",
            .scope = Scope::kPublic,
            .produces = "text/html; charset=utf-8"},
           std::move(pages.docs));
}

std::string openapi_file() {
  Router router = shop_router(nullptr);
  add_system_routes(router, {});
  return openapi_json(router);
}

}  // namespace modiste::http
