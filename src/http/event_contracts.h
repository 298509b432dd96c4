// Types of the HTTP API around events and dead letters, beyond those of the services.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "events/event.h"
#include "ingest/dead_letters.h"
#include "ingest/event_intake.h"

namespace modiste::http {

struct EventBatch {
  std::vector<Event> events;
  std::optional<TimePoint> sent_at;
};

struct LetterPath {
  int64_t id = 0;
};

struct LetterFix {
  json::value body;
};

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::EventBatch> {
  static constexpr std::string_view kName = "EventBatch";
  static constexpr std::string_view kDoc = "A batch of events.";
  static constexpr auto kFields = Fields{
      field("events", &http::EventBatch::events,
            {.doc = "Events; each is validated independently. Entries in other formats are accepted too "
                    "(docs/formats/events.md)",
             .required = true,
             .items_max = kEntriesPerBatchMax}),
      field("sent_at", &http::EventBatch::sent_at,
            {.doc = "The sender's clock when it sent the batch; corrects occurred_at of its events"})};
};

template <>
struct Contract<http::LetterPath> {
  static constexpr std::string_view kName = "LetterPath";
  static constexpr std::string_view kDoc = "Path of a dead letter.";
  static constexpr auto kFields =
      Fields{field("id", &http::LetterPath::id,
                   {.doc = "Id of the dead letter", .required = true, .min = 1, .example = "17"})};
};

template <>
struct Contract<http::LetterFix> {
  static constexpr std::string_view kName = "LetterFix";
  static constexpr std::string_view kDoc = "A corrected event for a dead letter.";
  static constexpr auto kFields = Fields{field(
      "body", &http::LetterFix::body,
      {.doc = "What POST /v1/events accepts: an event, or a batch in any of its formats", .required = true})};
};

template <>
struct Contract<LetterQuery> {
  static constexpr std::string_view kName = "LetterQuery";
  static constexpr std::string_view kDoc = "A page of dead letters.";
  static constexpr auto kFields =
      Fields{field("after", &LetterQuery::after, {.doc = "The page begins after this id", .min = 0}),
             field("count", &LetterQuery::count, {.doc = "Number of dead letters", .min = 1, .max = 500}),
             field("reason", &LetterQuery::reason, {.doc = "Only dead letters refused for this reason"})};
};

}  // namespace modiste
