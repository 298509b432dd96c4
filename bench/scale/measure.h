// What bench_scale measures of a running shop: memory, start, latency and the highest rate of each kind of
// question, events and garments put while it answers.
#pragma once

#include <string>
#include <vector>

#include "data.h"

namespace modiste::bench {

struct MeasureOptions {
  double rate = 100, seconds = 20;  // of the latencies
  double outfits_rate = 20;         // of POST /v1/outfits, which is asked where a shopper opens a garment
  double highest_seconds = 4;       // of each rate that is tried
  std::vector<std::string> kinds;   // those to measure, and nothing else; empty: everything
};

struct KindFigures {
  std::string kind;
  double p50_ms = 0, p90_ms = 0, p99_ms = 0, p999_ms = 0;
  double processor_ms = 0;  // of the server, a question
  double highest_per_s = 0;
  uint64_t failed = 0;
};

struct ScaleFigures {
  uint64_t garments = 0, shoppers = 0, events = 0;
  Made made;
  double start_s = 0, start_mb = 0, start_anonymous_mb = 0;  // with every shopper
  double loaded_mb = 0;                                      // after all questions
  std::vector<KindFigures> kinds;
  double busy_events_per_s = 0, busy_p50_ms = 0, busy_p99_ms = 0;  // personal, while events come in
  double upsert_ms = 0, upsert_worst_ms = 0;  // a new garment, until a search by its id finds it
  double stock_ms = 0;                        // a variant's stock
  double stop_s = 0;
};

Result<ScaleFigures> measure_scale(const ScaleSize& size, const ServedShop& shop, const Made& made,
                                   const MeasureOptions& options);

}  // namespace modiste::bench

template <>
struct modiste::Contract<modiste::bench::KindFigures> {
  using Of = bench::KindFigures;
  static constexpr std::string_view kName = "KindFigures";
  static constexpr auto kFields = Fields{field("kind", &Of::kind),
                                         field("p50_ms", &Of::p50_ms),
                                         field("p90_ms", &Of::p90_ms),
                                         field("p99_ms", &Of::p99_ms),
                                         field("p999_ms", &Of::p999_ms),
                                         field("processor_ms", &Of::processor_ms),
                                         field("highest_per_s", &Of::highest_per_s),
                                         field("failed", &Of::failed)};
};

template <>
struct modiste::Contract<modiste::bench::ScaleFigures> {
  using Of = bench::ScaleFigures;
  static constexpr std::string_view kName = "ScaleFigures";
  static constexpr auto kFields = Fields{field("garments", &Of::garments),
                                         field("shoppers", &Of::shoppers),
                                         field("events", &Of::events),
                                         field("made", &Of::made),
                                         field("start_s", &Of::start_s),
                                         field("start_mb", &Of::start_mb),
                                         field("start_anonymous_mb", &Of::start_anonymous_mb),
                                         field("loaded_mb", &Of::loaded_mb),
                                         field("kinds", &Of::kinds),
                                         field("busy_events_per_s", &Of::busy_events_per_s),
                                         field("busy_p50_ms", &Of::busy_p50_ms),
                                         field("busy_p99_ms", &Of::busy_p99_ms),
                                         field("upsert_ms", &Of::upsert_ms),
                                         field("upsert_worst_ms", &Of::upsert_worst_ms),
                                         field("stock_ms", &Of::stock_ms),
                                         field("stop_s", &Of::stop_s)};
};
