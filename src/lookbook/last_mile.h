// From a cluster's pool to the order in which one shopper sees it now, without a model and without I/O:
//
//   time -> veto, with its cascade -> liking -> traits -> ties
//
// Each step is a file of its own; the caption (caption.h) is made of what is shown at the end.
// Threads: any. Pure: the same input gives the same order. Cost: about 10 us for a pool of 20.
#pragma once

#include <string>

#include "lookbook/taste_step.h"
#include "lookbook/tie_step.h"
#include "lookbook/time_step.h"
#include "lookbook/veto_step.h"

namespace modiste::lookbook {

struct MileInput {
  std::span<const MileLook> looks;
  bool evening = false;  // is_evening()
  size_t wanted = 3;
  TraitDirection shopper{};
  uint64_t seed = 0;  // tie_seed()
  TasteWeights weights = {};
};

enum class MileStep : uint8_t { kTime, kVeto, kLiking, kTraits, kTies };
inline constexpr size_t kMileSteps = 5;

struct MileResult {
  MileOrder order;
  std::vector<Lack> allowed;
  std::array<MileOrder, kMileSteps> after;  // each step
};

[[nodiscard]] MileResult last_mile(const MileInput& input);

}  // namespace modiste::lookbook

namespace modiste {

template <>
struct EnumNames<lookbook::MileStep> {
  static constexpr std::array<std::string_view, lookbook::kMileSteps> kNames{"time", "veto", "liking",
                                                                             "traits", "ties"};
};

}  // namespace modiste
