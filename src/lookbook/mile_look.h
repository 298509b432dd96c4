// A look of a pool as the last mile sees it: plain values of this shopper and this moment, found by the
// caller, so that each step is a pure function.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "lookbook/look_traits.h"

namespace modiste::lookbook {

// What may be wrong with a piece. The first two are hard: no look is shown that has one.
enum class Lack : uint8_t {
  kVetoed,      // the shopper never wants it
  kSoldOut,     // or no longer sold
  kDepartment,  // not of those that the shopper named
  kSize,        // none in stock that fits
  kBudget,      // the piece alone costs more than the shopper named
  kPassed,      // bought already, or passed lately
  kWeather      // plainly not for the weather there
};
inline constexpr size_t kLacks = 7;
inline constexpr size_t kHardLacks = 2;

class LackSet {
 public:
  void add(Lack lack) { bits_ = static_cast<uint8_t>(bits_ | bit(lack)); }
  [[nodiscard]] bool has(Lack lack) const { return (bits_ & bit(lack)) != 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] bool hard() const { return (bits_ & ((1U << kHardLacks) - 1)) != 0; }
  [[nodiscard]] bool within(LackSet other) const { return (bits_ & ~other.bits_) == 0; }
  void add(LackSet other) { bits_ = static_cast<uint8_t>(bits_ | other.bits_); }

 private:
  static constexpr uint8_t bit(Lack lack) { return static_cast<uint8_t>(1U << static_cast<unsigned>(lack)); }
  uint8_t bits_ = 0;
};

struct MilePiece {
  OutfitRole role{};
  LackSet lacks;
  double category = 0, colour = 0;  // the shopper's affinity, -1 to 1; 0: unknown
};

struct MileLook {
  std::string_view look_id;
  bool evening = false;
  std::vector<MilePiece> pieces;
  LookTraits traits;
};

// A look in the order that the steps change. The best first.
struct MileEntry {
  uint32_t look = 0;     // place in the pool
  uint8_t group = 0;     // smaller groups stand first whatever their scores: shortcomings, then time of day
  double score = 0;      // 0 to 1
  LackSet lacks;         // of the pieces that are left
  uint32_t dropped = 0;  // bits of the pieces that are left out
};
using MileOrder = std::vector<MileEntry>;

// Groups before scores, higher scores before lower ones, else the order before: stable.
void sort_order(MileOrder& order);

}  // namespace modiste::lookbook

namespace modiste {

template <>
struct EnumNames<lookbook::Lack> {
  static constexpr std::array<std::string_view, lookbook::kLacks> kNames{
      "veto", "stock", "department", "size", "budget", "passed", "weather"};
};

}  // namespace modiste
