// Takes out of a drafted event what cannot be read and is not needed, so that it costs the member and not the
// event. Internal to translation.
//
// Left out: members with unknown names, values of the wrong type or outside the limits, members that events
// of the type may not have, and shown items without a readable garment while others have one. Kept, to be
// refused by name: what the type needs, consent and vetoes as a whole, and an unknown name that resembles one
// whose absence would change what the event says ("garment-id" of a return: without it all of the order is
// returned).
#pragma once

#include <string>
#include <vector>

#include "events/event.h"
#include "ingest/draft.h"

namespace modiste {

// `items_ids` and the sources of items follow the items that stay. Returns what was left out and why; where:
// in our spelling, "/context/latitude".
[[nodiscard]] std::vector<Error> leave_out_unreadable(json::object& event, Sources& sources,
                                                      std::vector<std::vector<std::string>>& items_ids);

// Whether the event, read as it was sent, has something that leave_out_unreadable() would take out.
[[nodiscard]] bool has_something_to_leave_out(const Event& event);

}  // namespace modiste
