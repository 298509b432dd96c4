#include "events/batch.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace modiste {

namespace {

// For the sender's own log, from an event that may be broken otherwise.
std::string readable_id(const json::value& entry) {
  const auto* object = entry.if_object();
  const auto* id = object != nullptr ? object->if_contains("event_id") : nullptr;
  if (id == nullptr || !id->is_string()) return "";
  const auto& text = id->get_string();
  return text.size() <= 100 ? std::string(text.data(), text.size()) : "";
}

Result<Event> judge(const json::value& entry, TimePoint received_at) {
  TRY_ASSIGN(auto event, from_json<Event>(entry));
  TRY(validate(event, received_at));
  // Erasure deletes the mapping that would be needed to read the event: it is a request, not a fact to send.
  if (event.type == EventType::kErase)
    return Error{Code::kInvalid, "an erasure is not sent as an event", "/type",
                 "the request that erases a shopper"};
  return event;
}

}  // namespace

Result<JudgedBatch> judge_batch(const json::array& events, TimePoint received_at) {
  if (events.size() > kBatchEventsMax)
    return Error{Code::kInvalid, fmt::format("the batch has {} events", events.size()), "",
                 fmt::format("at most {}", kBatchEventsMax)};
  JudgedBatch batch;
  std::set<std::pair<std::string, std::string>> seen;
  for (size_t i = 0; i < events.size(); ++i) {
    auto judged = judge(events[i], received_at);
    if (!judged.ok()) {
      const auto& error = judged.error();
      batch.refused.push_back({i, readable_id(events[i]), error.what, error.where, error.expected});
    } else if (!seen.emplace(judged->shopper_id, judged->event_id).second) {
      batch.repeated.push_back(i);
    } else {
      batch.accepted.push_back(std::move(judged).value());
      batch.places.push_back(i);
    }
  }
  return batch;
}

}  // namespace modiste
