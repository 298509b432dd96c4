// Reads a log in the order of its events' times, beside the catalog that its garments are of: what the
// readers of training data have in common.
#pragma once

#include <functional>
#include <string_view>

#include "events/event_time_order.h"
#include "serving/catalog/load_catalog.h"

namespace modiste {

using ReadProgress = std::function<void(std::string_view what, uint64_t done)>;

// Reader is made of the catalog, observes each event, and answers finish(). The log must not grow meanwhile.
template <class Reader>
[[nodiscard]] auto read_in_order(const LoggedEvents& log, const GarmentStore& garments,
                                 const Vocabulary& vocabulary, const ReadProgress& progress)
    -> Result<decltype(std::declval<Reader&>().finish())> {
  constexpr uint64_t kProgressEvents = 10'000;
  const auto tell = [&](std::string_view what, uint64_t done) {
    if (progress) progress(what, done);
  };
  Catalog catalog(vocabulary);
  TRY(load_catalog(garments, catalog, [&](size_t count) { tell("garments", count); }));
  TRY_ASSIGN(const auto ordered,
             EventTimeOrder::of(log, [&](uint64_t events) { tell("events ordered", events); }));
  Reader reader(catalog);
  uint64_t read = 0;
  TRY(ordered.replay(LogPosition::begin(), [&](const LoggedEvent& logged) -> Result<Done> {
    if (read++ % kProgressEvents == 0) tell("events", read);
    reader.observe(logged);
    return kOk;
  }));
  return reader.finish();
}

}  // namespace modiste
