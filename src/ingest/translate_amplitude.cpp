// Amplitude's events, as its libraries and its API send them (2/httpapi, batch):
// https://amplitude.com/docs/apis/analytics/http-v2
#include <fmt/format.h>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr Copy kOfAmplitudeEvent[] = {{"insert_id", "event_id"},
                                      {"$insert_id", "event_id"},
                                      {"user_id", "shopper_id"},
                                      {"device_id", "device_id"},
                                      {"time", "occurred_at"},
                                      {"event_time", "occurred_at"},  // corrected by Amplitude
                                      {"client_event_time", "occurred_at"},
                                      {"sent_at", "sent_at"},
                                      {"language", "context.locale"},
                                      {"user_agent", "context.user_agent"},
                                      {"location_lat", "context.latitude"},
                                      {"location_lng", "context.longitude"}};
// Beside event_properties, where revenue is counted.
constexpr Copy kTopLevel[] = {
    {"productId", "garment_id"}, {"price", "price"}, {"quantity", "quantity"}, {"currency", "currency"}};

void take_session(Draft& draft, const json::object& event, std::string_view base) {
  const auto* id = event.if_contains("session_id");
  if (id == nullptr || id->is_null()) return;
  const bool outside = id->is_number() && id->to_number<double>() < 0;  // -1: of no session
  if (!outside) take_session_number(draft, *id, fmt::format("{}/session_id", base));
}

// "2026-11-21 09:29:00.123" of an export is in UTC.
json::value as_utc(std::string_view time) {
  std::string text(time);
  const size_t space = text.find(' ');
  if (space != std::string::npos) text[space] = 'T';
  if (!text.empty() && text.find_first_of("Zz+-", 11) == std::string::npos) text += 'Z';
  return json::value(text);
}

}  // namespace

bool is_amplitude(const json::object& entry) {
  const auto has = [&](std::string_view name) { return entry.contains(name); };
  const auto name = text_at(entry, "event_type");
  return !name.empty() && (has("user_id") || has("device_id")) &&
         (name.starts_with("[Amplitude]") || has("event_properties") || has("user_properties") ||
          has("insert_id") || has("$insert_id"));
}

Result<std::vector<Translated>> translate_amplitude(const json::object& event, std::string_view base,
                                                    TimePoint received_at) {
  const auto name = text_at(event, "event_type");
  std::string id(text_at(event, "insert_id"));
  if (id.empty()) id = text_at(event, "$insert_id");
  if (id.empty()) id = content_id_of("amplitude", event, received_at);
  const json::object properties = with_snake_names(object_at(event, "event_properties"));
  const NamedTrack track{name, fmt::format("{}/event_type", base), id, properties,
                         fmt::format("{}/event_properties", base)};
  const auto known = track_of(name);
  // Its own, and revenue that is counted beside the order's event.
  if (!known && (name.starts_with("$") || name.starts_with("[Amplitude]") || name == "revenue_amount"))
    return std::vector<Translated>();
  if (!known) return no_track(track);
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  for (const auto* member : {"event_time", "client_event_time"})
    if (const auto time = text_at(event, member); time.find(' ') != time.npos)
      draft.take("occurred_at", as_utc(time), fmt::format("{}/{}", base, member));
  draft.copy(event, base, kOfAmplitudeEvent);
  take_session(draft, event, base);
  draft.put("event_id", json::value(id));
  if (const auto country = text_at(event, "country"); country.size() == 2)
    draft.take("context.country", json::value(country), fmt::format("{}/country", base));
  if (known->shape != Shape::kOne) return translate_named(track, *known, std::move(draft));
  TRY_ASSIGN(auto events, translate_named(track, *known, draft));
  if (events.size() > 1 || (!events.empty() && (events.front().event.get_object().contains("garment_id") ||
                                                events.front().event.get_object().contains("sku"))))
    return events;
  draft.copy(event, base, kTopLevel);
  return translate_named(track, *known, std::move(draft));
}

}  // namespace modiste
