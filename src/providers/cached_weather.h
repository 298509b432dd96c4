// A weather provider that never blocks: answers from memory, while one thread of its own fetches missing
// places.
//
// Threads: current() and stats() from any; the fetch is called from the own thread only, one at a time.
// Limits:  cells_max cells in memory, the least recently used leaves first; queue_max waiting requests,
//          more are dropped and counted. A failed fetch is not repeated before retry_after.
// Ends:    the destructor waits for a fetch under way, so for the fetch's own timeout at most.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "context/weather.h"
#include "providers/open_meteo.h"

namespace modiste {

struct CachedWeatherOptions {
  // After this the service is asked again; Open-Meteo's values change every 15 min.
  Micros fresh_for = std::chrono::minutes(30);
  // Meanwhile, or while the service fails, the old one is answered.
  Micros usable_for = std::chrono::hours(2);
  Micros retry_after = std::chrono::minutes(2);
  size_t cells_max = 10'000;  // 0.1 degree each: more than the towns of a country; about 200 bytes a cell
  size_t queue_max = 64;
  // Fetches in a day of UTC; beyond it old and missing weather stays so. 0: any number. Anybody may ask for
  // any place, and services count.
  int calls_per_day = 0;
};

struct WeatherStats {
  uint64_t answered = 0, absent = 0;  // calls of current()
  uint64_t fetched = 0, failed = 0;
  uint64_t dropped = 0;                 // requests beyond queue_max or calls_per_day
  size_t cells = 0;                     // places in memory now
  std::optional<TimePoint> fetched_at;  // the latest that was fetched
  std::string last_failure;
};

class CachedWeather final : public WeatherProvider {
 public:
  using Fetch = std::function<Result<Weather>(const WeatherCell&)>;

  CachedWeather(Fetch fetch, const Clock& clock, CachedWeatherOptions options = {});
  ~CachedWeather() override;
  CachedWeather(const CachedWeather&) = delete;
  CachedWeather& operator=(const CachedWeather&) = delete;

  [[nodiscard]] std::optional<Weather> current(const Place& place) override;
  [[nodiscard]] WeatherStats stats() const;
  // Until nothing is waiting or under way; for tests and a clean end.
  void settle();

 private:
  struct Entry {
    std::optional<Weather> weather;
    TimePoint fetched_at{}, not_before{};
    uint64_t last_asked = 0;  // counts calls
    bool waiting = false;
  };

  void work();
  void want(const WeatherCell& cell, Entry& entry) REQUIRES(mutex_);
  void make_room() REQUIRES(mutex_);

  const Fetch fetch_;
  const Clock& clock_;
  const CachedWeatherOptions options_;
  mutable Mutex mutex_;
  std::condition_variable_any changed_;
  std::map<WeatherCell, Entry> cells_ GUARDED_BY(mutex_);
  std::deque<WeatherCell> queue_ GUARDED_BY(mutex_);
  WeatherStats stats_ GUARDED_BY(mutex_);
  uint64_t asked_ GUARDED_BY(mutex_) = 0;
  std::chrono::sys_days day_ GUARDED_BY(mutex_){};  // of calls_
  int calls_ GUARDED_BY(mutex_) = 0;
  bool busy_ GUARDED_BY(mutex_) = false, stopping_ GUARDED_BY(mutex_) = false;
  std::thread worker_;  // last: started when all else stands
};

}  // namespace modiste
