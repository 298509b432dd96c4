// The routes that every server has: health, readiness, metrics and the documentation.
#pragma once

#include <functional>
#include <string>

#include "http/router.h"

namespace modiste::http {

struct SystemPages {
  std::function<Result<Done>()> ready = [] { return kOk; };
  std::function<std::string()> metrics = [] { return std::string(); };
  std::function<std::string()> openapi = [] { return std::string(); };
  std::function<std::string()> docs = [] { return std::string(); };
};

void add_system_routes(Router& router, SystemPages pages);

// The committed descriptions of the API: api/openapi.yaml and web/src/api/types.ts.
[[nodiscard]] std::string openapi_file();
[[nodiscard]] std::string typescript_file();

}  // namespace modiste::http
