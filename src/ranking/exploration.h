// Which garments exploration prefers to show: the weights of its draw (select.h), whose propensities stay
// exact whatever the weights are.
//
// kEven      new garments count kNewExploreWeight times, all others alike.
// kThompson  the probability that the garment's like rate is the largest of all that may be explored, by
//            their Beta posteriors (Thompson 1933; Chapelle & Li, NIPS 2011). The posterior is integrated,
//            not sampled, so the probability that is stated is the one that is drawn by. What is new has a
//            wide posterior and a large share, until its outcomes say otherwise.
// kUcb       the largest rate + sqrt(2 log(all) / its showings) (UCB1, Auer, Cesa-Bianchi & Fischer 2002).
//            Each next one gets a hundredth of the share, so that every garment keeps one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace modiste {

enum class ExplorationDraw : uint8_t { kEven, kThompson, kUcb };
template <>
struct EnumNames<ExplorationDraw> {
  static constexpr std::array<std::string_view, 3> kNames{"even", "thompson", "ucb"};
};

// How much more often an even draw shows a new arrival than another garment, because nothing is known of it
// yet. A choice, not a measurement.
inline constexpr float kNewExploreWeight = 4;

// What shoppers did with a garment so far, faded (retrieval/popularity.h); kEven reads is_new alone.
struct GarmentTrials {
  double positives = 0, impressions = 0;
  bool is_new = false;
};

// One weight above 0 for each garment. Cost: kThompson some 64 steps a garment.
[[nodiscard]] std::vector<float> exploration_weights(ExplorationDraw draw,
                                                     std::span<const GarmentTrials> garments);

}  // namespace modiste
