// links: modiste_ingest modiste_history
// Any request body of events: accepted events can be written, read again and are anonymised; a refused entry
// has a pointer, and the copy kept of it can be parsed without harm.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ingest/event_door.h"

namespace {

using namespace modiste;

const TimePoint kNow = parse_rfc3339("2026-11-21T09:30:00Z").value();

void check_event(const Event& event) {
  static_cast<void>(validate(event, kNow));
  const auto text = to_json_text(event);
  const auto again = from_json_text<Event>(text);
  CHECK(again.ok() && to_json_text(*again) == text);
  if (!event.context) return;
  CHECK(event.context->referrer.find('?') == std::string::npos);
  for (const auto& degrees : {event.context->latitude, event.context->longitude})
    CHECK(!degrees || std::abs(*degrees * 10 - std::round(*degrees * 10)) < 1e-9);
}

void check_refusal(const ParsedBatch& admission, const EntryRefusal& refusal) {
  CHECK(!refusal.error.what.empty());
  CHECK(refusal.error.where.empty() || refusal.error.where.starts_with('/'));
  const auto kept = serialize_json(admission.original(refusal.entry));
  const auto again = ParsedBatch::judge(kept, kNow);
  if (again.ok()) CHECK(again->events.size() <= kEventsPerBodyMax);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto admission = ParsedBatch::judge(body, kNow);
  if (!admission.ok()) {
    CHECK(!admission.error().what.empty());
    return 0;
  }
  for (size_t i = 0; i < admission->events.size(); ++i) {
    check_event(admission->events[i]);
    const auto refused = admission->refusal(i, "id", {Code::kInvalid, "refused", "/garment_id", ""});
    CHECK(refused.error.where.starts_with('/'));
  }
  for (const auto& refusal : admission->refused) check_refusal(*admission, refusal);
  return 0;
}
