// Routes of every server: device tokens, health, readiness, metrics and documentation.
#pragma once

#include <functional>
#include <string>

#include "http/router.h"
#include "http/tokens.h"

namespace modiste::http {

struct SystemPages {
  std::function<Result<Done>()> ready = [] { return kOk; };
  std::function<std::string()> metrics = [] { return std::string(); };
  std::function<std::string()> openapi = [] { return std::string(); };
  std::function<std::string()> docs = [] { return std::string(); };
  const DeviceTokens* device_tokens = nullptr;  // borrowed; null for a description of the API alone
};

void add_system_routes(Router& router, SystemPages pages);

// Content of the committed description of the API: api/openapi.json.
[[nodiscard]] std::string openapi_file();

}  // namespace modiste::http
