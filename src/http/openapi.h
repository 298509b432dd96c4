// OpenAPI 3.1 of a route table, as JSON. Deterministic: api/openapi.json is compared with it in the tests.
//
// An object that is sent and answered is described twice where the two differ: `Garment` as the server writes
// it (a member that it always writes is required) and `GarmentInput` as the server reads it (a member that
// has a default is optional). Enumerations and objects are components; each operation names the problems it
// can answer.
#pragma once

#include <span>
#include <string>

#include "base/json.h"
#include "http/router.h"

namespace modiste::http {

[[nodiscard]] json::object openapi_document(const Router& router);
// The document as text: two spaces a level, a newline at its end.
[[nodiscard]] std::string openapi_json(const Router& router);

// The refusals that the API can answer, for the OpenAPI document and for /docs. `name` is the component's
// name.
struct ProblemKind {
  int status;
  std::string_view name, description;
};
[[nodiscard]] std::span<const ProblemKind> problem_kinds();

}  // namespace modiste::http
