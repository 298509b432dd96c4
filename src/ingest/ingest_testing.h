// For tests of what senders send: a body that is taken whole.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "ingest/event_door.h"

namespace modiste {

inline const TimePoint kReceived = parse_rfc3339("2026-11-21T09:30:00Z").value();

// Received at kReceived. Fails where anything is refused or warned of.
inline ParsedBatch taken(std::string_view body) {
  auto admission = ParsedBatch::judge(body, kReceived);
  EXPECT_TRUE(admission.ok()) << (admission.ok() ? "" : admission.error().message());
  for (const auto& refused : admission->refused) ADD_FAILURE() << refused.error.message();
  for (const auto& warning : admission->warnings) ADD_FAILURE() << warning.error.message();
  return std::move(admission).value();
}

}  // namespace modiste
