// The API for people: one page, no scripts, rendered once from the route table.
#pragma once

#include <string>

#include "http/router.h"

namespace modiste::http {

[[nodiscard]] std::string docs_page(const Router& router);

}  // namespace modiste::http
