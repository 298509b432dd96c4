#include "serving/impression_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "features/feature.h"
#include "serving/engine.h"

namespace modiste {
namespace {

// Of the situation what training may know: coarse, and nothing that would find her again.
std::optional<EventContext> logged_context(const std::optional<RequestContext>& asked,
                                           const std::optional<Context>& inferred) {
  if (!asked) return std::nullopt;
  EventContext context;
  context.device = asked->device;
  context.time_zone = asked->time_zone;
  context.country = asked->place.country;
  if (asked->weather) context.temperature_c = asked->weather->temperature_c;
  if (inferred &&
      inferred->warmth_known == Provenance::kWeather) {  // also the weather service's: the guess read it
    context.temperature_c = inferred->temperature_c;
    if (inferred->wet >= 0.5) context.weather = "rain";
  }
  if (asked->occasion) context.occasion = name_of(*asked->occasion);
  return context;
}

constexpr size_t kDegradedMax = 500;  // as the taxonomy allows

// What was shown to explore may never have been scored: its sources are unknown, not 0.
SourceValues sources_of(const ScoredItem& item) {
  const auto value = [&](Source source) {
    return static_cast<double>(item.values[static_cast<size_t>(source)]);
  };
  if (std::all_of(item.values.begin(), item.values.end(), [](float v) { return v == 0; }))
    return {kMissing, kMissing, kMissing, kMissing};
  return {value(Source::kContent), value(Source::kNeighbours), value(Source::kVisual),
          value(Source::kPopularity)};
}

}  // namespace

void ImpressionQueue::push(Event event) {
  const std::lock_guard lock(mutex_);
  if (events_.size() >= options_.queue_max) {
    events_.pop_front();
    ++lost_;
  }
  events_.push_back(std::move(event));
}

std::vector<Event> ImpressionQueue::take(size_t most) {
  const std::lock_guard lock(mutex_);
  const auto end = events_.begin() + static_cast<std::ptrdiff_t>(std::min(most, events_.size()));
  std::vector<Event> taken(std::make_move_iterator(events_.begin()), std::make_move_iterator(end));
  events_.erase(events_.begin(), end);
  return taken;
}

void ImpressionQueue::count_lost(size_t events) {
  const std::lock_guard lock(mutex_);
  lost_ += events;
}

uint64_t ImpressionQueue::lost() const {
  const std::lock_guard lock(mutex_);
  return lost_;
}

// An event needs somebody it is of: what strangers without any known identifier were answered is not kept.
void Engine::log_impressions(const RecommendRequest& asked, const Request& request,
                             std::span<const Picked> picked, const Answer& answer) {
  if (!options_.impressions.enabled || picked.empty()) return;
  Event event;
  const auto ids = identifiers_of(event);
  for (const IdentityKey& identity_key : request.subjects)
    *ids[static_cast<size_t>(identity_key.kind)] = identity_key.subject;
  if (identifier_count(event) == 0) return;
  event.event_id = "served-" + answer.request_id;
  event.type = EventType::kServed;
  event.occurred_at = ports_.clock.now();
  event.request_id = answer.request_id;
  event.context = logged_context(asked.context, request.context);
  for (const std::string& stage : answer.degraded)
    if (event.degraded.size() + stage.size() < kDegradedMax)
      event.degraded += (event.degraded.empty() ? "" : ", ") + stage;
  for (size_t i = 0; i < picked.size(); ++i) {
    const Item& item = request.catalog->item(picked[i].item.slot);
    const FeatureInput input{*event.occurred_at,
                             catalog_.vocabulary(),
                             options_.profiles.style,
                             *request.shopper,
                             request.tastes,
                             request.affinity,
                             request.context ? &*request.context : nullptr,
                             item,
                             sources_of(picked[i].item)};
    event.items.push_back({answer.items[i].garment_id, item.colour, static_cast<int>(i),
                           static_cast<float>(picked[i].propensity), served_vector(input)});
  }
  impressions_.push(std::move(event));
}

Result<Done> Engine::flush_impressions() {
  while (true) {
    auto events = impressions_.take(options_.impressions.batch_max);
    if (events.empty()) return kOk;
    const size_t count = events.size();
    const auto appended = append_and_fold(std::move(events), ports_.clock.now(), {});
    if (appended.ok()) continue;
    impressions_.count_lost(count);
    return appended.error();
  }
}

}  // namespace modiste
