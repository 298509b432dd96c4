// Training rows as SQL (DuckDB's dialect) over the event log: what was shown, what came of it, and what could
// be known when it was shown. One row for each garment of each answer. Columns: docs/formats/features.md.
//
// Reads three relations, which storage/features makes of the log as of a time:
//   log     log_offset, happened_at, received_at, known_at, type, event_id, subject, request_id, garment_id,
//   colour,
//           undoes, position, propensity, features (the vector as text), training (of a consent);
//           impressions and served answers have a row for each item
//   marks   log_offset, marks: of noise (events/noise.h)
//   people  subject, person, erased: whose trails are one person's by then
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"

namespace modiste {

struct TrainingOptions {
  int attribution_days = 7;       // an outcome later than this after the showing is not its doing
  int return_days = 30;           // shops take things back for so long: what stayed longer is kept
  bool trains_by_default = true;  // of those who said nothing about training
};

// What a row is worth to a ranker, by the best that came of it.
//   5 a purchase that was kept, 4 a purchase that may still come back, 3 a cart, 2 a like or save, 1 a click,
//   0 nothing. A purchase that came back takes everything of its row with it: 0, unless another was kept. A
//   pass is 0 and a column, for rankers take no negative grades.
inline constexpr int kLabelMax = 5;

// Statements to run in order. After them the tables garment_facts and shopper_facts (feature_sql.h) and the
// view training_rows exist.
[[nodiscard]] std::vector<std::string> training_statements(TimePoint as_of, const TrainingOptions& options);

}  // namespace modiste
