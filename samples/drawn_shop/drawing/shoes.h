// Shoes in profile, toe to the left, the ground at y = 0: one last with a heel height, and what is built on
// it.
#pragma once

#include <functional>

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

// The side view of a foot on a heel. Heights upwards are negative y.
struct Last {
  double heel = 12;  // height of the heel seat
  double toe_height = 36;
  double point = 0;    // 0 round toe, 1 pointed
  double instep = 92;  // height above the seat line at the instep
  double back = 74;    // height of the topline at the heel above the seat
  double collar = 0;   // where set, the height of a boot's shaft

  [[nodiscard]] double seat(double x) const;  // y of the sole's upper face at x
};

// The sole's lower edge from toe to heel seat, and its band of the given thickness.
[[nodiscard]] Path sole_line(const Last& last);
[[nodiscard]] Path flat_sole(const Last& last, double thickness, double rake);
// Low uppers: toe, vamp up to `throat_x`, topline down to the side and up to the heel.
[[nodiscard]] Path low_upper(const Last& last, double throat_x, double throat_y, double dip);
// Boot uppers with a shaft of the given height and half width.
[[nodiscard]] Path boot_upper(const Last& last, double shaft, double half_width);

enum class HeelShape { kBlock, kStiletto, kKitten, kStacked };
void draw_heel(Sheet& sheet, const Last& last, HeelShape shape, const Ink& ink);
void draw_sole(Sheet& sheet, const Path& sole, const Ink& ink, bool tread);
void draw_laces(Sheet& sheet, Point low, Point high, int count, const Ink& ink, double width);

// Draws the far shoe of the pair, in shadow, then the near one.
Frame draw_pair(Sheet& sheet, const std::function<Path(Sheet&)>& draw_one, Frame frame = {});

}  // namespace modiste::drawn_shop::drawing
