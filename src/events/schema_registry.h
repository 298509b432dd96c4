// The schema registry: api/events/v<N>.schema.json is the taxonomy's version N as JSON Schema 2020-12, and a
// new version must keep every event of the earlier ones valid.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace modiste {

// Of this program's taxonomy, from Contract<Event> and the table of members by type: what a sender may send.
// The shop's own types and members are left out.
[[nodiscard]] json::object event_schema();

// What a document valid under `older` could have that `newer` refuses, one line each with its JSON pointer:
// members that went, members that are needed now, narrower types, limits and enumerations. A changed default
// is listed too: it changes what an absent member means. Empty: every sender of the older version goes on.
// Knows the keywords that event_schema() uses.
[[nodiscard]] std::vector<std::string> breaking_changes(const json::value& older, const json::value& newer);

}  // namespace modiste
