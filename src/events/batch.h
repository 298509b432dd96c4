// A batch as it comes in at the door, judged event by event: one bad event harms no other.
//
// Pure: nothing is stored here. Pointers are relative to the event, whose place in the batch is `index`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "events/event.h"

namespace modiste {

inline constexpr size_t kBatchEventsMax = 1'000;

struct EventRefusal {
  size_t index = 0;      // in the batch, from 0
  std::string event_id;  // when it could be read
  std::string reason;
  std::string pointer;  // RFC 6901, into the event; empty: the whole of it
  std::string expected;
};

struct JudgedBatch {
  std::vector<Event> accepted;  // in the order of the batch
  std::vector<size_t> places;   // of the accepted, in the batch
  std::vector<size_t>
      repeated;  // places of events that stand earlier in the same batch: acknowledged, not kept
  std::vector<EventRefusal> refused;
};

// Reads each entry by the Event contract, validates it, and sets aside repetitions of (shopper, event_id).
// Errors only for the batch as a whole: more than kBatchEventsMax events.
Result<JudgedBatch> judge_batch(const json::array& events, TimePoint received_at);

template <>
struct Contract<EventRefusal> {
  static constexpr std::string_view kName = "EventRefusal";
  static constexpr std::string_view kDoc = "An event of a batch that was not accepted, and why.";
  static constexpr auto kFields = std::tuple{
      field("index", &EventRefusal::index, {.doc = "Place in the batch, from 0", .required = true}),
      field("event_id", &EventRefusal::event_id, {.doc = "When it could be read", .required = true}),
      field("reason", &EventRefusal::reason, {.doc = "One sentence", .required = true}),
      field("pointer", &EventRefusal::pointer,
            {.doc = "JSON pointer into the event; empty: the whole of it", .required = true}),
      field("expected", &EventRefusal::expected, {.doc = "What would be right", .required = true})};
};

}  // namespace modiste
