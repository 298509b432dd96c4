// How well occasions are guessed, on examples that say them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "context/occasion_model.h"

namespace modiste {

// How one way of guessing does.
struct ContextScores {
  std::string name;
  double log_loss = 0;           // nats, mean
  double accuracy = 0;           // of the likeliest occasion
  double calibration_error = 0;  // expected, of the likeliest occasion's probability over ten bands
};

struct ContextBand {
  size_t count = 0;
  double confidence = 0, accuracy = 0;  // means
};

struct TestedOccasions {
  ContextScores scores;
  std::vector<ContextBand> bands;
  OccasionVector guessed{};   // mean probability
  std::vector<float> losses;  // by example, nats
};

using GuessOccasions = std::function<OccasionVector(const OccasionClues&)>;

// Every example counts once, whatever its weight. Of no examples all figures are 0.
[[nodiscard]] TestedOccasions test_occasions(std::string name, std::span<const OccasionExample> examples,
                                             const GuessOccasions& guess);

// How often each occasion was said, by weight; the sum is 1.
[[nodiscard]] OccasionVector said_shares(std::span<const OccasionExample> examples);

// What an example weighs at that age: what people dress for changes.
[[nodiscard]] double weight_at_age(double age_days, double half_life_days);

}  // namespace modiste
