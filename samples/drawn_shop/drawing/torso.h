// The bodice block and its sleeves, from which everything worn above the waist is cut.
#pragma once

#include "drawn_shop/drawing/trims.h"

namespace modiste::drawn_shop::drawing {

// What a template draws on.
struct Sheet {
  Canvas canvas;
  Design design;
  Colourway colours;
  Cloth cloth;
  Rng rng;

  // A measure with the small variation that tells two garments apart.
  double vary(double value, double share = 0.03) { return value * rng.uniform(1 - share, 1 + share); }
};

// Half measures from the centre line; heights from the high point of the shoulder (y = 0).
struct Torso {
  double neck = 40, shoulder = 100, fall = 24;
  double chest = 106, armhole = 116;
  double armhole_cut = 8;  // how far the armhole curves in from the line shoulder - underarm
  double waist = 98, waist_y = 215;
  double hem = 106, length = 365, hem_curve = 7;
  double hem_rise = 0;  // of the side seams: shirt tails
  double hip = 0;       // at waist_y + 85, for what reaches below; 0: straight to the hem

  [[nodiscard]] Point neck_point() const { return {neck, 0}; }
  [[nodiscard]] Point shoulder_point() const { return {shoulder, fall}; }
  [[nodiscard]] Point underarm() const { return {chest, armhole}; }
};

[[nodiscard]] Torso torso_of(Sheet& sheet);

// From the left high shoulder point over the front to the right one.
[[nodiscard]] Path front_neck(const Torso& torso, Neckline neckline);
[[nodiscard]] Path back_neck(const Torso& torso);
// Shoulder, armhole and side seam of the right side, from `from` on the shoulder line down to the hem.
[[nodiscard]] Path side_of(const Torso& torso, Point from);
[[nodiscard]] Path torso_outline(const Torso& torso, const Path& neck);
[[nodiscard]] std::vector<Fold> torso_folds(Sheet& sheet, const Torso& torso);

struct SleeveCut {
  double length = 350;
  double degrees = 11;  // outwards from hanging straight
  double bicep = 62, cuff = 44;
  double head = 0;   // fullness above the shoulder (puff)
  double belly = 0;  // fullness towards the cuff (balloon) or, negative, none
  double flare = 0;  // widening at the very end (bell)
};

[[nodiscard]] SleeveCut sleeve_of(Sheet& sheet, const Torso& torso);

// The right sleeve: its outline, and the edges its trims follow.
struct SleeveShape {
  Path outline;
  Path cuff;    // across the end, outer to inner
  Point along;  // unit vector down the sleeve
  Grain grain;
  double length = 0;
  std::vector<Fold> folds;
};
[[nodiscard]] SleeveShape sleeve_shape(Sheet& sheet, const Torso& torso, const SleeveCut& cut);

// Both sleeves, behind the body. Answers the right one's shape.
SleeveShape draw_sleeves(Sheet& sheet, const Torso& torso, const SleeveCut& cut);
[[nodiscard]] SleeveShape mirror(const SleeveShape& sleeve);

// The inside of the back seen through the neck, with its label.
void draw_inside(Sheet& sheet, const Torso& torso, const Path& neck, const Ink& lining);
// A turned hem: a line of stitching above the edge.
void draw_hem_stitch(Sheet& sheet, const Torso& torso, double above);

}  // namespace modiste::drawn_shop::drawing
