// The event log as tables of a DuckDB, as of a time: log, marks and people, as features/training_rows.h reads
// them. One pass over the log, through PersonTimeline.
//
// Only what was known before the time (known_at, events/event_log.h) is there; persons, traffic marks and
// erasures are judged by all of that.
//
// Memory: a page of events, the marks of noisy ones, the identity graph, and DuckDB's.
#pragma once

#include <functional>

#include "events/event_log.h"
#include "events/traffic_filter.h"
#include "storage/duckdb/duckdb_connection.h"

namespace modiste {

struct EventTablesReport {
  uint64_t events = 0;  // known by then
  uint64_t noisy = 0;   // of them
  uint64_t persons = 0;
};

// Creates the tables; they must not exist. Progress by events read; its error ends the work. The log is
// borrowed for the call.
Result<EventTablesReport> create_event_tables(DuckDb& duckdb, const EventLog& log, TimePoint as_of,
                                              const TrafficFilterOptions& traffic,
                                              const std::function<Result<Done>(uint64_t)>& progress);

}  // namespace modiste
