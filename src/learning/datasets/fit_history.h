// Reads from the log how sizes fitted: the outcomes that serving learns from (serving/state/sizing.h), kept
// purchases among them (style/kept_purchases.h), each with the person whose it is and the body that was said
// with it.
//
//   left out   events of robots, judged by all of the log; shoppers without consent to training and erased
//              ones, as of its end
//
// Memory: about 300 bytes an outcome.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/garment_store.h"
#include "events/event_log.h"
#include "learning/training/fit_training.h"

namespace modiste {

struct FitHistory {
  std::vector<FitRow> rows;  // in the order in which the outcomes were known
  uint64_t events = 0;       // of the log
  size_t noise = 0, without_consent = 0;
  std::optional<TimePoint> first, last;  // when the earliest and the latest outcome happened
};

// log: must not grow meanwhile.
Result<FitHistory> read_fit_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress = {});

}  // namespace modiste
