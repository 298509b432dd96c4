#include "events/event_time_order.h"

#include <numeric>

namespace modiste {
namespace {

constexpr uint64_t kProgressEvents = 16'384;

}  // namespace

Result<std::vector<LoggedEvent>> read_page(const LoggedEvents& log, uint64_t from, size_t most) {
  std::vector<LoggedEvent> page;
  bool full = false;
  const auto read = log.replay(from, [&](const LoggedEvent& logged) -> Result<Done> {
    page.push_back(logged);
    full = page.size() >= most;
    if (full) return Error{Code::kUnavailable, "the page is full", "", ""};
    return kOk;
  });
  if (!read.ok() && !full) return read.error();
  return page;
}

Result<EventTimeOrder> EventTimeOrder::of(const LoggedEvents& log,
                                          const std::function<void(uint64_t)>& progress) {
  std::vector<TimePoint> known;
  TRY(log.replay(0, [&](const LoggedEvent& logged) -> Result<Done> {
    known.push_back(known_at(logged));
    if (progress && known.size() % kProgressEvents == 0) progress(known.size());
    return kOk;
  }));
  std::vector<uint64_t> places(known.size());
  std::iota(places.begin(), places.end(), uint64_t{0});
  std::stable_sort(places.begin(), places.end(), [&](uint64_t a, uint64_t b) { return known[a] < known[b]; });
  return EventTimeOrder(log, std::move(places));
}

// The events at these offsets of this order, in their order.
Result<std::vector<LoggedEvent>> EventTimeOrder::at(std::span<const uint64_t> offsets) const {
  std::vector<size_t> by_place(offsets.size());
  std::iota(by_place.begin(), by_place.end(), size_t{0});
  std::sort(by_place.begin(), by_place.end(),
            [&](size_t a, size_t b) { return places_[offsets[a]] < places_[offsets[b]]; });
  std::vector<uint64_t> places;
  for (const size_t i : by_place) places.push_back(places_[offsets[i]]);

  std::vector<LoggedEvent> events(offsets.size());
  size_t found = 0;
  const auto take = [&](const LoggedEvent& logged) -> Result<Done> {
    const size_t i = by_place[found++];
    events[i] = logged;
    events[i].offset = offsets[i];
    return kOk;
  };
  if (places.empty() || places.back() - places.front() + 1 != places.size()) {
    TRY(log_.read(places, take));
    return events;
  }
  TRY_ASSIGN(const auto page,
             read_page(log_, places.front(), places.size()));  // cheaper where nothing lies between
  for (const auto& logged : page) TRY(take(logged));
  return events;
}

Result<Done> EventTimeOrder::replay(uint64_t from,
                                    const std::function<Result<Done>(const LoggedEvent&)>& visit) const {
  std::vector<uint64_t> offsets;
  for (uint64_t next = from; next < size(); next += offsets.size()) {
    offsets.resize(std::min<uint64_t>(kPageEvents, size() - next));
    std::iota(offsets.begin(), offsets.end(), next);
    TRY_ASSIGN(const auto page, at(offsets));
    for (const auto& logged : page) TRY(visit(logged));
  }
  return kOk;
}

Result<Done> EventTimeOrder::read(std::span<const uint64_t> offsets,
                                  const std::function<Result<Done>(const LoggedEvent&)>& visit) const {
  if (!std::is_sorted(offsets.begin(), offsets.end()) || (!offsets.empty() && offsets.back() >= size()))
    return Error{Code::kInvalid, "offsets are out of order or behind the end of the log", "",
                 "ascending offsets below its size"};
  TRY_ASSIGN(const auto events, at(offsets));
  for (const auto& logged : events) TRY(visit(logged));
  return kOk;
}

}  // namespace modiste
