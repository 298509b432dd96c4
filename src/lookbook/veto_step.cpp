#include "lookbook/veto_step.h"

#include <algorithm>
#include <optional>

namespace modiste::lookbook {
namespace {

constexpr uint8_t kShortGroup = 2;  // added to a look's group: behind all without a lack, in the same order

// Leaves out the pieces that can be, and says what the others lack.
void judge(const MileLook& look, MileEntry& entry) {
  for (size_t i = 0; i < look.pieces.size(); ++i) {
    const MilePiece& piece = look.pieces[i];
    if (piece.lacks.hard() && may_be_left_out(piece.role))
      entry.dropped |= 1U << i;
    else
      entry.lacks.add(piece.lacks);
  }
}

size_t count_within(const MileOrder& order, LackSet allowed) {
  return static_cast<size_t>(std::count_if(
      order.begin(), order.end(), [&](const MileEntry& entry) { return entry.lacks.within(allowed); }));
}

// The soft lack that keeps out most looks among those that do not give way yet.
std::optional<Lack> strictest(const MileOrder& order, LackSet allowed) {
  std::optional<Lack> strictest;
  std::ptrdiff_t most = 0;
  for (size_t l = kHardLacks; l < kLacks; ++l) {
    const auto lack = static_cast<Lack>(l);
    if (allowed.has(lack)) continue;
    const auto out = std::count_if(order.begin(), order.end(),
                                   [&](const MileEntry& entry) { return entry.lacks.has(lack); });
    const bool instead_of_department = strictest == Lack::kDepartment && out > 0;
    if (!instead_of_department && (out == 0 || out < most)) continue;
    strictest = lack;
    most = out;
  }
  return strictest;
}

}  // namespace

bool may_be_left_out(OutfitRole role) {
  return role == OutfitRole::kBag || role == OutfitRole::kAccessory || role == OutfitRole::kMidLayer;
}

VetoResult without_vetoed(std::span<const MileLook> looks, const MileOrder& order, size_t wanted) {
  VetoResult result;
  for (MileEntry entry : order) {
    judge(looks[entry.look], entry);
    if (!entry.lacks.hard()) result.order.push_back(entry);
  }
  LackSet allowed;
  while (count_within(result.order, allowed) < wanted) {
    const auto lack = strictest(result.order, allowed);
    if (!lack) break;
    allowed.add(*lack);
    result.allowed.push_back(*lack);
  }
  std::erase_if(result.order, [&](const MileEntry& entry) { return !entry.lacks.within(allowed); });
  for (MileEntry& entry : result.order)
    if (!entry.lacks.empty()) entry.group = static_cast<uint8_t>(entry.group + kShortGroup);
  sort_order(result.order);
  return result;
}

}  // namespace modiste::lookbook
