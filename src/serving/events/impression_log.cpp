#include "serving/events/impression_log.h"

#include <algorithm>
#include <cmath>

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
    if (inferred->wet >= 0.5) context.weather = inferred->snows ? "snow" : "rain";
  }
  if (asked->occasion) context.occasion = name_of(*asked->occasion);
  return context;
}

// Three significant digits: a ranker learns as much from them, and the log is a third smaller. Whole numbers,
// such as the number of the feature set, stay.
float as_logged(float value) {
  constexpr int kDigits = 3;
  if (value == std::trunc(value)) return value;
  // In double: the scale of a very small float is past a float's range.
  const double exact = value;
  const double scale = std::pow(10.0, kDigits - 1 - std::floor(std::log10(std::abs(exact))));
  return static_cast<float>(std::round(exact * scale) / scale);
}

std::vector<float> as_logged(std::vector<float> values) {
  for (float& value : values) value = as_logged(value);
  return values;
}

constexpr size_t kDegradedMax = 500;  // limit of the event taxonomy

std::string joined_within(const std::vector<std::string>& stages, size_t length_max) {
  std::string joined;
  for (const std::string& stage : stages)
    if (joined.size() + stage.size() < length_max) joined += (joined.empty() ? "" : ", ") + stage;
  return joined;
}

}  // namespace

void ImpressionQueue::push(QueuedAnswer answer) {
  const MutexLock lock(mutex_);
  if (answers_.size() >= options_.queue_max) {
    answers_.pop_front();
    ++lost_;
  }
  answers_.push_back(std::move(answer));
}

std::vector<QueuedAnswer> ImpressionQueue::take(size_t most) {
  const MutexLock lock(mutex_);
  const auto end = answers_.begin() + static_cast<std::ptrdiff_t>(std::min(most, answers_.size()));
  std::vector<QueuedAnswer> taken(std::make_move_iterator(answers_.begin()), std::make_move_iterator(end));
  answers_.erase(answers_.begin(), end);
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

// Nothing when nobody asked: an event needs a subject.
std::optional<QueuedAnswer> ImpressionQueue::answer_to(const RequestState& request) {
  QueuedAnswer answer;
  Event& event = answer.event;
  const auto ids = identifiers_of(event);
  for (const IdentityKey& key : request.identity_keys) *ids[static_cast<size_t>(key.kind)] = key.subject;
  answer.raw = identifier_count(event) == 0;
  if (answer.raw)
    for (const Identifier& asked_by : request.who) *ids[static_cast<size_t>(asked_by.kind)] = asked_by.id;
  if (identifier_count(event) == 0) return std::nullopt;
  event.event_id = "served-" + request.request_id;
  event.type = EventType::kServed;
  event.occurred_at = request.now;
  event.request_id = request.request_id;
  event.degraded = joined_within(request.degraded, kDegradedMax);
  return answer;
}

void ImpressionQueue::log_found(const RequestState& request, const Answer& shown, Found by) {
  if (!options_.enabled || shown.items.empty()) return;
  auto answer = answer_to(request);
  if (!answer) return;
  answer->event.query = std::move(by.query);
  answer->event.garment_id = std::move(by.garment_id);
  for (const auto& item : shown.items)
    answer->event.items.push_back(
        {item.garment_id, item.colour, item.position, as_logged(static_cast<float>(item.propensity))});
  push(std::move(*answer));
}

void ImpressionQueue::log(const RequestState& request, const std::optional<RequestContext>& asked,
                          std::span<const SelectedItem> selected, const FeatureMatrix& features) {
  if (!options_.enabled || selected.empty()) return;
  auto answer = answer_to(request);
  if (!answer) return;
  Event& event = answer->event;
  event.context = logged_context(asked, request.context);
  const RequestFacts facts = request.facts();
  for (size_t i = 0; i < selected.size(); ++i) {
    const Item& item = request.catalog->item(selected[i].item.slot);
    event.items.push_back({std::string(item.garment.id()), item.colour, static_cast<int>(i),
                           as_logged(static_cast<float>(selected[i].propensity)),
                           as_logged(features.logged_row(selected[i].item.row, facts))});
  }
  push(std::move(*answer));
}

}  // namespace modiste
