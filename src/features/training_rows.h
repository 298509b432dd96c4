// Training rows as SQL (DuckDB's dialect) over the event log: what was shown, its outcome, and what could be
// known when it was shown. One row per garment of each answer to a person. Columns: docs/formats/features.md.
//
// Reads three relations, which storage/features builds from the log as of a time:
//   log     log_offset, happened_at, received_at, known_at, type, event_id, subject, request_id, garment_id,
//           colour, undoes, position, propensity, features (the vector as text), training (of a consent);
//           impressions and served answers have a row for each item
//   marks   log_offset, marks: by the traffic filter (events/traffic_filter.h)
//   people  subject, person, erased: which subjects belong to one person by then
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "style/kept_purchases.h"

namespace modiste {

struct TrainingRowOptions {
  int attribution_days = 7;  // later outcomes are not credited to the impression
  // Later a purchase is final; by default as for sizes.
  int return_days = static_cast<int>(kReturnPeriod.count());
  // Of what a ranker learns and is judged by: of a younger answer nothing would mean "not yet" more often
  // than "no". Most of what an answer leads to, it leads to within the visit or the day.
  double ripe_hours = 24;
};

// The label of a row for a ranker: the best outcome.
//   5 a purchase that was kept, 4 a purchase that may still be returned, 3 a cart, 2 a like or save, 1 a
//   click, 0 nothing. A returned purchase sets the label to 0, unless another one was kept. A pass is 0 and a
//   column of its own, because rankers accept no negative grades.
inline constexpr int kLabelMax = 5;

// Statements to run in order. After them the tables garment_facts and shopper_facts (feature_sql.h) and the
// view training_rows exist.
[[nodiscard]] std::vector<std::string> training_statements(TimePoint as_of,
                                                           const TrainingRowOptions& options);

}  // namespace modiste
