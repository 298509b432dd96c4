#include "events/event.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "events/event_rules.h"

namespace modiste {

namespace {

using std::chrono::minutes;

constexpr auto kEarlyMax = minutes(5);  // later: a clock set wrong
constexpr TimePoint kHistoryBegin{std::chrono::sys_days(std::chrono::year(1995) / 1 / 1)};  // shops online

Error missing(std::string_view field, EventType type, std::string_view expected) {
  return {Code::kInvalid, fmt::format("{} event has no '{}'", with_article(name_of(type)), field),
          fmt::format("/{}", field), std::string(expected)};
}

Result<Done> validate_identifiers(const Event& event) {
  if (event.event_id.empty()) return missing("event_id", event.type, "a unique id chosen by the sender");
  const size_t identifiers = identifier_count(event);
  if (identifiers == 0)
    return missing("shopper_id", event.type,
                   "who did it: shopper_id, device_id, session_id, loyalty_id, email_hash or external_id");
  if (event.type == EventType::kIdentify && identifiers < 2)
    return Error{Code::kInvalid, "an identify event needs at least two identifiers", "/shopper_id",
                 "at least two, which belong to one shopper"};
  if (event.schema_version != kTaxonomyVersion)
    return Error{Code::kInvalid, fmt::format("schema_version {} is unknown", event.schema_version),
                 "/schema_version", fmt::format("{}", kTaxonomyVersion)};
  return kOk;
}

Result<Done> validate_time(const Event& event, TimePoint received_at, Arrival arrival) {
  if (!event.occurred_at) return kOk;
  const auto earliest = arrival == Arrival::kLive ? received_at - kLateMax : kHistoryBegin;
  const auto latest = received_at + kEarlyMax;
  if (*event.occurred_at >= earliest && *event.occurred_at <= latest) return kOk;
  return Error{Code::kInvalid,
               fmt::format("{} is too {}", to_rfc3339(*event.occurred_at),
                           *event.occurred_at < earliest ? "long ago" : "far in the future"),
               "/occurred_at", fmt::format("a time from {} to {}", to_rfc3339(earliest), to_rfc3339(latest))};
}

Result<Done> validate_shown(const std::vector<ShownItem>& items) {
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].garment_id.empty())
      return Error{Code::kInvalid, "the shown item has no garment", fmt::format("/items/{}/garment_id", i),
                   "the id of the garment that was shown"};
    // What was shown had a chance to be; training divides by this number.
    if (!(items[i].propensity > 0 && items[i].propensity <= 1))
      return Error{Code::kInvalid, fmt::format("propensity {} of a shown item", items[i].propensity),
                   fmt::format("/items/{}/propensity", i), "a probability above 0, at most 1"};
  }
  return kOk;
}

Result<Done> validate_members(const Event& event) {
  for (const auto& rule : member_rules()) {
    const bool present = rule.present(event);
    if (!present && rule.needed_by.contains(event.type))
      return missing(rule.member, event.type, rule.expected);
    if (present && !rule.allowed_on.contains(event.type)) return misplaced(rule, event.type);
  }
  return kOk;
}

// What the table of members cannot say.
Result<Done> validate_meaning(const Event& event) {
  if (event.type == EventType::kReview && !event.rating && !event.fit)
    return missing("rating", event.type, "a rating, or a fit, or both");
  if (event.type == EventType::kReturn && event.garment_id.empty() && event.order_id.empty())
    return missing("garment_id", event.type, "the id of the garment it is about, or the order_id");
  const bool of_wardrobe = event.type == EventType::kOwn || event.type == EventType::kDisown;
  if (of_wardrobe && event.garment_id.empty() == !event.owned.has_value())
    return missing("garment_id", event.type, "either garment_id or owned");
  if (event.consent && !event.consent->personalisation && !event.consent->training)
    return Error{Code::kInvalid, "the consent names no purpose", "/consent",
                 "personalisation, training or both"};
  if (event.type == EventType::kUndo && event.undoes == event.event_id)
    return Error{Code::kInvalid, "an undo event undoes itself", "/undoes",
                 "the event_id of an earlier event"};
  return kOk;
}

}  // namespace

std::string_view primary_identifier(const Event& event) {
  for (const auto* id : {&event.shopper_id, &event.loyalty_id, &event.email_hash, &event.external_id,
                         &event.session_id, &event.device_id})
    if (!id->empty()) return *id;
  return {};
}

size_t identifier_count(const Event& event) {
  const auto ids = identifiers_of(event);
  return static_cast<size_t>(
      std::count_if(ids.begin(), ids.end(), [](const auto* id) { return !id->empty(); }));
}

Result<Done> validate(const Event& event, TimePoint received_at, Arrival arrival) {
  TRY(validate_identifiers(event));
  TRY(validate_time(event, received_at, arrival));
  TRY(validate_members(event));
  TRY(validate_meaning(event));
  return validate_shown(event.items);
}

double taste_weight(const Event& event) {
  const EventTypeRow& row = row_of(event.type);
  const double share = row.share == nullptr ? 1 : row.share(event);
  return share == 0 ? 0 : row.weight * share;
}

}  // namespace modiste
