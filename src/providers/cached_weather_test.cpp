#include "providers/cached_weather.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace modiste {
namespace {

using std::chrono::minutes;

const Place kBerlin{"DE", 52.52, 13.41};
Place place(double latitude) { return {"", latitude, 0}; }

// Reading its time while a fetch ends is the only race, so it is guarded.
class TestClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const override { return TimePoint(Micros(micros_.load())); }
  void advance(Micros by) { micros_ += by.count(); }

 private:
  std::atomic<int64_t> micros_ = 1'000'000'000'000;
};

struct Service {
  std::atomic<int> calls = 0;
  std::atomic<bool> failing = false;
  CachedWeather::Fetch fetch() {
    return [this](const WeatherCell&) -> Result<Weather> {
      const int call = ++calls;
      if (failing) return Error{Code::kUnavailable, "down", "", ""};
      return Weather{.temperature_c = call};
    };
  }
};

TEST(CachedWeather, AnswersFromMemoryOnceItHasFoundOut) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock);
  EXPECT_FALSE(weather.current(kBerlin).has_value());
  weather.settle();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(weather.current(kBerlin)->temperature_c, 1);
  EXPECT_EQ(weather.current({"", 52.49, 13.36})->temperature_c, 1) << "the same tenth of a degree";
  EXPECT_EQ(service.calls, 1);
  EXPECT_EQ(weather.stats().answered, 6U);
  EXPECT_EQ(weather.stats().absent, 1U);
}

TEST(CachedWeather, SpendsNoMoreThanADaysCalls) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock, {.calls_per_day = 2});
  for (int i = 0; i < 5; ++i) {
    static_cast<void>(weather.current(place(i)));
    weather.settle();
  }
  EXPECT_EQ(service.calls, 2);
  EXPECT_EQ(weather.stats().dropped, 3U);
  clock.advance(std::chrono::hours(24));
  static_cast<void>(weather.current(place(4)));
  weather.settle();
  EXPECT_EQ(service.calls, 3);
}

TEST(CachedWeather, RefreshesBehindAnOldAnswer) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock);
  static_cast<void>(weather.current(kBerlin));
  weather.settle();
  clock.advance(minutes(31));
  EXPECT_EQ(weather.current(kBerlin)->temperature_c, 1) << "still usable";
  weather.settle();
  EXPECT_EQ(weather.current(kBerlin)->temperature_c, 2);
  clock.advance(minutes(121));
  EXPECT_FALSE(weather.current(kBerlin).has_value()) << "two hours later it is another day";
}

TEST(CachedWeather, AFailureIsAbsentCountedAndNotAskedAgainAtOnce) {
  TestClock clock;
  Service service;
  service.failing = true;
  CachedWeather weather(service.fetch(), clock);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(weather.current(kBerlin).has_value());
    weather.settle();
  }
  EXPECT_EQ(service.calls, 1);
  EXPECT_EQ(weather.stats().failed, 1U);
  EXPECT_EQ(weather.stats().last_failure, "down");
  EXPECT_FALSE(weather.stats().fetched_at.has_value()) << "the service has never answered";
  service.failing = false;
  clock.advance(minutes(3));
  static_cast<void>(weather.current(kBerlin));
  weather.settle();
  EXPECT_TRUE(weather.current(kBerlin).has_value());
  EXPECT_EQ(weather.stats().fetched_at, clock.now());
  EXPECT_EQ(weather.stats().cells, 1U);
}

TEST(CachedWeather, NeverWaitsForASlowService) {
  TestClock clock;
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  CachedWeather weather(
      [opened](const WeatherCell&) -> Result<Weather> {
        opened.wait();
        return Weather{.temperature_c = 20};
      },
      clock, {.queue_max = 3});
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(weather.current(place(i)).has_value());
  EXPECT_GE(weather.stats().dropped, 6U) << "one under way, three waiting";
  EXPECT_LE(weather.stats().dropped, 7U);
  gate.set_value();
  weather.settle();
  EXPECT_TRUE(weather.current(place(0)).has_value());
}

TEST(CachedWeather, HoldsNoMoreThanItMay) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock, {.cells_max = 32});
  for (int i = 0; i < 100; ++i) {
    static_cast<void>(weather.current(place(i * 0.5)));
    weather.settle();
    EXPECT_TRUE(weather.current(place(0)).has_value()) << "asked all the time: stays";
  }
  const int before = service.calls;
  static_cast<void>(weather.current(place(99 * 0.5)));
  static_cast<void>(weather.current(place(1 * 0.5)));
  weather.settle();
  EXPECT_EQ(service.calls, before + 1) << "the last is known, the first had to leave";
}

TEST(CachedWeather, APlaceWithoutCoordinatesIsNotAskedFor) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock);
  EXPECT_FALSE(weather.current({"DE", {}, {}}).has_value());
  weather.settle();
  EXPECT_EQ(service.calls, 0);
}

TEST(CachedWeather, ServesManyThreads) {
  TestClock clock;
  Service service;
  CachedWeather weather(service.fetch(), clock, {.cells_max = 50});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&weather, t] {
      for (int i = 0; i < 2'000; ++i) static_cast<void>(weather.current(place((i * 7 + t) % 80)));
    });
  for (auto& thread : threads) thread.join();
  weather.settle();
  const auto stats = weather.stats();
  EXPECT_EQ(stats.answered + stats.absent, 8'000U);
  EXPECT_EQ(stats.fetched, static_cast<uint64_t>(service.calls));
}

}  // namespace
}  // namespace modiste
