// The data of bench_scale: a data directory as the program itself would have filled it.
//
// Garments and their vectors go through the program's own stores, events over HTTP into the running program,
// which leaves its log, its index and its snapshot behind when it stops. What was made is noted after every
// batch, and a making that was stopped goes on where it was.
#pragma once

#include <filesystem>

#include "base/json.h"
#include "parts/child.h"

namespace modiste::bench {

struct ScaleSize {
  uint64_t garments = 0, shoppers = 0, events = 0;
};

// made.json in the data directory: what was made so far, and what was measured while it was.
struct Made {
  uint64_t garments = 0, events = 0;
  std::optional<TimePoint> first_event_at;                                  // when the history begins
  double first_start_s = 0;                                                 // without an index: it is built
  double garments_start_s = 0, garments_mb = 0, garments_anonymous_mb = 0;  // with one, before any event
  double events_per_s = 0;                                                  // of the last making
};

// shop.data is the folder. Prints progress to stderr.
Result<Made> make_scale_data(const ScaleSize& size, const ServedShop& shop);

inline constexpr size_t kEventsOfBatch = 500;

// JSON of a batch of events of a visit each five, from the number-th event on. name: before each event's id.
struct EventBatch {
  std::string name;
  uint64_t first = 0, count = kEventsOfBatch;
  std::optional<TimePoint> at;  // of the first; absent: when received
  std::chrono::milliseconds apart{0};
};
std::string event_batch(const EventBatch& batch, const ScaleSize& size);

}  // namespace modiste::bench

template <>
struct modiste::Contract<modiste::bench::Made> {
  using Made = bench::Made;
  static constexpr std::string_view kName = "Made";
  static constexpr auto kFields = Fields{field("garments", &Made::garments),
                                         field("events", &Made::events),
                                         field("first_event_at", &Made::first_event_at),
                                         field("first_start_s", &Made::first_start_s),
                                         field("garments_start_s", &Made::garments_start_s),
                                         field("garments_mb", &Made::garments_mb),
                                         field("garments_anonymous_mb", &Made::garments_anonymous_mb),
                                         field("events_per_s", &Made::events_per_s)};
};
