// Snowplow's enriched events as JSON (what its loaders and Snowbridge forward), with the e-commerce plugin's
// actions and the older self-describing cart events:
// https://docs.snowplow.io/docs/fundamentals/canonical-event/
// https://docs.snowplow.io/docs/sources/web-trackers/tracking-events/ecommerce/
//
// The self-describing event and the entities stand flat, one member a schema, as loaders and Snowbridge write
// them, or below unstruct_event and contexts as {schema, data}, as the canonical event has them.
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

// What the action says in its `type`.
constexpr ForeignName kActions[] = {{"product_view", T::kProductView, Shape::kEach},
                                    {"list_click", T::kClick, Shape::kEach},
                                    {"list_view", T::kImpression, Shape::kList},
                                    {"add_to_cart", T::kAddToCart, Shape::kEach},
                                    {"remove_from_cart", T::kRemoveFromCart, Shape::kEach},
                                    {"transaction", T::kPurchase, Shape::kEach},
                                    {"refund", T::kReturn, Shape::kEach}};

constexpr Copy kEnriched[] = {{"event_id", "event_id"},
                              {"user_id", "shopper_id"},
                              {"domain_userid", "device_id"},
                              {"network_userid", "device_id"},
                              {"domain_sessionid", "session_id"},
                              {"derived_tstamp", "occurred_at"},
                              {"collector_tstamp", "occurred_at"},
                              {"sent_at", "sent_at"},  // of a tracker's payload
                              {"br_lang", "context.locale"},
                              {"os_timezone", "context.time_zone"},
                              {"useragent", "context.user_agent"},
                              {"page_referrer", "context.referrer"},
                              {"geo_country", "context.country"}};
constexpr Copy kProductEntity[] = {{"id", "garment_id"},     {"sku", "garment_id"},   {"variant", "colour"},
                                   {"size", "size"},         {"price", "price"},      {"unitPrice", "price"},
                                   {"quantity", "quantity"}, {"currency", "currency"}};
constexpr Copy kTransactionItem[] = {{"ti_sku", "garment_id"},
                                     {"ti_orderid", "order_id"},
                                     {"ti_price", "price"},
                                     {"ti_quantity", "quantity"},
                                     {"ti_currency", "currency"}};

// {"schema": "iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0", "data": {..}} is of
// the member com_snowplowanalytics_snowplow_ecommerce_product_1; empty for any other address.
std::string flat_name(const json::object& described) {
  constexpr std::string_view kIglu = "iglu:";
  auto schema = text_at(described, "schema");
  if (!schema.starts_with(kIglu)) return {};
  schema.remove_prefix(kIglu.size());
  const size_t vendor = schema.find('/');
  const size_t name = schema.find('/', vendor == std::string_view::npos ? vendor : vendor + 1);
  const size_t version = schema.rfind('/');
  if (name == std::string_view::npos || version <= name) return {};
  std::string out(schema.substr(0, name));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '.' || c == '/' || c == '-'; }, '_');
  const auto model = schema.substr(version + 1);
  return fmt::format("{}_{}", out, model.substr(0, model.find('-')));
}

// {schema, data: what was said}, as an object or as its text.
json::value data_of(const json::object& event, std::string_view member) {
  const auto* found = event.if_contains(member);
  json::value whole = found != nullptr ? *found : json::value();
  if (const auto* text = whole.if_string())
    if (auto read = parse_json(*text); read.ok()) whole = std::move(*read);
  const auto* object = whole.if_object();
  const auto* data = object != nullptr ? object->if_contains("data") : nullptr;
  return data != nullptr ? *data : json::value();
}

// The canonical event as loaders write it.
json::object flattened(json::object event) {
  const json::value said = data_of(event, "unstruct_event");
  if (const auto* described = said.if_object())
    if (const auto name = flat_name(*described); !name.empty() && described->contains("data"))
      event.emplace("unstruct_event_" + name, described->at("data"));
  const json::value entities = data_of(event, "contexts");
  if (const auto* list = entities.if_array())
    for (const auto& entry : *list) {
      const auto* described = entry.if_object();
      const auto name = described != nullptr ? flat_name(*described) : std::string();
      if (name.empty() || !described->contains("data")) continue;
      auto& member = event["contexts_" + name];
      (member.is_array() ? member.get_array() : member.emplace_array()).push_back(described->at("data"));
    }
  return event;
}

// "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1": the number is the
// schema's version, which only grows.
std::string_view member_named(const json::object& event, std::string_view begin) {
  for (const auto& [key, value] : event)
    if (std::string_view(key).starts_with(begin) && !value.is_null() &&
        key.substr(begin.size()).find_first_not_of("0123456789") == json::string_view::npos)
      return key;
  return {};
}

constexpr std::string_view kAction =
    "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_";
constexpr std::string_view kEntities = "contexts_com_snowplowanalytics_snowplow_ecommerce_";

// The first entity whose member begins so; empty when there is none.
const json::object& first_entity(const json::object& event, std::string_view begin) {
  static const json::object kNothing;
  const auto name = member_named(event, begin);
  const auto* list = name.empty() ? nullptr : event.at(name).if_array();
  return list != nullptr && !list->empty() && list->front().is_object() ? list->front().get_object()
                                                                        : kNothing;
}

// Of the e-commerce plugin.
const json::object& entity_of(const json::object& event, std::string_view kind) {
  return first_entity(event, fmt::format("{}{}_", kEntities, kind));
}

// "2026-11-28 18:00:00.000", as warehouses write it, is UTC.
json::value time_of(const json::object& event) {
  for (const auto* member : {"derived_tstamp", "collector_tstamp", "dvce_created_tstamp"})
    if (std::string time(text_at(event, member)); !time.empty()) {
      if (const size_t space = time.find(' '); space != std::string::npos) time[space] = 'T';
      if (time.find_first_of("Z+", 10) == std::string::npos) time += 'Z';
      return json::value(time);
    }
  return nullptr;
}

Draft begin_enriched(const json::object& event, std::string_view base, T type) {
  Draft draft;
  draft.put("type", json::value(name_of(type)));
  draft.take("occurred_at", time_of(event), fmt::format("{}/derived_tstamp", base));
  if (text_at(event, "user_id").empty())
    if (const auto& user = entity_of(event, "user"); !user.empty())
      draft.take("shopper_id", user.contains("id") ? user.at("id") : json::value(),
                 fmt::format("{}/{}user_1", base, kEntities));
  // Trackers of apps have no domain_userid: the installation's id is in an entity of their own.
  constexpr std::string_view kSession = "contexts_com_snowplowanalytics_snowplow_client_session_";
  if (text_at(event, "domain_userid").empty())
    if (const auto& session = first_entity(event, kSession); !session.empty()) {
      constexpr Copy kOfSession[] = {{"userId", "device_id"}, {"sessionId", "session_id"}};
      draft.copy(session, fmt::format("{}/{}1/0", base, kSession), kOfSession);
    }
  draft.copy(event, base, kEnriched);
  return draft;
}

Result<std::vector<Translated>> translate_action(const json::object& event, std::string_view base,
                                                 std::string_view member) {
  const auto& action = object_at(event, member);
  const auto name = text_at(action, "type");
  const auto* known = find_name(name, kActions);
  if (known == nullptr) return untranslated(name, fmt::format("{}/{}/type", base, member), kActions);
  Draft draft = begin_enriched(event, base, known->type);
  const std::string_view of_order = known->type == T::kPurchase ? "transaction" : "refund";
  if (known->type == T::kPurchase || known->type == T::kReturn) {
    constexpr Copy kOfTransaction[] = {{"transaction_id", "order_id"}, {"currency", "currency"}};
    constexpr Copy kRefund[] = {{"transaction_id", "order_id"}, {"refund_reason", "reason"}};
    const std::string at = fmt::format("{}/{}{}_1/0", base, kEntities, of_order);
    draft.copy(
        entity_of(event, of_order), at,
        known->type == T::kPurchase ? std::span<const Copy>(kOfTransaction) : std::span<const Copy>(kRefund));
  }
  const auto products = member_named(event, fmt::format("{}product_", kEntities));
  const std::string_view list = products.empty() ? "contexts_product" : products;
  if (known->type == T::kReturn && products.empty()) return just(std::move(draft));  // of the whole order
  const ProductCall call{
      known->type, std::string(text_at(event, "event_id")), event, std::string(base), list, kProductEntity,
      {}};
  return known->shape == Shape::kList ? translate_list(call, std::move(draft)) : translate_each(call, draft);
}

// {"terms": ["linen", "dress"]}
Result<std::vector<Translated>> translate_site_search(const json::object& event, std::string_view base,
                                                      std::string_view member) {
  std::string query;
  if (const auto* terms = find_path(object_at(event, member), "terms"); terms != nullptr && terms->is_array())
    for (const auto& term : terms->get_array())
      if (const auto* text = term.if_string())
        query += fmt::format("{}{}", query.empty() ? "" : " ", std::string_view(*text));
  Draft draft = begin_enriched(event, base, T::kSearch);
  draft.take("query", json::value(query), fmt::format("{}/{}/terms", base, member));
  return just(std::move(draft));
}

bool is_snowplow_nested(const json::object& event) {
  return event.contains("unstruct_event") || event.contains("contexts");
}

}  // namespace

bool is_snowplow(const json::object& entry) {
  return entry.contains("collector_tstamp") && (entry.contains("event_name") || entry.contains("event"));
}

Result<std::vector<Translated>> translate_snowplow(const json::object& event, std::string_view base) {
  if (text_at(event, "event_id").empty()) {
    json::object named = event;
    named["event_id"] = content_id_of("snowplow", event);
    return translate_snowplow(named, base);
  }
  if (is_snowplow_nested(event)) {
    json::object flat = flattened(event);
    for (const auto* member : {"unstruct_event", "contexts"}) flat.erase(member);
    return translate_snowplow(flat, base);
  }
  if (const auto action = member_named(event, kAction); !action.empty())
    return translate_action(event, base, action);
  std::string_view name = text_at(event, "event_name");
  if (name.empty()) name = text_at(event, "event");
  if (name == "transaction_item") {
    Draft draft = begin_enriched(event, base, T::kPurchase);
    draft.copy(event, base, kTransactionItem);
    return just(std::move(draft));
  }
  for (const auto& known : {kActions[3], kActions[4]}) {  // the cart events from before the plugin
    const auto member =
        member_named(event, fmt::format("unstruct_event_com_snowplowanalytics_snowplow_{}_", known.name));
    if (name != known.name || member.empty()) continue;
    Draft draft = begin_enriched(event, base, known.type);
    draft.copy(object_at(event, member), fmt::format("{}/{}", base, member), kProductEntity);
    return just(std::move(draft));
  }
  if (const auto search = member_named(event, "unstruct_event_com_snowplowanalytics_snowplow_site_search_");
      !search.empty())
    return translate_site_search(event, base, search);
  return untranslated(name, fmt::format("{}/event_name", base), kActions);
}

}  // namespace modiste
