#include "events/event_time_order.h"

#include <numeric>

namespace modiste {
namespace {

constexpr uint64_t kProgressEvents = 16'384;

bool follow_each_other(const std::vector<LogPosition>& positions) {
  return !positions.empty() && positions.back().number() - positions.front().number() + 1 == positions.size();
}

LogPosition before(LogPosition position) {
  return position.number() == 0 ? LogPosition::begin() : LogPosition::of(position.number() - 1);
}

}  // namespace

Result<std::vector<LoggedEvent>> read_page(const LoggedEvents& log, LogPosition after, size_t most) {
  std::vector<LoggedEvent> page;
  bool full = false;
  const auto read = log.replay(after, [&](const LoggedEvent& logged) -> Result<Done> {
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
  std::vector<LogPosition> positions;
  TRY(log.replay(LogPosition::begin(), [&](const LoggedEvent& logged) -> Result<Done> {
    known.push_back(known_at(logged));
    positions.push_back(logged.position);
    if (progress && known.size() % kProgressEvents == 0) progress(known.size());
    return kOk;
  }));
  std::vector<uint64_t> order(known.size());
  std::iota(order.begin(), order.end(), uint64_t{0});
  std::stable_sort(order.begin(), order.end(), [&](uint64_t a, uint64_t b) { return known[a] < known[b]; });
  std::vector<LogPosition> in_log;
  in_log.reserve(order.size());
  for (const uint64_t i : order) in_log.push_back(positions[i]);
  return EventTimeOrder(log, std::move(in_log));
}

// The events at these places, in their order.
Result<std::vector<LoggedEvent>> EventTimeOrder::at(std::span<const uint64_t> places) const {
  std::vector<size_t> by_position(places.size());
  std::iota(by_position.begin(), by_position.end(), size_t{0});
  std::sort(by_position.begin(), by_position.end(),
            [&](size_t a, size_t b) { return in_log_[places[a]] < in_log_[places[b]]; });
  std::vector<LogPosition> positions;
  for (const size_t i : by_position) positions.push_back(in_log_[places[i]]);

  std::vector<LoggedEvent> events(places.size());
  size_t found = 0;
  const auto take = [&](const LoggedEvent& logged) -> Result<Done> {
    const size_t i = by_position[found++];
    events[i] = logged;
    events[i].position = LogPosition::of(places[i]);
    return kOk;
  };
  if (!follow_each_other(positions)) {
    TRY(log_.read(positions, take));
    return events;
  }
  // Cheaper where nothing lies between.
  TRY_ASSIGN(const auto page, read_page(log_, before(positions.front()), positions.size()));
  for (const auto& logged : page) TRY(take(logged));
  return events;
}

Result<Done> EventTimeOrder::replay(LogPosition after, const EventVisitor& visit) const {
  std::vector<uint64_t> places;
  for (uint64_t next = after.is_begin() ? 0 : after.number() + 1; next < size(); next += places.size()) {
    places.resize(std::min<uint64_t>(kPageEvents, size() - next));
    std::iota(places.begin(), places.end(), next);
    TRY_ASSIGN(const auto page, at(places));
    for (const auto& logged : page) TRY(visit(logged));
  }
  return kOk;
}

Result<Done> EventTimeOrder::read(std::span<const LogPosition> positions, const EventVisitor& visit) const {
  std::vector<uint64_t> places;
  for (size_t i = 0; i < positions.size(); ++i) {
    if (positions[i].is_begin() || positions[i].number() >= size() ||
        (i > 0 && positions[i] <= positions[i - 1]))
      return Error{Code::kInvalid, "a position is out of order or behind the end of the log",
                   "/" + std::to_string(i), "ascending positions of events of this order"};
    places.push_back(positions[i].number());
  }
  TRY_ASSIGN(const auto events, at(places));
  for (const auto& logged : events) TRY(visit(logged));
  return kOk;
}

}  // namespace modiste
