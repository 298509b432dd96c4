#include "ingest/event_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/rng.h"
#include "ingest/event_door.h"
#include "ingest/sent_members.h"

namespace modiste {

std::string numbered_id(std::string_view base, size_t index) {
  constexpr size_t kLengthMax = 90;  // of the 100 that an event_id may have
  return base.size() <= kLengthMax ? fmt::format("{}#{}", base, index)
                                   : fmt::format("{}#{}", content_id("id", base), index);
}

std::string order_line_event_id(std::string_view order_id, std::string_view line) {
  return fmt::format("order-{}#{}", order_id, line);
}

std::string_view order_line_in(std::string_view event_id, std::string_view order_id) {
  const std::string before = order_line_event_id(order_id, "");
  return event_id.starts_with(before) ? event_id.substr(before.size()) : std::string_view();
}

std::string content_id(std::string_view prefix, std::string_view content) {
  return fmt::format("{}-{:016x}{:016x}", prefix, hash64(content), hash64(content, 1));
}

std::string kept_text(json::value event) {
  if (auto* object = event.if_object())
    for (const std::string_view member : {"sent_at", "sentAt"}) object->erase(member);
  make_coarse(event);
  return serialize_json(event);
}

std::string content_id_of(std::string_view prefix, json::object event) {
  return content_id(prefix, kept_text(std::move(event)));
}

std::string content_id_of(std::string_view prefix, json::object event, TimePoint received_at) {
  constexpr std::string_view kTimes[] = {"timestamp",       "originalTimestamp", "time",
                                         "event_time",      "client_event_time", "eventTime",
                                         "properties.time", "properties.$time",  "properties.timestamp"};
  const bool says_when = std::any_of(std::begin(kTimes), std::end(kTimes), [&](std::string_view path) {
    const auto* time = find_path(event, path);
    return time != nullptr && !is_absent(*time);
  });
  constexpr size_t kDay = 10;  // "2026-11-21"
  std::string said = kept_text(std::move(event));
  if (!says_when) said += '\n' + to_rfc3339(received_at).substr(0, kDay);
  return content_id(prefix, said);
}

}  // namespace modiste
