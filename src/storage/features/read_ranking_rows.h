// The rows that a ranker learns from, read from the event log: training_rows (features/training_rows.h) that
// were served with the present feature set at least TrainingRowOptions::ripe_hours before, without robots,
// abandoned visits and accidental clicks.
//
// An answer's rows are compared with each other, so an answer of one garment, a card of a deck, is joined
// with the other cards of the shopper's hour. Where the page reported what was seen of an answer, the rest of
// the answer is left out.
//
// Memory: about 150 bytes a row, and DuckDB's.
#pragma once

#include <functional>

#include "events/event_log.h"
#include "features/ranking_rows.h"
#include "storage/features/materialise.h"

namespace modiste {

// As known at the time. Progress by events read. The log is read once, and nothing of it is changed.
Result<RankingRows> read_ranking_rows(const EventLog& log, TimePoint as_of, const MaterialiseOptions& options,
                                      const std::function<void(uint64_t)>& progress = {});

}  // namespace modiste
