// The event taxonomy, version 1: what shoppers do, as facts that never change.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/price_max.h"
#include "base/rare.h"
#include "events/event_types.h"

namespace modiste {

inline constexpr int kTaxonomyVersion = 1;

// kUnknown: the money went back and nobody said why, as in the refunds of GA4 and Segment.
enum class ReturnReason : uint8_t {
  kTooSmall,
  kTooLarge,
  kNotAsDescribed,
  kDefective,
  kChangedMind,
  kStyle,
  kUnknown
};

template <>
struct EnumNames<ReturnReason> {
  static constexpr std::array<std::string_view, 7> kNames{
      "too_small", "too_large", "not_as_described", "defective", "changed_mind", "style", "unknown"};
};

// How a garment fitted, by the shopper who wore it.
enum class FitFeedback : uint8_t { kTooSmall, kFits, kTooLarge };

template <>
struct EnumNames<FitFeedback> {
  static constexpr std::array<std::string_view, 3> kNames{"too_small", "fits", "too_large"};
};

enum class DeviceClass : uint8_t { kUnknown, kPhone, kTablet, kDesktop, kStore };

template <>
struct EnumNames<DeviceClass> {
  static constexpr std::array<std::string_view, 5> kNames{"unknown", "phone", "tablet", "desktop", "store"};
};

// One shown item of an impression.
struct ShownItem {
  std::string garment_id;
  std::string colour;
  int position = 0;                             // from 0
  float propensity = 1;                         // probability that this item was shown at this place
  std::vector<float> features = {};             // of served events only: what it was ranked by
  std::vector<std::string> also_known_as = {};  // as Event::also_known_as
};

// Where, when and how something happened, as far as the sender knows. Coarse on purpose: a region, not an
// address.
struct EventContext {
  DeviceClass device = DeviceClass::kUnknown;
  std::string channel;    // "web", "app", "email", "store"
  std::string locale;     // BCP 47: "de-AT"
  std::string time_zone;  // IANA: "Europe/Vienna"
  std::string country;    // ISO 3166-1 alpha-2
  std::string region;
  std::optional<double> latitude, longitude;  // kept to a tenth of a degree
  std::string referrer;                       // kept without query and fragment
  std::string user_agent;
  std::optional<double> temperature_c;
  std::string weather;   // "rain", "snow", "clear", ...
  std::string occasion;  // what the shopper dresses for, when stated: a vocabulary occasion
};

// How close to the body a shopper likes to wear clothes.
enum class FitWish : uint8_t { kClose, kRegular, kLoose };

template <>
struct EnumNames<FitWish> {
  static constexpr std::array<std::string_view, 3> kNames{"close", "regular", "loose"};
};

// What the shopper said of their body; each may be absent. A prior for sizes; height, build and the fit that
// they like also choose the proportion rules (outfits/body_rules.h), unless the shopper switched these off.
struct BodyProfile {
  std::optional<double> height_cm, weight_kg, bust_cm, age;
  std::string body_type;  // "pear", "hourglass", ...
  std::optional<FitWish> fit_wish;
  std::optional<bool> proportions;  // false: no proportion rules

  friend bool operator==(const BodyProfile&, const BodyProfile&) = default;
};

// Consent by purpose; a purpose that is not named stays as it was.
struct ConsentChoice {
  std::optional<bool> personalisation;  // may a profile be kept
  std::optional<bool> training;         // may models be trained on the shopper's events
};

// What a shopper never wants to be shown. Terms are vocabulary names; a category includes those below it.
// Vetoes that are stated replace all that were stated before.
struct Vetoes {
  std::vector<std::string> categories, colours, fabrics;
  std::vector<std::string> brands;  // as shown to shoppers

  friend bool operator==(const Vetoes&, const Vetoes&) = default;
};

// The steps of the quiz; terms are vocabulary names. A later quiz replaces the answers of an earlier one.
struct QuizAnswers {
  std::vector<std::string> departments;
  std::vector<std::string> categories;
  std::vector<std::string> colours;
  std::vector<std::string> brands;
  std::vector<std::string> styles;   // names of the facet aesthetic
  std::vector<std::string> sizes;    // as written: "M", "EU 38", "W32 L34"
  std::optional<double> budget_max;  // for one garment, in the shop's currency
  std::optional<double> formality;   // 0 loungewear to 1 black tie
  std::optional<Vetoes> vetoes;      // absent: those stated before stay
};

// A garment that a shopper has and that the shop need not know: as its photo shows it, and as the shopper
// corrected it. The same id again replaces it.
struct OwnedGarment {
  std::string id;  // unique in the shopper's wardrobe
  std::string title;
  std::string category, colour;    // vocabulary names; empty: unknown
  std::vector<std::string> terms;  // further ones, "facet/name"
  std::string photo;               // name of a stored image; empty: none
  std::string encoder, vector;     // Encoder::id(), and its vector as one signed byte a component, in hex

  friend bool operator==(const OwnedGarment&, const OwnedGarment&) = default;
};

struct Event {
  std::string event_id;  // the sender's, unique: a repeated one is acknowledged and changes nothing
  EventType type{};
  int schema_version = 1;
  // Who did it: at least one. In the log these are random subject ids, never the sender's own.
  std::string shopper_id;                // the account; empty before login
  std::string device_id;                 // a browser or an app
  std::string session_id;                // one visit
  std::string loyalty_id;                // a card
  std::string email_hash;                // of a newsletter or a receipt
  std::string external_id;               // of another system of the shop
  std::optional<TimePoint> occurred_at;  // the sender's clock; absent: when received
  // What the sender's clock showed when it sent this: corrects occurred_at on arrival. Never in the log.
  std::optional<TimePoint> sent_at;
  std::string request_id;  // the answer it responds to
  std::string garment_id;
  // Other ids of the same variant or garment in the sender's systems, surest first: looked up on arrival
  // where garment_id and sku are unknown. No member of the format, and never in the log.
  std::vector<std::string> also_known_as;
  // Sent by the shopper, not by the shop: of an order it touches only lines of its own identifiers. The log
  // keeps it.
  bool by_shopper = false;
  std::string colour;  // empty: the garment's first
  std::string sku;
  std::string size;      // as written, where no sku says it
  std::string order_id;  // of a purchase or return: the shop's number of the order
  int order_line = 0;    // tells lines of one order apart that are about the same variant
  // The sender's own number of the line, by which returns name it; empty: none. No member of the format, and
  // never in the log.
  std::string line_number;
  std::optional<double> dwell_ms;
  std::optional<double> scroll_depth;  // 0 to 1
  std::optional<int> quantity;
  std::optional<double> price;     // paid for one piece
  std::optional<double> discount;  // taken off one piece
  std::string currency;            // ISO 4217; empty: the shop's
  std::optional<ReturnReason> reason;
  std::optional<FitFeedback> fit;
  std::optional<double> rating;  // of a review, 1 to 5
  std::string page;              // of a page view: which
  std::string query;
  std::map<std::string, std::vector<std::string>> filters;  // facet -> values chosen
  std::vector<ShownItem> items;  // impressions, results of a search, what was served
  std::string outfit_id;
  std::vector<std::string> garment_ids;  // of an outfit
  Rare<QuizAnswers> quiz;
  Rare<Vetoes> vetoes;
  Rare<BodyProfile> body;
  Rare<OwnedGarment> owned;
  std::optional<ConsentChoice> consent;
  std::string undoes;                 // event_id that an undo reverses
  std::vector<std::string> subjects;  // that an erasure deletes
  std::string link;                   // of the identity graph, that an unlink or relink is about
  std::string degraded;               // of served: stages that were replaced
  Rare<EventContext> context;
};

// The identifier an event is filed under: account, loyalty, email, external, session, device, whichever is
// there first. Empty when it has none.
[[nodiscard]] std::string_view primary_identifier(const Event& event);
[[nodiscard]] size_t identifier_count(const Event& event);

// All of them, empty ones too, in the order of IdentifierKind: user, loyalty, email, external, device,
// session.
template <class E>  // Event or const Event
[[nodiscard]] auto identifiers_of(E& event) {
  return std::array{&event.shopper_id,  &event.loyalty_id, &event.email_hash,
                    &event.external_id, &event.device_id,  &event.session_id};
}

// How an event reached us. An import brings a shop's history: it may be older than any live event, and about
// garments that are sold no more. A replay brings a refused event again: it was judged for lateness when it
// was first received.
enum class Arrival : uint8_t { kLive, kImport, kReplay };

// A live event is of use while the style it belongs to is still moving. What is older was imported.
inline constexpr auto kLateMax = std::chrono::days(30);

// Refuses by type: a like needs a garment, an impression items, a return a garment or an order; live times
// outside [received - kLateMax, received + 5 minutes]. where: JSON pointer into the event.
Result<Done> validate(const Event& event, TimePoint received_at, Arrival arrival = Arrival::kLive);

// Weight of an event as a signal of taste, in [-1, 1], by its type's row; 0 for those that say nothing.
[[nodiscard]] double taste_weight(const Event& event);

// When it happened: the sender's word, else the receipt.
[[nodiscard]] inline TimePoint time_of(const Event& event, TimePoint received_at) {
  return event.occurred_at.value_or(received_at);
}

template <>
struct Contract<ShownItem> {
  static constexpr std::string_view kName = "ShownItem";
  static constexpr std::string_view kDoc = "An item as it was shown.";
  static constexpr auto kFields = Fields{
      field("garment_id", &ShownItem::garment_id,
            {.doc = "The garment", .required = true, .length_max = 200}),
      field("colour", &ShownItem::colour, {.doc = "The colour shown", .length_max = 100}),
      field("position", &ShownItem::position,
            {.doc = "Place in the answer, from 0", .min = 0, .max = 10'000}),
      field("propensity", &ShownItem::propensity,
            {.doc = "Probability with which it was shown there", .min = 0, .max = 1}),
      field("features", &ShownItem::features,
            {.doc = "Set by Modiste in its own `served` events; refused from outside", .items_max = 64})};
};

template <>
struct Contract<EventContext> {
  static constexpr std::string_view kName = "EventContext";
  static constexpr std::string_view kDoc = "Where, when and how something happened.";
  static constexpr auto kFields = Fields{
      field("device", &EventContext::device, {.doc = "Device class"}),
      field("channel", &EventContext::channel,
            {.doc = "web, app, email, store, ...", .length_max = 40, .example = "web"}),
      field("locale", &EventContext::locale, {.doc = "BCP 47", .length_max = 35, .example = "de-AT"}),
      field("time_zone", &EventContext::time_zone,
            {.doc = "IANA name", .length_max = 60, .example = "Europe/Vienna"}),
      field("country", &EventContext::country, {.doc = "ISO 3166-1 alpha-2", .length_max = 2}),
      field("region", &EventContext::region, {.doc = "State or city", .length_max = 100}),
      field("latitude", &EventContext::latitude,
            {.doc = "Kept to a tenth of a degree", .min = -90, .max = 90}),
      field("longitude", &EventContext::longitude,
            {.doc = "Kept to a tenth of a degree", .min = -180, .max = 180}),
      field("referrer", &EventContext::referrer,
            {.doc = "Kept without query and fragment", .length_max = 2'000}),
      field("user_agent", &EventContext::user_agent,
            {.doc = "Used to recognise robots", .length_max = 1'000}),
      field("temperature_c", &EventContext::temperature_c,
            {.doc = "Temperature outside, in degrees Celsius", .min = -90, .max = 60}),
      field("weather", &EventContext::weather, {.doc = "rain, snow, clear, ...", .length_max = 40}),
      field("occasion", &EventContext::occasion,
            {.doc = "What the shopper dresses for, when stated: a vocabulary occasion", .length_max = 60})};
};

template <>
struct Contract<BodyProfile> {
  static constexpr std::string_view kName = "BodyProfile";
  static constexpr std::string_view kDoc = "What the shopper said of their body; each may be absent.";
  static constexpr auto kFields =
      Fields{field("height_cm", &BodyProfile::height_cm, {.doc = "Height", .min = 40, .max = 260}),
             field("weight_kg", &BodyProfile::weight_kg, {.doc = "Weight", .min = 2, .max = 400}),
             field("bust_cm", &BodyProfile::bust_cm, {.doc = "Bust or chest", .min = 30, .max = 220}),
             field("age", &BodyProfile::age, {.doc = "Age in years", .min = 0, .max = 120}),
             field("body_type", &BodyProfile::body_type, {.doc = "As the shop calls it", .length_max = 60}),
             field("fit_wish", &BodyProfile::fit_wish, {.doc = "How close to the body clothes should be"}),
             field("proportions", &BodyProfile::proportions,
                   {.doc = "False: no advice by proportions; absent: as true"})};
};

template <>
struct Contract<OwnedGarment> {
  static constexpr std::string_view kName = "OwnedGarment";
  static constexpr std::string_view kDoc =
      "A garment that the shopper has and that the shop need not sell. The same id again replaces it.";
  static constexpr auto kFields =
      Fields{field("id", &OwnedGarment::id,
                   {.doc = "Unique in the shopper's wardrobe", .required = true, .length_max = 100}),
             field("title", &OwnedGarment::title, {.doc = "What the shopper calls it", .length_max = 200}),
             field("category", &OwnedGarment::category, {.doc = "Vocabulary name", .length_max = 60}),
             field("colour", &OwnedGarment::colour, {.doc = "Colour family", .length_max = 60}),
             field("terms", &OwnedGarment::terms,
                   {.doc = "Further vocabulary terms, as facet/name", .length_max = 120, .items_max = 24}),
             field("photo", &OwnedGarment::photo, {.doc = "Name of a stored photo", .length_max = 60}),
             field("encoder", &OwnedGarment::encoder,
                   {.doc = "Encoder of the photo's vector; set by Modiste", .length_max = 300}),
             field("vector", &OwnedGarment::vector,
                   {.doc = "Vector of the photo, hexadecimal; set by Modiste", .length_max = 8'192})};
};

template <>
struct Contract<ConsentChoice> {
  static constexpr std::string_view kName = "ConsentChoice";
  static constexpr std::string_view kDoc = "Consent by purpose; a purpose that is absent stays as it was.";
  static constexpr auto kFields = Fields{
      field("personalisation", &ConsentChoice::personalisation,
            {.doc = "May a profile be kept of the shopper"}),
      field("training", &ConsentChoice::training, {.doc = "May models be trained on the shopper's events"})};
};

template <>
struct Contract<Vetoes> {
  static constexpr std::string_view kName = "Vetoes";
  static constexpr std::string_view kDoc =
      "What a shopper never wants to be shown. They replace all vetoes stated before; an absent list is "
      "empty.";
  static constexpr auto kFields = Fields{
      field(
          "categories", &Vetoes::categories,
          {.doc = "Vocabulary names; narrower categories are included", .length_max = 60, .items_max = 100}),
      field("colours", &Vetoes::colours, {.doc = "Colour families", .length_max = 60, .items_max = 50}),
      field("fabrics", &Vetoes::fabrics, {.doc = "Vocabulary names", .length_max = 60, .items_max = 100}),
      field("brands", &Vetoes::brands,
            {.doc = "As shown to shoppers; case does not matter", .length_max = 200, .items_max = 200})};
};

template <>
struct Contract<QuizAnswers> {
  static constexpr std::string_view kName = "QuizAnswers";
  static constexpr std::string_view kDoc =
      "Answers to the steps of the quiz; each may be empty. They replace the answers of an earlier quiz.";
  static constexpr auto kFields = Fields{
      field("departments", &QuizAnswers::departments,
            {.doc = "women, men, unisex, ...", .length_max = 60, .items_max = 10}),
      field("categories", &QuizAnswers::categories,
            {.doc = "Vocabulary names", .length_max = 60, .items_max = 50}),
      field("colours", &QuizAnswers::colours, {.doc = "Colour families", .length_max = 60, .items_max = 50}),
      field("brands", &QuizAnswers::brands,
            {.doc = "As shown to shoppers", .length_max = 200, .items_max = 50}),
      field("styles", &QuizAnswers::styles,
            {.doc = "Names of the vocabulary's facet `aesthetic`", .length_max = 60, .items_max = 50}),
      field("sizes", &QuizAnswers::sizes,
            {.doc = "As the shopper says them", .length_max = 60, .items_max = 20}),
      field("budget_max", &QuizAnswers::budget_max,
            {.doc = "For one garment, in the shop's currency", .min = 0, .max = kPriceMax}),
      field("formality", &QuizAnswers::formality,
            {.doc = "How formal the shopper dresses: 0 loungewear to 1 black tie", .min = 0, .max = 1}),
      field("vetoes", &QuizAnswers::vetoes,
            {.doc = "What is never to be shown; absent: the vetoes stated before stay"})};
};

template <>
struct Contract<Event> {
  static constexpr std::string_view kName = "Event";
  static constexpr std::string_view kDoc = "Something a shopper did.";
  static constexpr auto kFields = Fields{
      field("event_id", &Event::event_id,
            {.doc = "Unique; sending it twice is harmless", .required = true, .length_max = 100}),
      field("type", &Event::type, {.doc = "What happened", .required = true}),
      field("schema_version", &Event::schema_version,
            {.doc = "Of the taxonomy", .min = 1, .max = kTaxonomyVersion}),
      field("shopper_id", &Event::shopper_id,
            {.doc = "Who did it: the account. At least one identifier is needed", .length_max = 100}),
      field("device_id", &Event::device_id, {.doc = "Id of the browser or app", .length_max = 100}),
      field("session_id", &Event::session_id, {.doc = "Session (visit) id", .length_max = 100}),
      field("loyalty_id", &Event::loyalty_id, {.doc = "Loyalty number", .length_max = 100}),
      field("email_hash", &Event::email_hash,
            {.doc = "SHA-256 of the address, lower case, as hex", .length_max = 128}),
      field("external_id", &Event::external_id, {.doc = "Of another system of the shop", .length_max = 100}),
      field("occurred_at", &Event::occurred_at, {.doc = "When, by the sender's clock"}),
      field("sent_at", &Event::sent_at,
            {.doc = "The sender's clock when it sent this; corrects occurred_at where the clock is wrong"}),
      field("request_id", &Event::request_id, {.doc = "The recommendation it answers to", .length_max = 100}),
      field("garment_id", &Event::garment_id,
            {.doc = "The garment it is about; the id of a variant means its garment, colour and size",
             .length_max = 200}),
      field("colour", &Event::colour, {.doc = "Colour of the garment", .length_max = 100}),
      field("sku", &Event::sku, {.doc = "Variant of the garment", .length_max = 200}),
      field("size", &Event::size, {.doc = "As written, where no sku says it", .length_max = 60}),
      field("order_id", &Event::order_id,
            {.doc = "Of a purchase or return: the order. A line that is sent twice counts once",
             .length_max = 100}),
      field("order_line", &Event::order_line,
            {.doc = "Tells lines of one order apart that are about the same variant: 0, 1, ...",
             .min = 0,
             .max = 10'000}),
      field("dwell_ms", &Event::dwell_ms, {.doc = "Time looked at it", .min = 0, .max = 86'400'000}),
      field("scroll_depth", &Event::scroll_depth, {.doc = "Share of the page seen", .min = 0, .max = 1}),
      field("quantity", &Event::quantity, {.doc = "Number of pieces", .min = 1, .max = 10'000}),
      field("price", &Event::price, {.doc = "Paid for one piece", .min = 0, .max = kPriceMax}),
      field("discount", &Event::discount, {.doc = "Taken off one piece", .min = 0, .max = kPriceMax}),
      field("currency", &Event::currency, {.doc = "ISO 4217; absent: the shop's", .length_max = 3}),
      field("reason", &Event::reason, {.doc = "Of a return; absent: unknown"}),
      field("fit", &Event::fit, {.doc = "How it fitted: of a purchase, return or review"}),
      field("rating", &Event::rating, {.doc = "Stars of a review", .min = 1, .max = 5}),
      field("page", &Event::page, {.doc = "Address of a page view", .length_max = 1'000}),
      field("query", &Event::query, {.doc = "Words of a search", .length_max = 1'000}),
      field("filters", &Event::filters,
            {.doc = "Of a filter: values by facet", .length_max = 200, .items_max = 100}),
      field("items", &Event::items, {.doc = "Of an impression; results of a search", .items_max = 500}),
      field("outfit_id", &Event::outfit_id, {.doc = "Of an outfit view or completion", .length_max = 100}),
      field("garment_ids", &Event::garment_ids,
            {.doc = "What the outfit is made of", .length_max = 200, .items_max = 20}),
      field("quiz", &Event::quiz, {.doc = "The answers; of type `quiz`"}),
      field("vetoes", &Event::vetoes, {.doc = "What is never to be shown; of type `vetoes`"}),
      field("body", &Event::body, {.doc = "Of a quiz, purchase, review or body"}),
      field("owned", &Event::owned, {.doc = "Of own and disown: a garment that the shop need not sell"}),
      field("consent", &Event::consent, {.doc = "What the shopper allows; of type `consent`"}),
      field("undoes", &Event::undoes, {.doc = "The event that an undo reverses", .length_max = 100}),
      field("subjects", &Event::subjects,
            {.doc = "Set by Modiste in erasures; refused from outside",
             .length_max = 64,
             .items_max = 100'000}),
      field("link", &Event::link,
            {.doc = "Link of the identity graph; refused from outside", .length_max = 200}),
      field("degraded", &Event::degraded,
            {.doc = "Set by Modiste in its own `served` events", .length_max = 500}),
      field("context", &Event::context, {.doc = "Where, when and how it happened"})};
};

}  // namespace modiste
