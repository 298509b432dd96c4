#include "events/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modiste {

namespace {

using std::chrono::days;
using std::chrono::minutes;

// Late events are of use while the style they belong to is still moving; early ones are clocks set wrong.
constexpr auto kLateMax = days(30);
constexpr auto kEarlyMax = minutes(5);
constexpr double kViewDwellFullMs = 20'000;  // domain.md: a view counts in full from 20 s on

Error missing(std::string_view field, EventType type, std::string_view expected) {
  return {Code::kInvalid, fmt::format("a {} event has no '{}'", name_of(type), field),
          fmt::format("/{}", field), std::string(expected)};
}

Error misplaced(std::string_view field, EventType type, std::string_view owner) {
  return {Code::kInvalid, fmt::format("a {} event has '{}'", name_of(type), field), fmt::format("/{}", field),
          fmt::format("it only on {}", owner)};
}

bool needs_garment(EventType type) {
  switch (type) {
    case EventType::kProductView:
    case EventType::kClick:
    case EventType::kLike:
    case EventType::kPass:
    case EventType::kSave:
    case EventType::kUnsave:
    case EventType::kAddToCart:
    case EventType::kRemoveFromCart:
    case EventType::kPurchase:
    case EventType::kReturn:
      return true;
    case EventType::kImpression:
    case EventType::kUndo:
    case EventType::kQuiz:
    case EventType::kSearch:
    case EventType::kErase:
      return false;
  }
  return false;
}

Result<Done> validate_identifiers(const Event& event) {
  if (event.event_id.empty()) return missing("event_id", event.type, "a unique id chosen by the sender");
  if (event.shopper_id.empty()) return missing("shopper_id", event.type, "the id of who did it");
  if (event.schema_version != 1)
    return Error{Code::kInvalid, fmt::format("schema_version {} is unknown", event.schema_version),
                 "/schema_version", "1"};
  return kOk;
}

Result<Done> validate_time(const Event& event, TimePoint received_at) {
  if (!event.occurred_at) return kOk;
  const auto earliest = received_at - kLateMax, latest = received_at + kEarlyMax;
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

// What a type cannot do without.
Result<Done> validate_presence(const Event& event) {
  const auto type = event.type;
  if (needs_garment(type) && event.garment_id.empty())
    return missing("garment_id", type, "the id of the garment it is about");
  if (type == EventType::kImpression && event.items.empty())
    return missing("items", type, "the items that were shown");
  if (type == EventType::kReturn && !event.reason) return missing("reason", type, "why it was returned");
  if (type == EventType::kQuiz && !event.quiz) return missing("quiz", type, "the answers");
  if (type == EventType::kSearch && event.query.empty()) return missing("query", type, "what was asked for");
  if (type == EventType::kUndo && event.undoes.empty())
    return missing("undoes", type, "the event_id that is taken back");
  if (type == EventType::kUndo && event.undoes == event.event_id)
    return Error{Code::kInvalid, "an undo takes back itself", "/undoes", "the event_id of an earlier event"};
  return kOk;
}

// What means something on one type only is a sender's mistake on another: said, not dropped.
Result<Done> validate_absence(const Event& event) {
  const auto type = event.type;
  if (event.reason && type != EventType::kReturn) return misplaced("reason", type, "a return");
  if (event.quiz && type != EventType::kQuiz) return misplaced("quiz", type, "a quiz");
  if (!event.undoes.empty() && type != EventType::kUndo) return misplaced("undoes", type, "an undo");
  if (!event.items.empty() && type != EventType::kImpression && type != EventType::kSearch)
    return misplaced("items", type, "an impression or a search");
  return kOk;
}

double view_weight(const std::optional<double>& dwell_ms) {
  if (!dwell_ms || !(*dwell_ms > 0)) return 0;
  return 0.3 * std::min(1.0, *dwell_ms / kViewDwellFullMs);
}

double return_weight(const std::optional<ReturnReason>& reason) {
  if (reason == ReturnReason::kChangedMind) return -0.3;
  if (reason == ReturnReason::kStyle) return -0.6;
  return 0;  // size and quality say nothing about taste
}

}  // namespace

Result<Done> validate(const Event& event, TimePoint received_at) {
  TRY(validate_identifiers(event));
  TRY(validate_time(event, received_at));
  TRY(validate_presence(event));
  TRY(validate_absence(event));
  return validate_shown(event.items);
}

double taste_weight(const Event& event) {
  switch (event.type) {
    case EventType::kPurchase:
      return 1;
    case EventType::kSave:
      return 0.8;
    case EventType::kAddToCart:
      return 0.7;
    case EventType::kLike:
      return 0.6;
    case EventType::kClick:
      return 0.25;
    case EventType::kProductView:
      return view_weight(event.dwell_ms);
    case EventType::kPass:
      return -0.4;
    case EventType::kUnsave:
    case EventType::kRemoveFromCart:
      return -0.3;
    case EventType::kReturn:
      return return_weight(event.reason);
    case EventType::kImpression:
    case EventType::kUndo:
    case EventType::kQuiz:
    case EventType::kSearch:
    case EventType::kErase:
      return 0;
  }
  return 0;
}

}  // namespace modiste
