// Simulated visits with planted robots, accidental clicks and abandoned visits, to measure TrafficFilter.
//
// People are made hard to distinguish from robots: some swipe a card a second for minutes, some skim page
// after page, some leave after one look. Robots are of three kinds: declared ones, fast ones, and slow ones
// that pretend to be a browser and open a page every few seconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/traffic_filter.h"

namespace modiste {

struct PlantedNoiseOptions {
  size_t people = 1'000;       // each comes for one to three visits
  double robot_share = 0.1;    // robots for each person
  double slip_share = 0.06;    // of clicks
  double bounce_share = 0.12;  // of visits
  uint64_t seed = 7;
};

struct PlantedEvent {
  std::string visitor;
  TimePoint at;
  Event event;
  TrafficMarks truth = 0;
};

// In the order of time. Deterministic in the options.
[[nodiscard]] std::vector<PlantedEvent> plant_noise(const PlantedNoiseOptions& options);

// Of one mark, over events.
struct MarkScore {
  std::string mark;
  size_t planted = 0, found = 0, right = 0;
  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
};

struct NoiseReport {
  size_t events = 0;
  std::vector<MarkScore> marks;  // bot, accidental, abandoned
};

[[nodiscard]] NoiseReport measure_noise(const PlantedNoiseOptions& options,
                                        const TrafficFilterOptions& marker = {});

}  // namespace modiste
