#include "drawn_shop/drawing/fronts.h"

namespace modiste::drawn_shop::drawing {

void draw_open_back(Sheet& sheet, const Torso& t, const Ink& lining) {
  Path back = back_neck(t).moved({0, -2});
  const Path side = side_of(t, {t.neck, -2});
  back.join(side).line({-t.hem, t.length - t.hem_rise});
  back.join(side.mirrored().reversed()).close();
  const std::string id = sheet.canvas.define(back);
  sheet.canvas.silhouette(back, id);
  sheet.canvas.use(
      id,
      "fill='" +
          sheet.canvas.linear({0, 0}, {0, 1},
                              {{0, lining.shade(0.36)}, {0.35, lining.shade(0.24)}, {1, lining.shade(0.3)}}) +
          "'");
  draw_label(sheet.canvas, {0, 13}, lining);
}

Path front_outline(const Torso& t, const FrontCut& cut) {
  const double edge = cut.gap > 0 ? cut.gap : -cut.overlap, low = t.length + t.hem_curve * 0.7;
  Path front(t.neck_point());
  front.join(side_of(t, t.neck_point()));
  const double c = cut.cutaway;
  front.curve({t.hem * 0.7, t.length + t.hem_curve * 0.6}, {t.hem * 0.5, low}, {edge + c + 6, low});
  if (c > 0)
    front.curve({edge + c * 0.35, low}, {edge + 2, low - c * 0.5}, {edge, low - c * 1.5});
  else
    front.line({edge, low});
  const double close_x = -cut.overlap;
  front.line({close_x, cut.close_y})
      .curve({t.neck * 0.35, cut.close_y * 0.66}, {t.neck * 0.86, cut.close_y * 0.33}, t.neck_point());
  return front.close();
}

void draw_fronts(Sheet& sheet, const Torso& t, const FrontCut& cut, const std::vector<Fold>& folds) {
  const Path right = front_outline(t, cut);
  // Women's close right over left, men's left over right.
  const bool right_on_top = sheet.design.mens;
  for (const bool top : {false, true}) {
    const Path outline = (top == right_on_top) ? right : right.mirrored();
    draw_panel(
        sheet.canvas, sheet.cloth,
        {.outline = outline, .folds = folds, .volume = 0.9, .lift = top ? 1.5 : 0.0, .in_shadow = true});
  }
}

void draw_lapel_back(Sheet& sheet, const Torso& t, const Cloth& cloth) {
  const double n = t.neck;
  Path back({-n - 8, 8});
  back.curve({-n - 4, -12}, {-n * 0.6, -22}, {0, -22}).curve({n * 0.6, -22}, {n + 4, -12}, {n + 8, 8});
  back.curve({n * 0.6, 12}, {-n * 0.6, 12}, {-n - 8, 8}).close();
  const std::string id = sheet.canvas.define(back);
  sheet.canvas.silhouette(back, id);
  sheet.canvas.use(id, "fill='" +
                           sheet.canvas.linear({0, 0}, {0, 1},
                                               {{0, cloth.ground.tint(0.05)},
                                                {0.4, cloth.ground.shade(0.16)},
                                                {1, cloth.ground.shade(0.4)}}) +
                           "'");
  sheet.canvas.use(
      id, "fill='none' stroke='" + cloth.ground.shade(0.5).hex() + "' stroke-width='.9' stroke-opacity='.5'");
}

void draw_lapels(Sheet& sheet, const Torso& t, const FrontCut& cut, const Lapel& lapel, const Cloth& cloth) {
  const double n = t.neck, close = cut.close_y, gorge = lapel.gorge_y, w = lapel.width;
  const Point top{n - 2, -12}, fold{-cut.overlap + 1, close};
  const bool right_on_top = sheet.design.mens;
  for (const bool upper : {false, true}) {
    const bool left = upper != right_on_top;
    const auto flip = [&](const Path& p) { return left ? p.mirrored() : p; };
    const Point notch{n * 0.62 + w * 0.28, gorge};
    if (lapel.shawl) {
      Path shawl(top);
      shawl.curve({n + 14, 6}, {n + w * 0.6, gorge * 0.8}, {n * 0.5 + w * 0.8, gorge * 1.35});
      shawl.curve({n * 0.4 + w * 0.62, close * 0.72}, {w * 0.22, close - 14}, fold)
          .curve({n * 0.3, close * 0.66}, {n * 0.8, close * 0.3}, top)
          .close();
      draw_panel(sheet.canvas, cloth,
                 {.outline = flip(shawl), .grain = {{}, left ? -20.0 : 20.0}, .volume = 0.7, .lift = 2.5});
      continue;
    }
    const Point tip =
        lapel.peaked ? Point{n * 0.6 + w * 1.02, gorge - 6} : Point{n * 0.55 + w * 0.92, gorge + 9};
    Path leaf({n * 0.5, gorge - 22});
    leaf.line(notch).line(tip);
    leaf.curve({tip.x - 4, gorge + (close - gorge) * 0.4}, {w * 0.34, close - (close - gorge) * 0.25}, fold);
    leaf.curve({n * 0.28, close * 0.7}, {n * 0.62, close * 0.36}, {n * 0.5, gorge - 22}).close();
    draw_panel(sheet.canvas, cloth,
               {.outline = flip(leaf), .grain = {{}, left ? -22.0 : 22.0}, .volume = 0.6, .lift = 2.6});
    Path collar(top);
    collar.curve({n + 8, -6}, {n + 17, 6}, {n + 18, 14})
        .line({notch.x + lapel.collar * 0.42, notch.y - 3 + (lapel.peaked ? 3 : -3)})
        .line(notch);
    collar.line({n * 0.42, gorge - 16}).curve({n * 0.7, gorge * 0.4}, {n - 6, 2}, top).close();
    draw_panel(sheet.canvas, cloth,
               {.outline = flip(collar), .grain = {{}, left ? -50.0 : 50.0}, .volume = 0.55, .lift = 2});
  }
}

}  // namespace modiste::drawn_shop::drawing
