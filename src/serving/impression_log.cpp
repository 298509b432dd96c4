#include "serving/impression_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/mutex.h"

namespace modiste {
namespace {

// The part of the context that training may use: coarse, and without anything that identifies the shopper.
std::optional<EventContext> logged_context(const std::optional<RequestContext>& asked,
                                           const std::optional<Context>& inferred) {
  if (!asked) return std::nullopt;
  EventContext context;
  context.device = asked->device;
  context.time_zone = asked->time_zone;
  context.country = asked->place.country;
  if (asked->weather) context.temperature_c = asked->weather->temperature_c;
  // The inference may have used the weather service.
  if (inferred && inferred->warmth_known == Provenance::kWeather) {
    context.temperature_c = inferred->temperature_c;
    if (inferred->wet >= 0.5) context.weather = "rain";
  }
  if (asked->occasion) context.occasion = name_of(*asked->occasion);
  return context;
}

constexpr size_t kDegradedMax = 500;  // limit of the event taxonomy

std::string joined_within(const std::vector<std::string>& stages, size_t length_max) {
  std::string joined;
  for (const std::string& stage : stages)
    if (joined.size() + stage.size() < length_max) joined += (joined.empty() ? "" : ", ") + stage;
  return joined;
}

}  // namespace

void ImpressionQueue::push(Event event) {
  const MutexLock lock(mutex_);
  if (events_.size() >= options_.queue_max) {
    events_.pop_front();
    ++lost_;
  }
  events_.push_back(std::move(event));
}

std::vector<Event> ImpressionQueue::take(size_t most) {
  const MutexLock lock(mutex_);
  const auto end = events_.begin() + static_cast<std::ptrdiff_t>(std::min(most, events_.size()));
  std::vector<Event> taken(std::make_move_iterator(events_.begin()), std::make_move_iterator(end));
  events_.erase(events_.begin(), end);
  return taken;
}

void ImpressionQueue::count_lost(size_t events) {
  const MutexLock lock(mutex_);
  lost_ += events;
}

uint64_t ImpressionQueue::lost() const {
  const MutexLock lock(mutex_);
  return lost_;
}

void ImpressionQueue::log(const RequestState& request, const std::optional<RequestContext>& asked,
                          std::span<const SelectedItem> selected, const FeatureMatrix& features) {
  if (!options_.enabled || selected.empty()) return;
  Event event;
  const auto ids = identifiers_of(event);
  for (const IdentityKey& key : request.identity_keys) *ids[static_cast<size_t>(key.kind)] = key.subject;
  if (identifier_count(event) == 0) return;
  event.event_id = "served-" + request.request_id;
  event.type = EventType::kServed;
  event.occurred_at = request.now;
  event.request_id = request.request_id;
  event.context = logged_context(asked, request.context);
  event.degraded = joined_within(request.degraded, kDegradedMax);
  const RequestFacts facts = request.facts();
  for (size_t i = 0; i < selected.size(); ++i) {
    const Item& item = request.catalog->item(selected[i].item.slot);
    event.items.push_back({item.garment->id, item.colour, static_cast<int>(i),
                           static_cast<float>(selected[i].propensity),
                           features.logged_row(selected[i].item.row, facts)});
  }
  push(std::move(event));
}

}  // namespace modiste
