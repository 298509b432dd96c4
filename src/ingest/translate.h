// Translates other event formats into ours: Segment's e-commerce spec (V2, and V1's names), which RudderStack
// and Jitsu share, GA4's item events (Measurement Protocol, BigQuery, data layer), Shopify's customer events
// (web pixels), Meta's (pixel and Conversions API), Snowplow's (trackers' and enriched), PostHog's,
// Mixpanel's, Amplitude's, Adobe's, Klaviyo's, Braze's, mParticle's, TikTok's, Algolia's, Google's retail
// API's, Matomo's and Universal Analytics', orders and returns of Shopify's and WooCommerce's webhooks, and
// other common names. Tables in docs/formats/events.md.
//
// Pure: JSON in, JSON out. An empty answer means that the event is known and teaches nothing
// (known_events.h); what nobody knows is refused by name. Nothing is guessed. Pointers are into the sender's
// body, which the entry stands in at `base`.
#pragma once

#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/draft.h"

namespace modiste {

// Products of one list: more than a shop shows on one page. And lines of one order, a refund or a return, as
// many as Shopify lets one have: uniforms are bought so.
inline constexpr size_t kProductsPerCallMax = 200, kLinesPerOrderMax = 500;

// Whether this is a Segment call: it has one of their types, and messageId, userId or anonymousId.
[[nodiscard]] bool is_segment(const json::object& entry);
Result<std::vector<Translated>> translate_segment(const json::object& call, std::string_view base,
                                                  TimePoint received_at);

// A body of GA4's: client_id, app_instance_id or user_id beside a list of events.
[[nodiscard]] bool is_ga4(const json::object& body);
// One of its events. GA4 gives no ids: an event's is a hash of what it says, with its time, else the receipt.
Result<std::vector<Translated>> translate_ga4(const json::object& body, std::string_view base, size_t index,
                                              TimePoint received_at);
// A row of GA4's export to BigQuery, as JSON.
[[nodiscard]] bool is_ga4_row(const json::object& entry);
Result<std::vector<Translated>> translate_ga4_row(const json::object& row, std::string_view base);
// An event of the data layer, {event, ecommerce: {items}}, with user_id or client_id beside it.
[[nodiscard]] bool is_ga4_layer(const json::object& entry);
Result<std::vector<Translated>> translate_ga4_layer(const json::object& entry, std::string_view base,
                                                    TimePoint received_at);

// An event of PostHog's or Mixpanel's: it has a distinct_id. And one of Amplitude's.
[[nodiscard]] bool is_posthog(const json::object& entry);
Result<std::vector<Translated>> translate_posthog(const json::object& event, std::string_view base,
                                                  TimePoint received_at);
[[nodiscard]] bool is_amplitude(const json::object& entry);
Result<std::vector<Translated>> translate_amplitude(const json::object& event, std::string_view base,
                                                    TimePoint received_at);

// An experience event of Adobe's (XDM), alone or in the message that carries it.
[[nodiscard]] bool is_adobe(const json::object& entry);
Result<std::vector<Translated>> translate_adobe(const json::object& entry, std::string_view base);

// A customer event of Shopify's: it has a clientId and data.
[[nodiscard]] bool is_shopify(const json::object& entry);
Result<std::vector<Translated>> translate_shopify(const json::object& event, std::string_view base);

// A body of Meta's: a list of events under `data`; and one of its events.
[[nodiscard]] bool is_meta(const json::object& body);
[[nodiscard]] bool is_meta_event(const json::object& entry);
Result<std::vector<Translated>> translate_meta(const json::object& event, std::string_view base);

// Snowplow's enriched event: it has its own id and a collector's time.
[[nodiscard]] bool is_snowplow(const json::object& entry);
Result<std::vector<Translated>> translate_snowplow(const json::object& event, std::string_view base);
// What Snowplow's trackers themselves send to a collector (Tracker Protocol): a body of theirs, a list under
// `data` of the schema payload_data; and one of its events, whose members are short and partly in base64.
// https://docs.snowplow.io/docs/fundamentals/canonical-event/#tracker-protocol
[[nodiscard]] bool is_snowplow_batch(const json::object& body);
[[nodiscard]] bool is_snowplow_payload(const json::object& entry);
Result<std::vector<Translated>> translate_snowplow_payload(const json::object& payload,
                                                           std::string_view base);

// An order or a refund of Shopify's or WooCommerce's webhooks, or an order of another platform's API
// (order_forms.h).
[[nodiscard]] bool is_order(const json::object& entry);
// Takes out who bought, but for the customer's id: what is kept of a refused order.
void forget_buyer(json::object& order);
Result<std::vector<Translated>> translate_order_webhook(const json::object& order, std::string_view base);

// A return of Shopify's webhooks (returns/*), and takes out what its buyer wrote.
[[nodiscard]] bool is_return(const json::object& entry);
void forget_notes(json::object& returned);
Result<std::vector<Translated>> translate_return_webhook(const json::object& returned, std::string_view base);

// Klaviyo's: one event, a list of them below its profiles, or the form from before 2022. Each is translated
// by itself. And takes out what is known of the profile, but for its ids.
[[nodiscard]] bool is_klaviyo(const json::object& entry);
[[nodiscard]] std::vector<Result<std::vector<Translated>>> translate_klaviyo(const json::object& entry,
                                                                             std::string_view base,
                                                                             TimePoint received_at);
void forget_profile(json::object& entry);

// What Braze's /users/track takes: events and purchases in two lists, each translated by itself. And takes
// out the third, what is known of the persons.
[[nodiscard]] bool is_braze(const json::object& body);
[[nodiscard]] std::vector<Result<std::vector<Translated>>> translate_braze(const json::object& body,
                                                                           std::string_view base);
void forget_attributes(json::object& body);

// An event batch of mParticle's, of one person; each event is translated by itself. And takes out what is
// known of the person, but for their ids.
[[nodiscard]] bool is_mparticle(const json::object& body);
[[nodiscard]] std::vector<Result<std::vector<Translated>>> translate_mparticle(const json::object& body,
                                                                               std::string_view base);
void forget_user(json::object& body);

// A user event of Google's Vertex AI Search for commerce.
[[nodiscard]] bool is_google_retail(const json::object& entry);
Result<std::vector<Translated>> translate_google_retail(const json::object& event, std::string_view base,
                                                        TimePoint received_at);

// An event of Algolia's Insights.
[[nodiscard]] bool is_algolia(const json::object& entry);
Result<std::vector<Translated>> translate_algolia(const json::object& event, std::string_view base,
                                                  TimePoint received_at);

// A body of TikTok's, a list of events under `data`; and one of its events.
[[nodiscard]] bool is_tiktok_batch(const json::object& body);
[[nodiscard]] bool is_tiktok(const json::object& entry);
Result<std::vector<Translated>> translate_tiktok(const json::object& event, std::string_view base);

// What Matomo's trackers send: a body with a list under `requests`, and one of it, a query as text or as an
// object. Matomo gives no ids, as GA4.
[[nodiscard]] bool is_matomo_batch(const json::object& body);
[[nodiscard]] bool is_matomo(const json::object& entry);
// The members of a query, which is translated as they are.
[[nodiscard]] json::object matomo_members(std::string_view query);
Result<std::vector<Translated>> translate_matomo(const json::value& entry, std::string_view base,
                                                 TimePoint received_at);

// Enhanced e-commerce of Universal Analytics: an entry of the data layer, or a hit's members.
[[nodiscard]] bool is_universal(const json::object& entry);
Result<std::vector<Translated>> translate_universal(const json::object& entry, std::string_view base,
                                                    TimePoint received_at);

// Our own members spelled differently (eventId, itemId, timestamp) and other names for our types (cart_add,
// purchased, skip). Unknown members are left out and listed. One event, or one for each of a list of
// products.
// Whether a body is one such entry: it has a type or an id of its own by one of their names. Other things
// have an `id` too, and a `name` that is not an event's.
[[nodiscard]] bool is_common(const json::object& body);
Result<std::vector<Translated>> translate_common(const json::object& entry, std::string_view base);

}  // namespace modiste
