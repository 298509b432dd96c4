// The error of every reader of weights, tables and configurations in this folder.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// `what` is wrong with the file or field `where`; `expected` says what would be right.
inline Error corrupt(std::string what, std::string_view where, std::string expected = {}) {
  return {Code::kCorrupt, std::move(what), std::string(where), std::move(expected)};
}

}  // namespace modiste
