// Writes JSON values as YAML 1.2 block style: readable, and each text one way only.
#pragma once

#include <string>

#include "base/json.h"

namespace modiste::http {

[[nodiscard]] std::string to_yaml(const json::value& value);

}  // namespace modiste::http
