#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/clock.h"
#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"

namespace modiste {
namespace {

constexpr std::string_view kPayloadSchema = "iglu:com.snowplowanalytics.snowplow/payload_data/";

struct PayloadName {
  std::string_view theirs, canonical;
};

constexpr PayloadName kPayloadMembers[] = {
    {"eid", "event_id"},         {"uid", "user_id"},         {"duid", "domain_userid"},
    {"tnuid", "network_userid"}, {"nuid", "network_userid"}, {"sid", "domain_sessionid"},
    {"tz", "os_timezone"},       {"lang", "br_lang"},        {"ua", "useragent"},
    {"refr", "page_referrer"},   {"ti_id", "ti_orderid"},    {"ti_sk", "ti_sku"},
    {"ti_pr", "ti_price"},       {"ti_qu", "ti_quantity"},   {"ti_cu", "ti_currency"},
    {"co", "contexts"},          {"ue_pr", "unstruct_event"}};
constexpr PayloadName kInBase64[] = {{"cx", "contexts"}, {"ue_px", "unstruct_event"}};
constexpr PayloadName kPayloadTimes[] = {
    {"ttm", "derived_tstamp"}, {"dtm", "dvce_created_tstamp"}, {"stm", "sent_at"}};
constexpr PayloadName kPayloadKinds[] = {{"pv", "page_view"},        {"pp", "page_ping"},
                                         {"se", "struct"},           {"tr", "transaction"},
                                         {"ti", "transaction_item"}, {"ad", "ad_impression"}};

// Either alphabet, with padding or without (RFC 4648 4 and 5): trackers differ.
std::optional<std::string> from_base64(std::string_view packed) {
  while (packed.ends_with('=')) packed.remove_suffix(1);
  std::string text(packed);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  std::string out(text.size(), '\0');
  size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                        nullptr, &size, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  out.resize(size);
  return out;
}

// Milliseconds since 1970, which trackers write as text.
json::value time_of_payload(const json::value& value) {
  const std::string text = value.is_string() ? std::string(value.get_string()) : serialize_json(value);
  int64_t ms = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
  constexpr int64_t kMsMax = 100'000'000'000'000;  // in the year 5138
  if (error != std::errc() || end != text.data() + text.size() || ms < 0 || ms > kMsMax) return nullptr;
  return json::value(to_rfc3339(TimePoint(std::chrono::milliseconds(ms))));
}

// "iglu:com.vendor/link_click/jsonschema/1-0-1" -> "link_click"
std::string name_in_schema(const json::value& described) {
  const auto* whole = described.if_object();
  const auto* said = whole != nullptr ? whole->if_contains("data") : nullptr;
  if (said == nullptr || !said->is_object()) return {};
  auto schema = text_at(said->get_object(), "schema");
  const size_t vendor = schema.find('/');
  if (vendor == std::string_view::npos) return {};
  schema.remove_prefix(vendor + 1);
  return std::string(schema.substr(0, schema.find('/')));
}

json::object canonical_event(const json::object& payload) {
  json::object event;
  for (const auto& [theirs, canonical] : kPayloadMembers)
    if (const auto* value = payload.if_contains(theirs)) event.emplace(canonical, *value);
  for (const auto& [theirs, canonical] : kInBase64)
    if (const auto text = from_base64(text_at(payload, theirs)); text && !text->empty())
      event.emplace(canonical, *text);
  for (const auto& [theirs, canonical] : kPayloadTimes)
    if (const auto* value = payload.if_contains(theirs)) event.emplace(canonical, time_of_payload(*value));
  if (!event.contains("event_id")) {
    json::object said = payload;
    said.erase("stm");  // it may be sent again
    event["event_id"] = content_id("snowplow", kept_text(std::move(said)));
  }
  const auto kind = text_at(payload, "e");
  const auto* known = std::find_if(std::begin(kPayloadKinds), std::end(kPayloadKinds),
                                   [&](const auto& k) { return k.theirs == kind; });
  if (known != std::end(kPayloadKinds)) event["event_name"] = known->canonical;
  if (auto* said = event.if_contains("unstruct_event"); said != nullptr && said->is_string())
    if (auto read = parse_json(said->get_string()); read.ok()) *said = std::move(*read);
  if (kind == "ue") event["event_name"] = name_in_schema(event["unstruct_event"]);
  return event;
}

}  // namespace

bool is_snowplow_batch(const json::object& body) {
  const auto* data = body.if_contains("data");
  return text_at(body, "schema").starts_with(kPayloadSchema) && data != nullptr && data->is_array();
}

bool is_snowplow_payload(const json::object& entry) {
  constexpr std::string_view kEvents[] = {"ue", "pv", "pp", "se", "tr", "ti", "ad"};
  const auto kind = text_at(entry, "e");
  return std::find(std::begin(kEvents), std::end(kEvents), kind) != std::end(kEvents) &&
         !text_at(entry, "tv").empty();
}

Result<std::vector<Translated>> translate_snowplow_payload(const json::object& payload,
                                                           std::string_view base) {
  auto translated = translate_snowplow(canonical_event(payload), base);
  // What was sent is packed: it is pointed at as a whole.
  if (!translated.ok()) {
    Error error = std::move(translated).error();
    error.where = base;
    return error;
  }
  for (Translated& one : *translated)
    for (auto& [ours, theirs] : one.sources) theirs = base;
  return translated;
}

}  // namespace modiste
