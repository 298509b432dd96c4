// PostHog's events, as its libraries and its API send them: https://posthog.com/docs/api/capture, and
// Mixpanel's, which have the same form: https://developer.mixpanel.com/reference/import-events. Shops name
// them by Segment's e-commerce spec (https://posthog.com/docs/data/event-spec/ecommerce-events).
#include <fmt/format.h>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr Copy kOfPostHogEvent[] = {{"uuid", "event_id"},
                                    {"properties.$insert_id", "event_id"},
                                    {"timestamp", "occurred_at"},
                                    {"properties.timestamp", "occurred_at"},
                                    {"properties.$time", "occurred_at"},
                                    {"properties.time", "occurred_at"},
                                    {"sent_at", "sent_at"},
                                    {"properties.$session_id", "session_id"},
                                    {"properties.$browser_language", "context.locale"},
                                    {"properties.$locale", "context.locale"},
                                    {"properties.$timezone", "context.time_zone"},
                                    {"properties.$raw_user_agent", "context.user_agent"},
                                    {"properties.$geoip_country_code", "context.country"}};

std::string distinct_id(const json::object& event) {
  // The last is of Mixpanel's $identify, which has no other.
  for (const auto* path : {"distinct_id", "properties.distinct_id", "properties.$identified_id"})
    if (const auto* id = find_path(event, path); id != nullptr && !id->is_null())
      return id->is_string() ? std::string(id->get_string()) : serialize_json(*id);
  return {};
}

bool says(const json::object& event, std::string_view path, bool value) {
  const auto* said = find_path(event, path);
  return said != nullptr && said->is_bool() && said->get_bool() == value;
}

// Until a shopper signs in, distinct_id is the browser's own id; PostHog's libraries say so in one of three
// ways. Else it is what the shop identifies the shopper by.
void take_who(Draft& draft, const json::object& event, std::string_view base) {
  constexpr std::string_view kMixpanelsDevice = "$device:";
  std::string id = distinct_id(event);
  const bool device_only = id.starts_with(kMixpanelsDevice);
  if (device_only) id.erase(0, kMixpanelsDevice.size());
  const std::string at = fmt::format("{}/distinct_id", base);
  const auto user = text_at(event, "properties.$user_id"), device = text_at(event, "properties.$device_id");
  const bool anonymous =
      user.empty() && (device_only || id == device || says(event, "properties.$is_identified", false) ||
                       says(event, "properties.$process_person_profile", false));
  draft.take("shopper_id", json::value(user.empty() && !anonymous ? id : std::string(user)), at);
  auto before = text_at(event, "properties.$anon_distinct_id");
  if (before.empty()) before = text_at(event, "properties.$anon_id");  // Mixpanel's
  if (anonymous) draft.take("device_id", json::value(id), at);         // what $identify will call it
  draft.take("device_id", json::value(!before.empty() ? before : device), fmt::format("{}/properties", base));
}

}  // namespace

bool is_posthog(const json::object& entry) {
  return entry.if_contains("event") != nullptr && entry.at("event").is_string() &&
         !distinct_id(entry).empty();
}

Result<std::vector<Translated>> translate_posthog(const json::object& event, std::string_view base,
                                                  TimePoint received_at) {
  const auto name = text_at(event, "event");
  std::string id(text_at(event, "uuid"));
  if (id.empty()) id = text_at(event, "properties.$insert_id");
  if (id.empty()) id = content_id_of("posthog", event, received_at);
  const json::object properties = with_snake_names(object_at(event, "properties"));
  const NamedTrack track{name, fmt::format("{}/event", base), id, properties,
                         fmt::format("{}/properties", base)};
  const auto known = track_of(name);
  if (!known && name.starts_with("$")) return std::vector<Translated>();  // its own: pages, clicks, errors
  if (!known) return no_track(track);
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  take_who(draft, event, base);
  draft.copy(event, base, kOfPostHogEvent);
  if (!draft.has("event_id")) draft.put("event_id", json::value(id));
  if (const auto referrer = text_at(event, "properties.$referrer"); referrer.starts_with("http"))
    draft.take("context.referrer", json::value(referrer), fmt::format("{}/properties/$referrer", base));
  return translate_named(track, *known, std::move(draft));
}

}  // namespace modiste
