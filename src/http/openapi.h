// OpenAPI 3.1 of a route table. Deterministic: api/openapi.yaml is compared with it in the tests.
#pragma once

#include <string>

#include "base/json.h"
#include "http/router.h"

namespace modiste::http {

[[nodiscard]] json::object openapi_document(const Router& router);
[[nodiscard]] std::string openapi_yaml(const Router& router);

}  // namespace modiste::http
