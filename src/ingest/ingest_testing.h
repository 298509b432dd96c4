// For tests of what senders send: a body that is taken whole.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "ingest/event_door.h"

namespace modiste {

inline const TimePoint kReceived = parse_rfc3339("2026-11-21T09:30:00Z").value();

// Received at kReceived. Fails where anything is refused.
inline ParsedBatch admitted(std::string_view body) {
  auto batch = ParsedBatch::judge(body, kReceived);
  EXPECT_TRUE(batch.ok()) << (batch.ok() ? "" : batch.error().message());
  for (const auto& refused : batch->refused) ADD_FAILURE() << refused.error.message();
  return std::move(batch).value();
}

// The same; fails also where anything is warned of.
inline ParsedBatch taken(std::string_view body) {
  auto batch = admitted(body);
  for (const auto& warning : batch.warnings) ADD_FAILURE() << warning.error.message();
  return batch;
}

}  // namespace modiste
