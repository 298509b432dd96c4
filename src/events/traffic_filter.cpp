#include "events/traffic_filter.h"

#include <algorithm>
#include <cctype>

#include "base/binary_fields.h"

namespace modiste {
namespace {

bool names_a_bot(const Event& event, const std::vector<std::string>& parts) {
  if (!event.context || event.context->user_agent.empty()) return false;
  std::string agent = event.context->user_agent;
  std::transform(agent.begin(), agent.end(), agent.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::string_view kPhone = "cubot";  // a maker of phones
  if (const size_t at = agent.find(kPhone); at != std::string::npos) agent.erase(at, kPhone.size());
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return agent.find(part) != std::string::npos; });
}

// Whether its time tells how fast the visitor is: not when the events of one body have no time of their own,
// nor when times are days.
bool tells_speed(const Event& event, TimePoint at, TimePoint last) {
  if (at != last) return true;
  return event.occurred_at && std::chrono::floor<std::chrono::days>(at) != at;
}

}  // namespace

bool TrafficFilter::is_bot(std::string_view visitor) const {
  const auto found = visits_.find(std::string(visitor));
  return found != visits_.end() && found->second.bot;
}

bool TrafficFilter::acts_like_a_bot(Visit& visit, const Event& event, TimePoint at) const {
  // A leaky bucket: each event fills it by one, time empties it. What arrives late fills it too.
  const bool timed = tells_speed(event, at, visit.last);
  const double passed_s = std::max(0.0, std::chrono::duration<double>(at - visit.last).count());
  visit.bucket = std::max(0.0, visit.bucket - passed_s * options_.events_per_second_max) + (timed ? 1 : 0);
  if (visit.bucket > options_.burst_events) return true;
  if (event.type == EventType::kProductView) {
    // Where views come with their length, one without it was left at once. Where the shop's tools send none,
    // the time since what came before is the most that the page before was read.
    const double unsaid_ms = lengths_are_told() ? 0 : timed ? passed_s * 1'000 : 1e9;
    const double read_ms = event.dwell_ms.value_or(unsaid_ms);
    const bool unread = read_ms < std::chrono::duration<double, std::milli>(options_.read_min).count();
    visit.views_unread = unread ? visit.views_unread + 1 : 0;
  } else if (row_of(event.type).is_deliberate) {
    visit.views_unread = 0;
  }
  return visit.views_unread > options_.views_unread_max;
}

void TrafficFilter::count_view(const Event& event) {
  constexpr uint64_t kViewsMax = 20'000;  // the latest count most: a shop may change its tools
  ++views_;
  if (event.dwell_ms) ++views_with_length_;
  if (views_ < kViewsMax) return;
  views_ /= 2;
  views_with_length_ /= 2;
}

void TrafficFilter::judge_click(Visit& visit, const Event& event, LogPosition position, TimePoint at,
                                std::vector<LateMark>& late) const {
  if (event.type == EventType::kClick) {
    visit.click = {position, at, event.event_id, event.garment_id};
    return;
  }
  if (visit.click.event_id.empty()) return;
  const auto since = at - visit.click.at;
  const bool undone = event.type == EventType::kUndo && event.undoes == visit.click.event_id &&
                      since <= options_.click_undone;
  // Views are sent when they end; their time may be the beginning or the end, so only the length is used.
  const Micros dwell(static_cast<int64_t>(event.dwell_ms.value_or(1e9) * 1000));
  const bool left = event.type == EventType::kProductView && event.garment_id == visit.click.garment_id &&
                    dwell < options_.click_undone && since <= 2 * options_.click_undone &&
                    event.scroll_depth.value_or(0) < options_.scroll_meant;
  if (undone || left) late.push_back({visit.click.position, visit.click.event_id, kMarkAccidental});
  if (undone || event.type == EventType::kProductView) visit.click.event_id.clear();
}

void TrafficFilter::end_visit(Visit& visit, std::vector<LateMark>& late) const {
  if (!visit.bot && !visit.stayed && visit.last - visit.begun < options_.visit_stayed)
    for (const LogPosition position : visit.events) late.push_back({position, {}, kMarkAbandoned});
  visit.events.clear();
}

// After a while, and when there are twice as many visits as the last sweep left: events that are sent much
// faster than they happened would leave more visits open than anybody has. Those are idle by the time of the
// events, not by the time at which they come in.
void TrafficFilter::sweep_if_due(TimePoint at, TimePoint received_at, std::vector<LateMark>& late) {
  if (received_at - swept_ > options_.visit_idle) {
    close_idle(received_at, late);
    swept_ = received_at;
  }
  if (visits_.size() < sweep_at_) return;
  close_idle(at, late);
  sweep_at_ = std::max<uint64_t>(kSweptFrom, 2 * visits_.size());
}

TrafficMarks TrafficFilter::observe(std::string_view visitor, const Event& event, LogPosition position,
                                    TimePoint received_at, std::vector<LateMark>& late) {
  const TimePoint at = time_of(event, received_at);
  if (is_internal(event.type) || received_at - at > kLateMax) return 0;
  sweep_if_due(at, received_at, late);
  const auto [place, is_new] = visits_.try_emplace(std::string(visitor));
  Visit& visit = place->second;
  if (!is_new && at - visit.last > options_.visit_idle) {
    end_visit(visit, late);
    visit = Visit{};
    visit.begun = visit.last = at;
  } else if (is_new) {
    visit.begun = visit.last = at;
  }

  if (event.type == EventType::kProductView) count_view(event);
  const bool was_bot = visit.bot;
  visit.bot = visit.bot || names_a_bot(event, options_.bot_agents) || acts_like_a_bot(visit, event, at);
  if (visit.bot && !was_bot) {
    ++bots_;
    for (const LogPosition earlier : visit.events) late.push_back({earlier, {}, kMarkBot});
    visit.events.clear();
  }
  judge_click(visit, event, position, at, late);
  visit.last = std::max(visit.last, at);
  const auto dwell = Micros(static_cast<int64_t>(event.dwell_ms.value_or(0) * 1000));
  visit.stayed = visit.stayed || row_of(event.type).is_deliberate || dwell >= options_.visit_stayed;
  if (row_of(event.type).counts_always) return 0;
  if (!visit.bot && visit.events.size() < kVisitEventsMax) visit.events.push_back(position);
  return visit.bot ? kMarkBot : TrafficMarks{0};
}

template <class Io, class Filter>
void TrafficFilter::fields(Io& io, Filter& filter) {
  io.number(filter.bots_);
  io.time(filter.swept_);
  io.number(filter.sweep_at_);
  io.number(filter.views_);
  io.number(filter.views_with_length_);
  io.map(filter.visits_, kTextField, [](auto& visit_io, auto& visit) {
    visit_io.flag(visit.bot);
    visit_io.flag(visit.stayed);
    visit_io.time(visit.begun);
    visit_io.time(visit.last);
    visit_io.number(visit.bucket);
    visit_io.number(visit.views_unread);
    kPositionField(visit_io, visit.click.position);
    visit_io.time(visit.click.at);
    visit_io.text(visit.click.event_id);
    visit_io.text(visit.click.garment_id);
    visit_io.list(visit.events, kPositionField);
  });
}

void TrafficFilter::save(std::string& out) const {
  BinaryWriter writer(out);
  fields(writer, *this);
}

Result<Done> TrafficFilter::load(std::string_view bytes) {
  return load_fields(bytes, "visits", [this](auto& reader) { fields(reader, *this); });
}

void TrafficFilter::close_idle(TimePoint now, std::vector<LateMark>& late) {
  // In the order of visitors, not of the table: the marks are a fold of the log on every machine.
  std::vector<std::string> idle;
  for (const auto& [visitor, visit] : visits_)
    if (now - visit.last > options_.visit_idle) idle.push_back(visitor);
  std::sort(idle.begin(), idle.end());
  for (const auto& visitor : idle) {
    end_visit(visits_.at(visitor), late);
    visits_.erase(visitor);
  }
}

}  // namespace modiste
