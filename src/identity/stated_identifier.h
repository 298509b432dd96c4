// An identifier as somebody wrote it, made the one that is kept.
#pragma once

#include <string>
#include <utility>

#include "base/text.h"
#include "identity/identifier.h"

namespace modiste {

// Hashes of e-mail addresses are kept in lower case, however they were sent: one hash, one person.
[[nodiscard]] inline Identifier stated_identifier(IdentifierKind kind, std::string id) {
  return {kind, kind == IdentifierKind::kEmail ? ascii_lower(id) : std::move(id)};
}

}  // namespace modiste
