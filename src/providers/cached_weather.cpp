#include "providers/cached_weather.h"

#include <algorithm>

#include "base/mutex.h"

namespace modiste {

CachedWeather::CachedWeather(Fetch fetch, const Clock& clock, CachedWeatherOptions options)
    : fetch_(std::move(fetch)), clock_(clock), options_(options), worker_([this] { work(); }) {}

CachedWeather::~CachedWeather() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::optional<Weather> CachedWeather::current(const Place& place) {
  const auto cell = cell_of(place);
  const TimePoint now = clock_.now();
  const MutexLock lock(mutex_);
  std::optional<Weather> known;
  if (cell) {
    auto found = cells_.find(*cell);
    if (found == cells_.end()) {
      make_room();
      found = cells_.try_emplace(*cell).first;
    }
    Entry& entry = found->second;
    entry.last_asked = ++asked_;
    if (entry.weather && now - entry.fetched_at < options_.usable_for) known = entry.weather;
    const bool fresh = entry.weather && now - entry.fetched_at < options_.fresh_for;
    if (!fresh && !entry.waiting && now >= entry.not_before) want(*cell, entry);
  }
  ++(known ? stats_.answered : stats_.absent);
  return known;
}

void CachedWeather::want(const WeatherCell& cell, Entry& entry) {
  if (const auto today = std::chrono::floor<std::chrono::days>(clock_.now()); today != day_) {
    day_ = today;
    calls_ = 0;
  }
  const bool spent = options_.calls_per_day > 0 && calls_ >= options_.calls_per_day;
  if (spent || queue_.size() >= options_.queue_max) {
    ++stats_.dropped;
    return;
  }
  ++calls_;
  entry.waiting = true;
  queue_.push_back(cell);
  changed_.notify_all();
}

// A scan: rare, as a cell is new only once, and it frees a sixteenth of the places at a time.
void CachedWeather::make_room() {
  if (cells_.size() < options_.cells_max) return;
  std::vector<uint64_t> asked;
  for (const auto& [cell, entry] : cells_) asked.push_back(entry.last_asked);
  const size_t leave = std::max<size_t>(1, asked.size() / 16);
  std::nth_element(asked.begin(), asked.begin() + static_cast<std::ptrdiff_t>(leave - 1), asked.end());
  const uint64_t last_to_leave = asked[leave - 1];
  std::erase_if(cells_, [&](const auto& known) { return known.second.last_asked <= last_to_leave; });
}

void CachedWeather::work() {
  MutexLock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() REQUIRES(mutex_) { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const WeatherCell cell = queue_.front();
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    auto fetched = fetch_(cell);
    lock.lock();
    busy_ = false;
    const TimePoint now = clock_.now();
    ++(fetched.ok() ? stats_.fetched : stats_.failed);
    if (!fetched.ok()) stats_.last_failure = fetched.error().message();
    if (const auto found = cells_.find(cell); found != cells_.end()) {  // it may have had to leave meanwhile
      Entry& entry = found->second;
      entry.waiting = false;
      if (fetched.ok()) {
        entry.weather = *fetched;
        entry.fetched_at = now;
        stats_.fetched_at = now;
      } else {
        entry.not_before = now + options_.retry_after;
      }
    }
    changed_.notify_all();
  }
}

WeatherStats CachedWeather::stats() const {
  const MutexLock lock(mutex_);
  WeatherStats stats = stats_;
  stats.cells = cells_.size();
  return stats;
}

void CachedWeather::settle() {
  MutexLock lock(mutex_);
  changed_.wait(lock, [this]() REQUIRES(mutex_) { return queue_.empty() && !busy_; });
}

}  // namespace modiste
